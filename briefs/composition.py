"""What readers will see of a brief, as plain values: `compose` makes it from a draft, `read` from
a frozen edition. Page, preview and PDF render from these alone, without a query.

Reads models; writes nothing; must not import outputs or the workflow."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from briefs import citations, prose
from briefs.models import Address, Brief, Edition, Institute, Paper, Source
from briefs.models.clock import database_now
from briefs.pandoc import PandocError
from briefs.stages import EditionKind

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "sd", "ug", "ur"})


class CompositionError(ValueError):
    """The draft cannot be composed; the message is a sentence for the editor."""


@dataclass(frozen=True)
class BylineLine:
    """An author as printed in one edition."""

    name: str
    role: str = ""
    affiliation: str = ""
    email: str = ""
    slug: str = ""
    author: int = 0


@dataclass(frozen=True)
class ComposedNote:
    """A numbered note, its sources formatted in house style; `sources` are their keys."""

    number: int
    html: str
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComposedSource:
    """A line of the list of references; `notes` are the numbers of the notes that cite it."""

    key: str
    csl: dict[str, Any]
    html: str
    text: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Letterhead:
    """The institute as it signed an edition. `logo` is a content address, or empty; `paper` is empty
    for A4; `digits` is "own" where numbers are in the digits of the brief's language."""

    name: str
    short_name: str = ""
    tagline: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""
    accent: str = "#1f4e5f"
    logo: str = ""
    paper: str = ""
    digits: str = ""


@dataclass(frozen=True)
class Topic:
    name: str
    slug: str
    topic: int = 0


@dataclass(frozen=True)
class Composition:
    """A whole brief, ready to print. `body` is cleaned HTML in which `<span data-note="N"></span>`
    stands where note N is called."""

    title: str
    body: str
    dated: dt.date
    letterhead: Letterhead
    subtitle: str = ""
    summary: str = ""
    language: str = "en"
    centre: str = ""
    centre_acronym: str = ""
    centre_slug: str = ""
    centre_key: int | None = None
    series: str = ""
    series_slug: str = ""
    series_key: int | None = None
    series_number: int | None = None
    byline: tuple[BylineLine, ...] = ()
    topics: tuple[Topic, ...] = ()
    disclaimer: str = ""
    licence: str = ""
    notes: tuple[ComposedNote, ...] = ()
    references: tuple[ComposedSource, ...] = ()
    lists_references: bool = False
    cover: str = ""
    cover_alt: str = ""
    number: int = 1
    kind: str = "original"
    change_note: str = ""
    public_from: dt.datetime | None = None
    address: str = ""

    @property
    def direction(self) -> str:
        """`rtl` for the scripts that are written from right to left, else `ltr`."""
        return "rtl" if self.language.split("-")[0] in RIGHT_TO_LEFT else "ltr"

    @property
    def segments(self) -> Iterator[tuple[str, ComposedNote | None]]:
        """The body in pieces, each with the note called after it."""
        notes = {note.number: note for note in self.notes}
        for html, number in prose.segments(self.body):
            yield html, notes[number] if number else None

    @property
    def authors(self) -> str:
        """The names of the byline, as running text."""
        names = [line.name for line in self.byline]
        return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


# They may change later, or differ in another database, without changing what was published.
NOT_PRINTED = {"slug", "centre_slug", "series_slug", "author", "topic", "centre_key", "series_key"}
EMPTY: tuple[Any, ...] = (None, "", (), [], {})
# What a reviewer approves: all that is read, but not number, date, place and letterhead.
TEXT = "title subtitle summary language byline disclaimer body notes references cover cover_alt".split()


def facts(composition: Composition) -> dict[str, Any]:
    """All that is printed but addresses. What is empty is left out, so that a field that a later
    version adds changes no hash of before."""

    def printed(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        return {
            name: value
            for name, value in pairs
            if name not in NOT_PRINTED and value not in EMPTY and value is not False
        }

    values = asdict(composition, dict_factory=printed)
    values.pop("address", None)
    return values


def canonical(composition: Composition) -> bytes:
    """The canonical JSON of an edition: sorted keys, UTF-8, no white space, no addresses."""
    return _json(facts(composition))


def text_digest(composition: Composition) -> str:
    """SHA-256 of what a reviewer approves."""
    values = facts(composition)
    text = {name: values[name] for name in TEXT if name in values}
    return hashlib.sha256(_json(text)).hexdigest()


def _json(values: dict[str, Any]) -> bytes:
    return json.dumps(
        values, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_instant
    ).encode()


def digest(composition: Composition) -> str:
    """The hash of an edition: SHA-256 of its canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(composition)).hexdigest()


def _instant(value: dt.date | dt.datetime) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return value.isoformat()


def _next_second(moment: dt.datetime) -> dt.datetime:
    """The next one, unless it is one: an embargo is never lifted early."""
    return (moment + dt.timedelta(microseconds=999_999)).replace(microsecond=0)


def _this_second() -> dt.datetime:
    """The one that has begun: what is published at once is public by now."""
    return database_now().replace(microsecond=0)


def compose(
    brief: Brief,
    *,
    kind: str = EditionKind.ORIGINAL,
    change_note: str = "",
    public_from: dt.datetime | None = None,
) -> Composition:
    """What readers would see if the draft became an edition of `kind` at `public_from` (default:
    now). Raises CompositionError with a sentence that names what stands in the way."""
    institute = Institute.load()
    public_from = _next_second(public_from) if public_from else _this_second()
    pending = Edition.objects.pending().values("pk")
    last = brief.editions.exclude(pk__in=pending).order_by("-number").first()
    address = Address.objects.filter(brief=brief, current=True).first()
    if address is None:
        raise CompositionError("The brief has no address.")
    number = (last.number if last else 0) + 1
    body, notes, references = compose_text(brief.body, brief.language)
    return Composition(
        title=brief.title,
        subtitle=brief.subtitle,
        summary=brief.summary,
        language=brief.language,
        dated=_dated(brief, kind, last, institute.today(public_from)),
        series=brief.series.name if brief.series else "",
        series_slug=brief.series.slug if brief.series else "",
        series_key=brief.series_id,
        series_number=brief.series_number,
        centre=brief.centre.name if brief.centre else "",
        centre_acronym=brief.centre.acronym if brief.centre else "",
        centre_slug=brief.centre.slug if brief.centre else "",
        centre_key=brief.centre_id,
        byline=_compose_byline(brief, institute),
        topics=_alphabetical(Topic(row.name, row.slug, row.pk) for row in brief.topics.all()),
        disclaimer=brief.disclaimer,
        licence=brief.licence,
        body=body,
        notes=notes,
        references=references,
        lists_references=bool(brief.series and brief.series.lists_references),
        cover=brief.cover.name or "",
        cover_alt=brief.cover_alt if brief.cover else "",
        letterhead=_letterhead(institute),
        number=number,
        kind=kind,
        change_note=change_note,
        public_from=public_from,
        address=f"{address.url}editions/{number}/",
    )


def _dated(brief: Brief, kind: str, last: Edition | None, today: dt.date) -> dt.date:
    """Typo, correction and retraction keep the date of the edition before; an update may move it."""
    if last and kind != EditionKind.UPDATE:
        return last.dated
    return brief.dated or (last.dated if last else today)


def _alphabetical(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """The same order on every database, whatever its collation."""
    return tuple(sorted(topics, key=lambda topic: (topic.name.casefold(), topic.name)))


def _letterhead(institute: Institute) -> Letterhead:
    return Letterhead(
        name=institute.name,
        short_name=institute.short_name,
        tagline=institute.tagline,
        address=institute.address,
        email=institute.email,
        phone=institute.phone,
        url=institute.url,
        accent=institute.accent,
        logo=institute.logo.name or "",
        paper="" if institute.paper == Paper.A4 else institute.paper,
        digits="own" if institute.own_digits else "",
    )


def _compose_byline(brief: Brief, institute: Institute) -> tuple[BylineLine, ...]:
    rows = brief.bylines.select_related("author__centre")
    return tuple(
        BylineLine(
            name=row.author.name,
            role=row.role or row.author.role,
            affiliation=row.affiliation or institute.affiliation(row.author.centre),
            email=row.author.email,
            slug=row.author.slug,
            author=row.author_id,
        )
        for row in rows
    )


type Text = tuple[str, tuple[ComposedNote, ...], tuple[ComposedSource, ...]]


def compose_text(stored: str, language: str) -> Text:
    """The frozen form of a body, its notes and its references in house style. Raises
    CompositionError."""
    try:
        body, raw_notes = prose.take_notes(prose.clean(stored))
    except prose.ProseError as error:
        raise CompositionError(str(error)) from error
    cited = [
        tuple(part.source for part in parts if isinstance(part, prose.NoteCite))
        for parts in raw_notes
    ]
    keys = {key for sources in cited for key in sources}
    sources = {str(source.pk): source.csl for source in Source.objects.filter(pk__in=keys)}
    rendered = _render(raw_notes, cited, sources, language)
    notes = tuple(
        ComposedNote(number, note.html, note.text, tuple(dict.fromkeys(keys)))
        for number, (note, keys) in enumerate(zip(rendered.notes, cited, strict=True), start=1)
    )
    references = tuple(
        ComposedSource(
            key=line.key,
            csl=sources[line.key],
            html=line.html,
            text=line.text,
            notes=tuple(note.number for note in notes if line.key in note.sources),
        )
        for line in rendered.references
    )
    return body, notes, references


def _render(
    raw_notes: list[tuple[prose.NotePart, ...]],
    cited: list[tuple[str, ...]],
    sources: Mapping[str, dict[str, Any]],
    language: str,
) -> citations.Rendered:
    for number, keys in enumerate(cited, start=1):
        if set(keys) - sources.keys():
            raise CompositionError(f"Note {number} cites a source that does not exist any more.")
    notes = [
        [
            citations.Cite(part.source, part.locator) if isinstance(part, prose.NoteCite) else part
            for part in parts
        ]
        for parts in raw_notes
    ]
    try:
        return citations.render(notes, sources, language=language)
    except PandocError as error:
        raise CompositionError(f"The notes could not be formatted: {error}") from error


def read(edition: Edition) -> Composition:
    """A frozen edition, from its own rows; they should have been fetched with `whole()`."""
    return Composition(
        title=edition.title,
        subtitle=edition.subtitle,
        summary=edition.summary,
        language=edition.language,
        dated=edition.dated,
        series=edition.series_name,
        series_slug=edition.series.slug if edition.series else "",
        series_key=edition.series_id,
        series_number=edition.series_number,
        centre=edition.centre_name,
        centre_acronym=edition.centre_acronym,
        centre_slug=edition.centre.slug if edition.centre else "",
        centre_key=edition.centre_id,
        byline=tuple(
            BylineLine(
                row.name, row.role, row.affiliation, row.email, row.author.slug, row.author_id
            )
            for row in edition.bylines.all()
        ),
        topics=_alphabetical(
            Topic(row.name, row.topic.slug, row.topic_id) for row in edition.topics.all()
        ),
        disclaimer=edition.disclaimer,
        licence=edition.licence,
        body=edition.body,
        notes=tuple(
            ComposedNote(note["number"], note["html"], note["text"], tuple(note["sources"]))
            for note in edition.notes
        ),
        references=tuple(
            ComposedSource(str(row.source_id), row.csl, row.html, row.text, tuple(row.notes))
            for row in edition.sources.all()
        ),
        lists_references=edition.lists_references,
        cover=edition.cover,
        cover_alt=edition.cover_alt,
        letterhead=Letterhead(**edition.letterhead),
        number=edition.number,
        kind=edition.kind,
        change_note=edition.change_note,
        public_from=edition.public_from,
        address=edition.printed_address,
    )
