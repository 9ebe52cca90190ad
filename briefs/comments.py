"""Commenting on drafts: to begin a thread, to answer, to resolve and reopen it, to take back.

Whoever may open a brief at the desk may do so, in every stage. To comment is not to write: it makes
nobody a contributor, and renews no token."""

import datetime as dt
import re
from collections.abc import Iterable

from django.db import models, transaction
from django.db.models.functions import Now

from briefs.models import Brief, Byline, Comment, User
from briefs.models.clock import database_now
from briefs.models.comments import MAX_CONTEXT, MAX_QUOTE
from briefs.prose.anchors import Anchor
from briefs.stages import EDIT_ALL

MAX_THREADS = 500
MAX_REPLIES = 200
MAY_TAKE_BACK = dt.timedelta(hours=1)
BACKEND = "django.contrib.auth.backends.ModelBackend"
NO_THREAD = "This comment was taken back meanwhile."


class CommentError(Exception):
    """It was refused; the message is a sentence for the person who tried."""


def begin(
    *,
    brief: Brief,
    by: User,
    words: str,
    anchor: Anchor | None = None,
    on_note: bool = False,
) -> Comment:
    """Begin a thread on a passage or a note; without an anchor, on the whole brief."""
    _permit(brief, by)
    anchor = anchor or Anchor("")
    with transaction.atomic():
        Brief.objects.select_for_update(no_key=True).get(pk=brief.pk)
        if brief.comments.threads().count() >= MAX_THREADS:
            raise CommentError(
                f"This brief has {MAX_THREADS} threads already; answer in one of them."
            )
        comment = Comment.objects.create(
            brief=brief,
            by=by,
            words=words,
            quote=anchor.exact[:MAX_QUOTE],
            before=anchor.before[-MAX_CONTEXT:],
            after=anchor.after[:MAX_CONTEXT],
            on_note=on_note,
        )
        comment.mentioned.set(mentioned_in(words, people(brief)))
    return comment


def reply(*, thread: Comment, by: User, words: str) -> Comment:
    """Answer. A resolved thread is open again: nobody looks for news in what is done."""
    _permit(thread.brief, by)
    with transaction.atomic():
        root = _locked(thread)
        if root.replies.count() >= MAX_REPLIES:
            raise CommentError(f"This thread has {MAX_REPLIES} replies already; begin another.")
        comment = Comment.objects.create(brief_id=root.brief_id, parent=root, by=by, words=words)
        comment.mentioned.set(mentioned_in(words, people(thread.brief)))
        Comment.objects.filter(pk=root.pk).update(resolved_at=None, resolved_by=None)
    return comment


def resolve(*, thread: Comment, by: User) -> None:
    """End the thread. Whoever resolves it second changes nothing."""
    _permit(thread.brief, by)
    threads = Comment.objects.threads().filter(pk=thread.pk, resolved_at=None)
    threads.update(resolved_at=Now(), resolved_by=by)


def reopen(*, thread: Comment, by: User) -> None:
    _permit(thread.brief, by)
    Comment.objects.threads().filter(pk=thread.pk).update(resolved_at=None, resolved_by=None)


def take_back(*, comment: Comment, by: User) -> None:
    """Delete what one has said oneself, within the hour and before anybody answered."""
    _permit(comment.brief, by)
    with transaction.atomic():
        _locked(comment)
        later = Comment.objects.filter(parent_id=comment.thread_id, pk__gt=comment.pk)
        if not may_take_back(comment, by=by, answered=later.exists()):
            raise CommentError(
                "Only your own comment can be deleted, within an hour and until it is answered."
            )
        comment.delete()


def may_take_back(comment: Comment, *, by: User, answered: bool) -> bool:
    if comment.by_id != by.pk or answered:
        return False
    return database_now() - comment.made_at < MAY_TAKE_BACK


def people(brief: Brief) -> models.QuerySet[User]:
    """Those at the desk who may open the brief."""
    staff = User.objects.filter(is_staff=True, is_active=True)
    editors = User.objects.with_perm(EDIT_ALL, backend=BACKEND).values("pk")
    writers = User.objects.with_perm("briefs.change_brief", backend=BACKEND).values("pk")
    bylined = Byline.objects.filter(brief=brief).values("author__user")
    own = models.Q(pk=brief.created_by_id) | models.Q(pk__in=bylined)
    may = models.Q(pk__in=editors) | (own & models.Q(pk__in=writers))
    return staff.filter(may).order_by("first_name", "last_name", "username")


def mentioned_in(words: str, people: Iterable[User]) -> list[User]:
    """Those whose name stands after an @; longer names first, since one may begin another."""
    found = []
    for person in sorted(people, key=lambda person: -len(str(person))):
        name = re.compile(rf"(?<!\w)@{re.escape(str(person))}(?!\w)", re.IGNORECASE)
        if name.search(words):
            found.append(person)
            if str(person) not in {str(other) for other in people if other != person}:
                words = name.sub("@", words)
    return found


def state(brief: Brief) -> str:
    """Another after everything that happens to the comments of a brief."""
    done = models.Q(resolved_at__isnull=False)
    counts = brief.comments.aggregate(
        all=models.Count("pk"),
        newest=models.Max("pk"),
        resolved=models.Count("pk", filter=done),
        at=models.Max("resolved_at"),
    )
    at = counts["at"].timestamp() if counts["at"] else 0
    return f"{counts['all']}-{counts['newest'] or 0}-{counts['resolved']}-{at:.6f}"


def _permit(brief: Brief, by: User) -> None:
    if not Brief.objects.editable_by(by).filter(pk=brief.pk).exists():
        raise CommentError("You may not comment on this brief.")


def _locked(comment: Comment) -> Comment:
    """The first of its thread, so that nobody answers what is being taken back."""
    root = Comment.objects.select_for_update().filter(pk=comment.thread_id).first()
    if root is None:
        raise CommentError(NO_THREAD)
    return root
