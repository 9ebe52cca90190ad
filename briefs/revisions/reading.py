"""An earlier text as readers would see it, and the public edition beside the draft."""

from dataclasses import replace
from typing import Any

from briefs import prose
from briefs.composition import Composition, byline_lines, compose, read
from briefs.models import Author, Brief, Byline, Edition
from briefs.revisions.differences import Differences, differences
from briefs.revisions.restoring import plan
from briefs.revisions.snapshots import Line, Snapshot


def composed(snapshot: Snapshot, brief: Brief) -> Composition:
    """What readers would see of the brief, were this text restored now. Writes nothing. Raises
    CompositionError."""
    made = plan(snapshot, brief)
    shadow = Brief.objects.get(pk=brief.pk)
    for name, value in made.values.items():
        setattr(shadow, name, value)
    keys = [line.author for line in made.byline]
    authors = Author.objects.select_related("centre").in_bulk(keys)
    rows = [
        Byline(author=authors[line.author], role=line.role, affiliation=line.affiliation)
        for line in made.byline
    ]
    return replace(compose(shadow), byline=byline_lines(rows))


def since_edition(edition: Edition, brief: Brief) -> Differences:
    """What differs between what readers see and the draft, as both are printed: notes with their
    sources in words. `edition` should have been fetched with `whole()`. Raises CompositionError."""
    return differences(of_edition(read(edition)), of_edition(compose(brief)))


def of_edition(composition: Composition) -> Snapshot:
    """What is printed of the text; what the day of publication decides is left out."""
    fields: dict[str, Any] = {
        name: getattr(composition, name)
        for name in (
            *("title", "subtitle", "summary", "language", "series_number", "disclaimer"),
            *("licence", "cover", "cover_alt"),
        )
    }
    notes = {note.number: note.html for note in composition.notes}
    fields["body"] = prose.put_notes(composition.body, notes)
    fields |= {"centre": composition.centre_key, "series": composition.series_key}
    return Snapshot(
        fields,
        tuple(
            Line(line.author, line.name, line.role, line.affiliation) for line in composition.byline
        ),
        {topic.topic: topic.name for topic in composition.topics},
        {"centre": composition.centre, "series": composition.series},
    )
