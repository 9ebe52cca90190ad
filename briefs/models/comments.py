"""What people at the desk say to each other about a draft. No reader ever sees it, and nothing of it
stands in the text: a thread remembers the words that it is about."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, Now

from briefs.models.brief import Brief
from briefs.models.people import User

MAX_WORDS = 4000
MAX_QUOTE = 4000
MAX_CONTEXT = 64


class CommentQuerySet(models.QuerySet["Comment"]):
    def threads(self) -> "CommentQuerySet":
        """The comments that begin a thread."""
        return self.filter(parent=None)

    def addressed_to(self, user: User) -> "CommentQuerySet":
        """Comments of others in open threads that mention `user`, or answer what they said there,
        and to which they have said nothing since; on the briefs that they may open, newest first."""
        within = Comment.objects.annotate(thread=Coalesce("parent_id", "id"))
        own = within.filter(by=user, thread=models.OuterRef("thread"))
        asked = models.Exists(
            Comment.mentioned.through.objects.filter(comment=models.OuterRef("pk"), user=user)
        )
        return (
            self.annotate(thread=Coalesce("parent_id", "id"))
            .filter(brief__in=Brief.objects.editable_by(user).values("pk"))
            .exclude(resolved_at__isnull=False)
            .exclude(parent__resolved_at__isnull=False)
            .filter(asked | models.Exists(own.filter(pk__lt=models.OuterRef("pk"))))
            .exclude(by=user)
            .exclude(models.Exists(own.filter(pk__gt=models.OuterRef("pk"))))
            .order_by("-pk")
        )


class Comment(models.Model):
    """The first of a thread, which says what it is about and whether it is resolved, or a reply.

    Who said what stays said: a person who leaves is deactivated, not deleted."""

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="comments")
    parent = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="replies"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    words = models.TextField(max_length=MAX_WORDS)
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")

    quote = models.TextField(
        max_length=MAX_QUOTE, blank=True, help_text="The passage. Empty: on the whole brief."
    )
    before = models.CharField(max_length=MAX_CONTEXT, blank=True)
    after = models.CharField(max_length=MAX_CONTEXT, blank=True)
    on_note = models.BooleanField(
        default=False, help_text="The passage is a note; around its call stand the other words."
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(words__regex=r"\S"), name="comment_says_something"
            ),
            models.CheckConstraint(
                condition=models.Q(parent=None)
                | models.Q(quote="", before="", after="", on_note=False, resolved_at=None),
                name="comment_reply_has_no_passage",
            ),
            models.CheckConstraint(
                condition=models.Q(resolved_at=None, resolved_by=None)
                | models.Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_resolved_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.by}: {self.words[:40]}"

    @property
    def thread_id(self) -> int:
        return self.parent_id or self.pk
