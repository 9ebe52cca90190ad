"""Editions: what was published, frozen, with rows of its own for filtering and print. Public code
reads these rows alone, never a draft."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.urls import reverse

from briefs.models.address import Address
from briefs.models.facts import Fact, FactError, FactQuerySet
from briefs.models.people import Author
from briefs.models.pictures import Picture
from briefs.models.sources import Source
from briefs.models.taxonomy import Centre, Series, Topic
from briefs.stages import EditionKind

SHA256 = r"^[0-9a-f]{64}$"

# What a list of cards needs; everything else stays in the database.
CARD_FIELDS = (
    "brief_id",
    "number",
    "kind",
    "title",
    "subtitle",
    "summary",
    "card",
    "language",
    "dated",
    "public_from",
    "series_name",
    "series_number",
    "centre_name",
    "centre_acronym",
    "pdf_size",
    "pdf_pages",
)


class EditionQuerySet(FactQuerySet["Edition"]):
    def public(self, at: dt.datetime | None = None) -> "EditionQuerySet":
        """Every edition that may be read at `at` (default: now, by the database's clock). What was
        withdrawn since is public at no time."""
        withdrawn = Withdrawal.objects.filter(brief_id=OuterRef("brief_id"))
        return self.filter(Q(public_from__lte=at or Now()), ~Exists(withdrawn))

    def current(self, at: dt.datetime | None = None) -> "EditionQuerySet":
        """The highest-numbered public edition of each brief at `at`."""
        later = Edition.objects.filter(
            brief_id=OuterRef("brief_id"),
            number__gt=OuterRef("number"),
            public_from__lte=at or Now(),
        )
        return self.public(at).filter(~Exists(later))

    def pending(self) -> "EditionQuerySet":
        """Frozen and typeset, their time not yet come: the only ones that may be deleted."""
        return self.filter(public_from__gt=Now())

    def addressed(self) -> "EditionQuerySet":
        """With the current address of each brief as `slug`."""
        address = Address.objects.filter(brief_id=OuterRef("brief_id"), current=True)
        return self.annotate(slug=Subquery(address.values("slug")[:1]))

    def cards(self) -> "EditionQuerySet":
        """What lists show, newest first, in two queries for any number of editions."""
        return (
            self.addressed()
            .only(*CARD_FIELDS)
            .prefetch_related("bylines")
            .order_by("-dated", "-id")
        )

    def whole(self) -> "EditionQuerySet":
        """With everything that `composition.read` needs, in four queries."""
        rows = ("bylines__author", "topics__topic", "sources")
        return self.addressed().select_related("centre", "series").prefetch_related(*rows)

    def authors(self) -> "models.QuerySet[Author]":
        """Those who stand in the bylines of these editions."""
        rows = EditionByline.objects.filter(edition__in=self.values("pk"))
        return Author.objects.filter(pk__in=rows.values("author"))

    def centres(self) -> "models.QuerySet[Centre]":
        return Centre.objects.filter(pk__in=self.values("centre"))

    def series(self) -> "models.QuerySet[Series]":
        return Series.objects.filter(pk__in=self.values("series"))

    def topics(self) -> "models.QuerySet[Topic]":
        rows = EditionTopic.objects.filter(edition__in=self.values("pk"))
        topics: models.QuerySet[Topic] = Topic.objects.filter(pk__in=rows.values("topic"))
        return topics

    def delete(self) -> tuple[int, dict[str, int]]:
        """Only pending editions; raises FactError where any other is among these. Their rows go
        after them: the triggers refuse it while the edition stands."""
        if self.exclude(pk__in=Edition.objects.pending().values("pk")).exists():
            raise FactError("A published edition is a fact: deletion is refused.")
        keys = list(self.values_list("pk", flat=True))
        places: list[tuple[Any, str]] = [(Edition, "pk")]
        places += [(link.related_model, link.field.name) for link in Edition._meta.related_objects]
        gone = {}
        with transaction.atomic(using=self.db):
            for model, name in places:
                found = model._base_manager.using(self.db).filter(**{f"{name}__in": keys})
                gone[model._meta.label] = found._raw_delete(self.db)
        return sum(gone.values()), gone


class Edition(Fact):
    brief = models.ForeignKey("briefs.Brief", models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=EditionKind.choices)
    change_note = models.TextField(blank=True)
    public_from = models.DateTimeField(db_index=True)
    frozen_at = models.DateTimeField(db_default=Now())

    title = models.CharField(max_length=300)
    subtitle = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    dated = models.DateField()
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="editions"
    )
    series_name = models.CharField(max_length=200, blank=True)
    series_number = models.PositiveIntegerField(null=True, blank=True)
    centre = models.ForeignKey(
        Centre, models.PROTECT, null=True, blank=True, related_name="editions"
    )
    centre_name = models.CharField(max_length=200, blank=True)
    centre_acronym = models.CharField(max_length=20, blank=True)
    disclaimer = models.TextField(blank=True)
    licence = models.CharField(max_length=30)
    cover = models.CharField(max_length=120, blank=True)
    cover_alt = models.TextField(blank=True)
    body = models.TextField()
    notes = models.JSONField(default=list)
    lists_references = models.BooleanField(default=False, db_default=False)
    card = models.TextField(blank=True, help_text="The beginning of the text, for lists.")
    letterhead = models.JSONField(default=dict)

    # How many rows belong to the edition: the database takes no more.
    byline_count = models.PositiveIntegerField()
    topic_count = models.PositiveIntegerField()
    source_count = models.PositiveIntegerField()
    picture_count = models.PositiveIntegerField(default=0, db_default=0)

    sha256 = models.CharField(max_length=64, help_text="Of the canonical JSON, without addresses.")
    printed_address = models.URLField(max_length=500, help_text="As printed in the PDF.")
    pdf_sha256 = models.CharField(max_length=64)
    pdf_size = models.PositiveIntegerField(help_text="Bytes")
    pdf_pages = models.PositiveIntegerField()
    engine = models.JSONField(default=dict, help_text="What the PDF was typeset with.")

    objects: ClassVar[Any] = models.Manager.from_queryset(EditionQuerySet)()

    class Meta:
        ordering = ("-dated", "-id")
        base_manager_name = "objects"
        indexes = (
            models.Index(fields=("-dated", "-id"), name="edition_newest"),
            models.Index(fields=("centre", "-dated", "-id"), name="edition_centre_newest"),
        )
        constraints = (
            models.UniqueConstraint(fields=("brief", "number"), name="edition_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_number_from_one"),
            models.CheckConstraint(
                condition=Q(kind__in=EditionKind.values), name="edition_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(number=1, kind=EditionKind.ORIGINAL)
                | Q(number__gt=1) & ~Q(kind=EditionKind.ORIGINAL),
                name="edition_first_is_original",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(change_note=""), name="edition_says_what_changed"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=SHA256, pdf_sha256__regex=SHA256),
                name="edition_hashes_are_sha256",
            ),
            models.CheckConstraint(
                condition=Q(title__regex=r"\S", body__gt=""), name="edition_has_title_and_body"
            ),
            models.CheckConstraint(condition=Q(pdf_pages__gte=1), name="edition_has_pages"),
            models.CheckConstraint(
                condition=Q(series_number=None) | Q(series__isnull=False),
                name="edition_number_needs_series",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} (edition {self.number})"

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Only while pending by the database's clock; raises FactError otherwise."""
        gone: tuple[int, dict[str, int]] = Edition.objects.filter(pk=self.pk).delete()
        return gone

    @property
    def is_retracted(self) -> bool:
        return bool(self.kind == EditionKind.RETRACTION)

    @property
    def pdf_name(self) -> str:
        """Where the PDF is stored."""
        return self.pdf_address(self.pdf_sha256)

    @staticmethod
    def pdf_address(sha256: str) -> str:
        """The content address of a PDF."""
        return f"pdf/{sha256[:2]}/{sha256}.pdf"

    def get_absolute_url(self) -> str:
        """The brief's page; needs `addressed()`."""
        return reverse("brief", args=[self.slug])  # type: ignore[attr-defined]


class EditionRow(Fact):
    """A row that belongs to an edition and goes with it."""

    class Meta(Fact.Meta):
        abstract = True


class EditionByline(EditionRow):
    """An author as printed in an edition; `author` is kept for filtering."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, related_name="edition_bylines")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)
    affiliation = models.CharField(max_length=500, blank=True)
    email = models.EmailField(blank=True)

    class Meta(EditionRow.Meta):
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "position"), name="edition_byline_position_unique"
            ),
            models.UniqueConstraint(
                fields=("edition", "author"), name="edition_byline_author_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class EditionTopic(EditionRow):
    """A topic by the name it had when the edition was frozen."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="topics")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="edition_rows")
    name = models.CharField(max_length=100)

    class Meta(EditionRow.Meta):
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("edition", "topic"), name="edition_topic_once"),
        )

    def __str__(self) -> str:
        return self.name


class EditionSource(EditionRow):
    """A line of the list of references, with the source as it was and the notes that cite it."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sources")
    source = models.ForeignKey(Source, models.PROTECT, related_name="edition_rows")
    position = models.PositiveIntegerField()
    csl = models.JSONField()
    html = models.TextField()
    text = models.TextField()
    notes = models.JSONField(help_text="Numbers of the notes that cite it.")

    class Meta(EditionRow.Meta):
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "position"), name="edition_source_position_unique"
            ),
            models.UniqueConstraint(fields=("edition", "source"), name="edition_source_once"),
        )

    def __str__(self) -> str:
        return self.text


class EditionPictureQuerySet(FactQuerySet["EditionPicture"]):
    def public(self) -> "EditionPictureQuerySet":
        """Those of editions that everybody may read now."""
        return self.filter(edition__in=Edition.objects.public().values("pk"))


class EditionPicture(EditionRow):
    """That the text of an edition shows a picture, which is public for as long as the edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="edition_rows")
    address = models.CharField(max_length=100, db_index=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(EditionPictureQuerySet)()

    class Meta(EditionRow.Meta):
        constraints = (
            models.UniqueConstraint(fields=("edition", "picture"), name="edition_picture_once"),
        )

    def __str__(self) -> str:
        return self.address


class Withdrawal(Fact):
    """That a brief's text was taken away: all its addresses answer 410 with the notice."""

    brief = models.OneToOneField("briefs.Brief", models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField(db_default=Now())
    notice = models.TextField()

    class Meta(Fact.Meta):
        constraints = (
            models.CheckConstraint(condition=Q(notice__regex=r"\S"), name="withdrawal_has_notice"),
        )

    def __str__(self) -> str:
        return self.notice
