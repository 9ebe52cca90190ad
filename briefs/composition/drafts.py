"""A draft on its way to a composition, in two steps: `draft_of` reads what is needed, `render` formats
it. Only the first asks the database, only the second starts a process."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from briefs import citations, prose
from briefs.composition.values import (
    BylineLine,
    ComposedNote,
    ComposedSource,
    Composition,
    CompositionError,
    Letterhead,
    alphabetical,
)
from briefs.composition.values import Topic as ComposedTopic
from briefs.models import Address, Brief, Byline, Edition, Institute, Paper, Picture, Source, Topic
from briefs.models.clock import database_now
from briefs.pandoc import PandocError
from briefs.stages import EditionKind

type RawNote = tuple[prose.NotePart, ...]
type Text = tuple[str, tuple[ComposedNote, ...], tuple[ComposedSource, ...]]


@dataclass(frozen=True)
class DraftText:
    """A body in its frozen form, and its notes before they are formatted. `sources` are those that
    the notes cite, as CSL, by their keys."""

    body: str
    language: str
    notes: tuple[RawNote, ...]
    sources: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Draft:
    """All of a draft that will be read; `frame` lacks but its text."""

    frame: Composition
    text: DraftText


def draft_of(
    brief: Brief,
    *,
    byline: Iterable[Byline],
    topics: Iterable[Topic],
    address: Address,
    kind: str = EditionKind.ORIGINAL,
    change_note: str = "",
    public_from: dt.datetime | None = None,
) -> Draft:
    """`brief` with these rows, whether any of them is saved or not, as an edition of `kind`. Raises
    CompositionError for a text that cannot be one."""
    institute = Institute.load()
    public_from = _next_second(public_from) if public_from else _this_second()
    last = _last_edition(brief)
    number = (last.number if last else 0) + 1
    frame = Composition(
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
        byline=byline_lines(byline),
        topics=alphabetical(ComposedTopic(row.name, row.slug, row.pk or 0) for row in topics),
        disclaimer=brief.disclaimer,
        licence=brief.licence,
        body="",
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
    return Draft(frame, _read_text(brief.body, brief.language))


def _next_second(moment: dt.datetime) -> dt.datetime:
    """The next one, unless it is one: an embargo is never lifted early."""
    return (moment + dt.timedelta(microseconds=999_999)).replace(microsecond=0)


def _this_second() -> dt.datetime:
    """The one that has begun: what is published at once is public by now."""
    return database_now().replace(microsecond=0)


def _last_edition(brief: Brief) -> Edition | None:
    editions = Edition.objects.filter(brief=brief.pk)
    pending = Edition.objects.pending().values("pk")
    return editions.exclude(pk__in=pending).order_by("-number").first()


def _dated(brief: Brief, kind: str, last: Edition | None, today: dt.date) -> dt.date:
    """Typo, correction and retraction keep the date of the edition before; an update may move it."""
    if last and kind != EditionKind.UPDATE:
        return last.dated
    return brief.dated or (last.dated if last else today)


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


def byline_lines(rows: Iterable[Byline]) -> tuple[BylineLine, ...]:
    """As printed; their authors should have been fetched with their centres."""
    institute = Institute.load()
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


def compose_text(stored: str, language: str) -> Text:
    """The frozen form of a body, its notes and its references in house style. Raises
    CompositionError."""
    return _render_text(_read_text(stored, language))


def _read_text(stored: str, language: str) -> DraftText:
    try:
        body, notes = prose.take_notes(prose.clean(stored))
    except prose.ProseError as error:
        raise CompositionError(str(error)) from error
    shown = {picture.address for picture in prose.pictures(body)}
    if shown and len(Picture.objects.sizes(shown)) < len(shown):
        raise CompositionError("The text shows a picture that is not here any more.")
    return DraftText(body, language, tuple(notes), _sources(notes))


def _cited(note: RawNote) -> tuple[str, ...]:
    return tuple(part.source for part in note if isinstance(part, prose.NoteCite))


def _sources(notes: Iterable[RawNote]) -> dict[str, dict[str, Any]]:
    """What the notes cite. Raises CompositionError for one that cites what is not there."""
    cited = [set(_cited(note)) for note in notes]
    rows = Source.objects.filter(pk__in=set().union(*cited))
    sources = {str(source.pk): source.csl for source in rows}
    for number, keys in enumerate(cited, start=1):
        if keys - sources.keys():
            raise CompositionError(f"Note {number} cites a source that does not exist any more.")
    return sources


def render(draft: Draft) -> Composition:
    """A draft with its notes and references in house style; asks the database for nothing. Raises
    CompositionError."""
    body, notes, references = _render_text(draft.text)
    return replace(draft.frame, body=body, notes=notes, references=references)


def _render_text(text: DraftText) -> Text:
    rendered = _formatted(text)
    notes = tuple(
        ComposedNote(number, note.html, note.text, tuple(dict.fromkeys(_cited(raw))))
        for number, (note, raw) in enumerate(zip(rendered.notes, text.notes, strict=True), start=1)
    )
    references = tuple(
        ComposedSource(
            key=line.key,
            csl=text.sources[line.key],
            html=line.html,
            text=line.text,
            notes=tuple(note.number for note in notes if line.key in note.sources),
        )
        for line in rendered.references
    )
    return text.body, notes, references


def _formatted(text: DraftText) -> citations.Rendered:
    notes = [
        [
            citations.Cite(part.source, part.locator) if isinstance(part, prose.NoteCite) else part
            for part in note
        ]
        for note in text.notes
    ]
    try:
        return citations.render(notes, text.sources, language=text.language)
    except PandocError as error:
        raise CompositionError(f"The notes could not be formatted: {error}") from error
