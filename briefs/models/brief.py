"""The draft: mutable, private, and read by the desk only."""

import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Now
from taggit.managers import TaggableManager

from briefs import prose
from briefs.licences import Licence
from briefs.models.edition import Edition
from briefs.models.images import image_address
from briefs.models.people import Author, User
from briefs.models.pictures import Picture, PictureUse
from briefs.models.sources import Citation, Source
from briefs.models.taxonomy import BriefTopic
from briefs.stages import EDIT_ALL, EDITABLE, READDRESS, VERBS, Stage

LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("zh", "中文"),
    ("ar", "العربية"),
    ("ur", "اردو"),
]


def new_token() -> str:
    """Renewed at each save, so that a save on top of someone else's is noticed."""
    return secrets.token_urlsafe(16)


class BriefQuerySet(models.QuerySet["Brief"]):
    def editable_by(self, user: User) -> "BriefQuerySet":
        """What `user` may open at the desk: everything, or what they created or are bylined on."""
        if user.has_perm(EDIT_ALL):
            return self
        if not user.has_perm("briefs.change_brief"):
            return self.none()
        return self.owned_by(user)

    def owned_by(self, user: User) -> "BriefQuerySet":
        """Created by `user`, or bylined."""
        bylined = Byline.objects.filter(author__user=user).values("brief")
        return self.filter(models.Q(created_by=user) | models.Q(pk__in=bylined))

    def not_written_by(self, user: User) -> "BriefQuerySet":
        """Those of which `Brief.is_written_by` is false."""
        later = Edition.objects.filter(
            brief_id=models.OuterRef("brief_id"), frozen_at__gte=models.OuterRef("saved_at")
        )
        saved = Contribution.objects.filter(~models.Exists(later), user=user).values("brief")
        bylined = Byline.objects.filter(author__user=user).values("brief")
        return self.exclude(pk__in=saved).exclude(pk__in=bylined)

    def with_effective_stage(self) -> "BriefQuerySet":
        """Annotates what `Brief.effective_stage` says as `stage_now`, and as `public_edition` and
        `public_kind` the number and kind of the edition that readers see (none once withdrawn)."""
        pending = Edition.objects.pending().filter(brief_id=models.OuterRef("pk"))
        current = Edition.objects.current().filter(brief_id=models.OuterRef("pk"))
        come = models.Q(stage=Stage.SCHEDULED) & ~models.Exists(pending)
        return self.annotate(
            stage_now=models.Case(
                models.When(come, then=models.Value(Stage.PUBLISHED)), default=models.F("stage")
            ),
            public_edition=models.Subquery(current.values("number")[:1]),
            public_kind=models.Subquery(current.values("kind")[:1]),
        )


class Brief(models.Model):  # type: ignore[django-manager-missing]
    title = models.CharField(max_length=300)
    subtitle = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True, help_text="Two or three sentences for lists and search.")
    language = models.CharField(max_length=10, choices=LANGUAGES, default="en")
    dated = models.DateField(
        "date", null=True, blank=True, help_text="As printed. Empty: the day of publication."
    )
    series = models.ForeignKey(
        "briefs.Series", models.PROTECT, null=True, blank=True, related_name="briefs"
    )
    series_number = models.PositiveIntegerField("number in the series", null=True, blank=True)
    centre = models.ForeignKey(
        "briefs.Centre", models.PROTECT, null=True, blank=True, related_name="briefs"
    )
    authors = models.ManyToManyField(Author, through="briefs.Byline", related_name="briefs")
    topics = TaggableManager(through=BriefTopic, blank=True, verbose_name="topics")
    body = models.TextField(blank=True)
    disclaimer = models.TextField(blank=True)
    licence = models.CharField(max_length=30, choices=Licence.choices, default=Licence.ALL_RIGHTS)
    cover = models.ImageField("cover image", upload_to=image_address, blank=True)
    cover_alt = models.TextField(
        "alternative text",
        blank=True,
        help_text="What the cover shows, for those who can't see it.",
    )

    stage = models.CharField(
        max_length=20, choices=Stage.choices, default=Stage.DRAFT, editable=False
    )
    token = models.CharField(max_length=40, default=new_token, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="created_briefs"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = BriefQuerySet.as_manager()

    class Meta:
        ordering = ("-updated_at", "-id")
        permissions = (
            *((verb.codename, f"Can {verb.label.lower()} a brief") for verb in VERBS.values()),
            (f"{READDRESS}_brief", "Can give a published brief a new address"),
            (EDIT_ALL.partition(".")[2], "Can edit everybody's briefs"),
        )
        indexes = (models.Index(fields=("stage", "-updated_at"), name="brief_stage_updated"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(title__regex=r"\S"), name="brief_has_title"),
            models.CheckConstraint(
                condition=models.Q(stage__in=Stage.values), name="brief_stage_known"
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=[code for code, _ in LANGUAGES]),
                name="brief_language_known",
            ),
            models.CheckConstraint(
                condition=models.Q(licence__in=Licence.values), name="brief_licence_known"
            ),
            models.CheckConstraint(
                condition=models.Q(series_number=None) | models.Q(series__isnull=False),
                name="brief_number_needs_series",
                violation_error_message="A number needs a series.",
            ),
            models.CheckConstraint(
                condition=models.Q(cover="") | ~models.Q(cover_alt=""),
                name="brief_cover_has_alt",
                violation_error_message="The cover needs an alternative text.",
            ),
            models.UniqueConstraint(
                fields=("series", "series_number"),
                name="brief_number_unique_in_series",
                violation_error_message="Another brief has this number in the series.",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **options: Any) -> None:
        """Stores the body in its stored form, whichever path it came by, with its citation rows, and
        renews the token. Raises ValidationError for a body that cannot be stored."""
        fields = options.get("update_fields")
        if fields is not None and set(fields) - {"stage", "token", "updated_at"}:
            options["update_fields"] = {*fields, "token", "updated_at"}
        if "token" in options.get("update_fields", ("token",)):
            self.token = new_token()
        if fields is not None and "body" not in fields:
            super().save(*args, **options)
            return
        self.clean()
        with transaction.atomic():
            super().save(*args, **options)
            self._derive_citations()
            PictureUse.derive(self, (shown.address for shown in prose.pictures(self.body)))

    def clean(self) -> None:
        try:
            self.body = prose.clean(self.body)
        except prose.ProseError as error:
            raise ValidationError({"body": str(error)}) from error
        cited = {cite.source for cite in prose.cited_sources(self.body)}
        if len(cited) != Source.objects.filter(pk__in=cited).count():
            raise ValidationError({"body": "A note cites a source that does not exist."})
        self._clean_pictures()

    def _clean_pictures(self) -> None:
        """Only pictures that were uploaded, each with words for those who cannot see it."""
        shown = prose.pictures(self.body)
        if not shown:
            return
        sizes = Picture.objects.sizes(picture.address for picture in shown)
        if any(picture.address not in sizes for picture in shown):
            raise ValidationError({"body": "The text shows a picture that was not uploaded here."})
        if not all(picture.alt for picture in shown):
            raise ValidationError({"body": "A picture has no alternative text: say what it shows."})
        self.body = prose.sized(self.body, sizes)

    def _derive_citations(self) -> None:
        cites = prose.cited_sources(self.body)
        wanted = [(place, cite.source, cite.locator) for place, cite in enumerate(cites, start=1)]
        rows = self.citations.values_list("position", "source_id", "locator").order_by("position")
        if [(place, str(source), locator) for place, source, locator in rows] == wanted:
            return
        self.citations.all().delete()
        Citation.objects.bulk_create(
            Citation(brief=self, position=place, source_id=source, locator=locator)
            for place, source, locator in wanted
        )

    @property
    def effective_stage(self) -> Stage:
        """The stage by the database's clock: scheduled counts as published once its time has come.

        A query only where the brief is scheduled."""
        stage = Stage(self.stage)
        if stage is Stage.SCHEDULED and not self.editions.pending().exists():
            return Stage.PUBLISHED
        return stage

    @property
    def was_frozen(self) -> bool:
        """Whether it was ever scheduled or published: from then on its address is kept for ever."""
        return (
            self.editions.exists()
            or self.stage_changes.filter(edition_number__isnull=False).exists()
        )

    @property
    def is_editable(self) -> bool:
        return self.stage in EDITABLE

    def is_editable_by(self, user: User) -> bool:
        """Whether `user` may change the text now: editors before it is frozen, contributors their
        own briefs until they submit them; after that the text is with the editors."""
        if not self.is_editable or not user.has_perm("briefs.change_brief"):
            return False
        return user.has_perm(EDIT_ALL) or (self.stage == Stage.DRAFT and self.is_owned_by(user))

    @property
    def slug(self) -> str:
        """The current address."""
        return next((row.slug for row in self.addresses.all() if row.current), "")

    def is_written_by(self, user: User) -> bool:
        """In the byline, or having saved text since the last edition: "their own work"."""
        last = self.editions.order_by("-number").values_list("frozen_at", flat=True).first()
        saved = self.contributions.filter(user=user)
        if last is not None:
            saved = saved.filter(saved_at__gt=last)
        return self.bylines.filter(author__user=user).exists() or saved.exists()

    def is_owned_by(self, user: User) -> bool:
        """Created by `user`, or bylined."""
        return self.created_by_id == user.pk or self.bylines.filter(author__user=user).exists()


class Byline(models.Model):
    """An author's line on a draft. Empty fields are filled from the author when composed."""

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, related_name="draft_bylines")
    position = models.PositiveSmallIntegerField(default=0)
    role = models.CharField(max_length=200, blank=True, help_text="If not the author's usual one.")
    affiliation = models.CharField(
        max_length=300, blank=True, help_text="If not the author's centre."
    )

    class Meta:
        ordering = ("position", "id")
        verbose_name_plural = "byline"
        constraints = (
            models.UniqueConstraint(
                fields=("brief", "author"),
                name="byline_author_once",
                violation_error_message="This author is already in the byline.",
            ),
        )

    def __str__(self) -> str:
        return str(self.author)


class Contribution(models.Model):
    """That a user saved text of a brief, and when last: such a person may not approve it."""

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="contributions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (models.UniqueConstraint(fields=("brief", "user"), name="contribution_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} on {self.brief_id}"

    @classmethod
    def note(cls, *, brief: Brief, by: User) -> None:
        cls.objects.update_or_create(brief=brief, user=by, defaults={"saved_at": Now()})
