"""An edition as a composition: from its own rows, without a draft."""

from briefs.composition.values import (
    BylineLine,
    ComposedNote,
    ComposedSource,
    Composition,
    Letterhead,
    Topic,
    alphabetical,
)
from briefs.models import Edition


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
        topics=alphabetical(
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
