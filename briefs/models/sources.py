"""What notes cite. A source is shared by all briefs; its printed form is computed by the house
style, never typed. Field names are CSL's (https://docs.citationstyles.org)."""

import json
import re
import uuid
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from briefs.citations.addresses import canonical_url

DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\Z"
MAX_URL = 2000
MOST_WORDS = 8  # of a search
MOST_LIKE = 3
MOST_COMPARED = 50
NEAR = 0.9


class SourceType(models.TextChoices):
    """The CSL item types that a brief cites (CSL 1.0.2, appendix III)."""

    NEWSPAPER = "article-newspaper", "Newspaper or news site"
    MAGAZINE = "article-magazine", "Magazine"
    JOURNAL = "article-journal", "Journal article"
    BOOK = "book", "Book"
    CHAPTER = "chapter", "Chapter in a book"
    REPORT = "report", "Report or working paper"
    TREATY = "treaty", "Treaty or agreement"
    LEGISLATION = "legislation", "Law or resolution"
    LEGAL_CASE = "legal_case", "Judgment"
    SPEECH = "speech", "Speech or statement"
    INTERVIEW = "interview", "Interview"
    BROADCAST = "broadcast", "Broadcast"
    POST = "post", "Post in social media"
    WEBPAGE = "webpage", "Web page"
    THESIS = "thesis", "Thesis"
    PAPER = "paper-conference", "Conference paper"
    PERSONAL = "personal_communication", "Letter or conversation"
    DATASET = "dataset", "Data set"
    DOCUMENT = "document", "Other document"


def validate_names(value: object) -> None:
    """CSL names: a list of {"family", "given"} or {"literal"} objects."""
    if not isinstance(value, list) or not all(map(_is_name, value)) or _has_nul(value):
        raise ValidationError("Names must be a list of family and given names.")


def validate_variables(value: object) -> None:
    """CSL variables by their names; what each may hold is the house style's to read."""
    if not isinstance(value, dict) or _has_nul(value):
        raise ValidationError('Further fields must be named, such as {"volume": "12"}.')


def validate_address(value: str) -> None:
    """The key under which addresses match is longer than an address in letters beyond ASCII."""
    if len(canonical_url(value)) > MAX_URL:
        raise ValidationError(f"This address is longer than {MAX_URL:,} characters.")


def validate_date(value: str) -> None:
    """A day, a month or a year: 2025-03-24, 2025-03, 2025."""
    parts = [int(part) for part in value.split("-")] if re.match(DATE, value) else []
    if not parts or any(
        not low <= part <= high
        for part, (low, high) in zip(parts, ((1, 9999), (1, 12), (1, 31)), strict=False)
    ):
        raise ValidationError("A date looks like 2025-03-24, 2025-03 or 2025.")


class SourceQuerySet(models.QuerySet["Source"]):
    def matching(self, words: str) -> "SourceQuerySet":
        """Those in whose title, authors, outlet, publisher or address each of the words stands."""
        found = self
        for word in words.split()[:MOST_WORDS]:
            escaped = json.dumps(word)[1:-1]  # as SQLite keeps JSON
            found = found.filter(
                models.Q(title__icontains=word)
                | models.Q(authors__icontains=word)
                | models.Q(authors__icontains=escaped)
                | models.Q(container_title__icontains=word)
                | models.Q(publisher__icontains=word)
                | models.Q(url__icontains=word)
                | models.Q(doi__icontains=word)
            )
        return found

    def like(self, source: "Source") -> "list[tuple[Source, str]]":
        """Those that may be the same as `source`, which is not stored, most surely first; each with
        the reason, as a sentence."""
        reasons: dict[Source, str] = {}
        if key := canonical_url(source.url) if source.url else "":
            same = self.filter(canonical_url=key).order_by("-updated_at")[:MOST_LIKE]
            reasons |= dict.fromkeys(same, "It has the same address.")
        if source.doi:
            same = self.filter(doi__iexact=source.doi).order_by("-updated_at")[:MOST_LIKE]
            reasons |= dict.fromkeys(same, "It has the same DOI.")
        longest = sorted(re.findall(r"\w+", source.title), key=len)[-4:]
        alike = models.Q(pk__in=())
        for pair in combinations(longest, 2) if len(longest) > 1 else [longest]:
            alike |= models.Q(*(models.Q(title__icontains=word) for word in pair or [" "]))
        for other in self.filter(alike).order_by("-updated_at")[:MOST_COMPARED]:
            if other not in reasons and _near(other.title, source.title):
                reasons[other] = "Its title is the same, or nearly."
        return list(reasons.items())[:MOST_LIKE]


def _near(one: str, other: str) -> bool:
    """Whether two titles differ by a slip or a sign at most."""
    letters, others = (re.sub(r"\W+", "", text.casefold())[:500] for text in (one, other))
    return SequenceMatcher(None, letters, others, autojunk=False).ratio() >= NEAR


class Source(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    type = models.CharField(max_length=30, choices=SourceType.choices, default=SourceType.NEWSPAPER)
    title = models.TextField()
    authors = models.JSONField(default=list, blank=True, validators=[validate_names])
    container_title = models.CharField(
        max_length=500, blank=True, help_text="Newspaper, journal, broadcaster, book or website."
    )
    publisher = models.CharField(max_length=500, blank=True)
    publisher_place = models.CharField(max_length=200, blank=True)
    issued = models.CharField(
        max_length=10, blank=True, validators=[validate_date], help_text="2025-03-24, 2025-03, 2025"
    )
    accessed = models.CharField(max_length=10, blank=True, validators=[validate_date])
    url = models.URLField("URL", max_length=MAX_URL, blank=True, validators=[validate_address])
    archive_url = models.URLField("archive URL", max_length=MAX_URL, blank=True)
    doi = models.CharField("DOI", max_length=200, blank=True)
    canonical_url = models.CharField(max_length=MAX_URL, blank=True, editable=False)
    more = models.JSONField(
        "further CSL fields",
        default=dict,
        blank=True,
        validators=[validate_variables],
        help_text='Such as {"volume": "12", "issue": "3", "page": "45–67"}.',
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ("title",)
        indexes = (models.Index(fields=("canonical_url",), name="source_canonical_url"),)
        constraints = (
            models.CheckConstraint(condition=~models.Q(title=""), name="source_has_title"),
            models.CheckConstraint(
                condition=models.Q(type__in=SourceType.values), name="source_type_known"
            ),
            models.CheckConstraint(
                condition=models.Q(issued="") | models.Q(issued__regex=DATE),
                name="source_issued_is_date",
            ),
            models.CheckConstraint(
                condition=models.Q(accessed="") | models.Q(accessed__regex=DATE),
                name="source_accessed_is_date",
            ),
        )

    def __str__(self) -> str:
        names = ", ".join(filter(None, map(_last_name, self.names)))
        return ": ".join(filter(None, [names, self.title]))

    def save(self, *args: Any, **options: Any) -> None:
        self.canonical_url = canonical_url(self.url) if self.url else ""
        super().save(*args, **options)

    @property
    def names(self) -> list[dict[str, str]]:
        """The authors, without what came around the validators and is no name."""
        authors = self.authors if isinstance(self.authors, list) else []
        return [name for name in authors if _is_name(name)]

    @property
    def csl(self) -> dict[str, Any]:
        """The source as a CSL-JSON item; its `id` is the UUID."""
        more = self.more if isinstance(self.more, dict) else {}
        item: dict[str, Any] = {**more, "id": str(self.pk), "type": self.type}
        item |= {
            variable: value
            for field, variable in TEXT_VARIABLES.items()
            if (value := getattr(self, field))
        }
        item |= {
            variable: {"date-parts": [[int(part) for part in value.split("-")]]}
            for variable in ("issued", "accessed")
            if (value := getattr(self, variable))
        }
        if self.names:
            item["author"] = self.names
        return item

    @classmethod
    def from_csl(cls, item: dict[str, Any]) -> "Source":
        """An unsaved source from a CSL-JSON item. What has no field of its own goes to `more`."""
        known = {*TEXT_VARIABLES.values(), "id", "type", "author", "issued", "accessed"}
        kind = item.get("type", "")
        return cls(
            type=kind if kind in SourceType.values else SourceType.DOCUMENT,
            authors=item.get("author", []),
            issued=_iso(item.get("issued")),
            accessed=_iso(item.get("accessed")),
            more={name: value for name, value in item.items() if name not in known},
            **{
                field: str(item[variable])
                for field, variable in TEXT_VARIABLES.items()
                if variable in item
            },
        )


TEXT_VARIABLES = {
    "title": "title",
    "container_title": "container-title",
    "publisher": "publisher",
    "publisher_place": "publisher-place",
    "url": "URL",
    "archive_url": "archive_location",
    "doi": "DOI",
}


def _is_name(value: object) -> bool:
    return (
        isinstance(value, dict)
        and not value.keys().isdisjoint(("family", "given", "literal"))
        and all(isinstance(part, str) for part in value.values())
    )


def _has_nul(value: object) -> bool:
    """PostgreSQL stores no NUL, not even in JSON."""
    return "\\u0000" in json.dumps(value)


def _last_name(name: dict[str, str]) -> str:
    return name.get("family") or name.get("literal", "")


def _iso(date: dict[str, Any] | None) -> str:
    parts = (date or {}).get("date-parts") or [[]]
    return "-".join(
        f"{int(part):0{width}d}" for part, width in zip(parts[0], (4, 2, 2), strict=False)
    )


class Citation(models.Model):
    """A place where a draft cites a source: derived from the body at each save, so that a source
    in use cannot be deleted. Published citations are `EditionSource` rows."""

    brief = models.ForeignKey("briefs.Brief", models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, models.PROTECT, related_name="citations")
    position = models.PositiveIntegerField()
    locator = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("brief", "position")
        constraints = (
            models.UniqueConstraint(fields=("brief", "position"), name="citation_position_unique"),
        )

    def __str__(self) -> str:
        return f"{self.position}: {self.source_id}"
