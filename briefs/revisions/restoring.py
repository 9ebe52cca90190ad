"""An earlier text becomes the present one: as a save like any other, which is a revision too.

Stage, token, address and who began it stay as they are. What the text names and is there no more (an
author, a centre, a source) is told; a citation stays as words, so that no note loses any."""

import re
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.formats import date_format

from briefs import prose
from briefs.models import (
    Author,
    Brief,
    BriefRevision,
    BriefTopic,
    Byline,
    Centre,
    Contribution,
    Institute,
    Series,
    Source,
    Topic,
    User,
)
from briefs.revisions.recording import keep, record
from briefs.revisions.snapshots import Line, Snapshot, of_draft, of_revision

CLOSED = "This brief cannot be edited now, so nothing was restored."
CHANGED = "The brief was changed after this page was shown, so nothing was restored."
SAME = "The text stands like this already."
GONE = "a source that was deleted"
CITE = re.compile(r'<cite data-source="([^"]*)"(?: data-locator="([^"]*)")?></cite>')


class RestoreError(Exception):
    """Nothing was restored; the message is a sentence for who asked for it."""


@dataclass
class Plan:
    """What a brief would become. `lost` are sentences about what cannot come back."""

    values: dict[str, Any] = field(default_factory=dict)
    byline: tuple[Line, ...] = ()
    topics: dict[int, str] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)


def plan(snapshot: Snapshot, brief: Brief) -> Plan:
    """Reads only."""
    made = Plan()
    for name, value in snapshot.fields.items():
        if name not in RELATED:
            _plan_value(made, brief, name, value)
    if "body" in snapshot.fields:
        made.values["body"] = _citable(snapshot, made.lost)
    _plan_place(made, snapshot, brief)
    _plan_cover(made, snapshot)
    _plan_rows(made, snapshot)
    return made


# Values that are more than a value by themselves.
RELATED = {"body", "centre", "series", "series_number", "cover", "cover_alt"}


def _plan_value(made: Plan, brief: Brief, name: str, value: Any) -> None:
    known: Any = Brief._meta.get_field(name)
    try:
        made.values[name] = known.clean(value, brief)
    except ValidationError:
        made.lost.append(f"Its {known.verbose_name} cannot be had any more; the present one stays.")


def _plan_place(made: Plan, snapshot: Snapshot, brief: Brief) -> None:
    """Centre, series and number; they may be gone, or another brief's."""
    found: dict[str, Any] = {}
    rows = {"centre": Centre.objects, "series": Series.objects}
    for name, there in rows.items():
        key = snapshot.fields.get(name)
        row = there.filter(pk=key).first() if key else None
        if key and row is None:
            called = f"“{snapshot.names[name]}”" if name in snapshot.names else "as it was then"
            made.lost.append(f"Its {name}, {called}, was deleted since; the present one stays.")
        elif name in snapshot.fields:
            found[name] = row
    made.values |= found
    if "series" not in found or "series_number" not in snapshot.fields:
        return
    number = snapshot.fields["series_number"]
    others = Brief.objects.filter(series=found["series"], series_number=number)
    if number is not None and others.exclude(pk=brief.pk).exists():
        made.lost.append(f"Number {number} of its series is another brief’s by now.")
        number = None
    made.values["series_number"] = number


def _plan_cover(made: Plan, snapshot: Snapshot) -> None:
    cover = snapshot.fields.get("cover")
    if cover and not default_storage.exists(cover):
        made.lost.append("The file of its cover is gone; the present one stays.")
    elif cover is not None:
        made.values |= {"cover": cover, "cover_alt": snapshot.fields.get("cover_alt", "")}


def _plan_rows(made: Plan, snapshot: Snapshot) -> None:
    keys = [line.author for line in snapshot.byline]
    authors = set(Author.objects.filter(pk__in=keys).values_list("pk", flat=True))
    made.byline = tuple(line for line in snapshot.byline if line.author in authors)
    for line in snapshot.byline:
        if line.author not in authors:
            made.lost.append(f"{line.name} was deleted since, and stays out of the byline.")
    topics = set(Topic.objects.filter(pk__in=snapshot.topics).values_list("pk", flat=True))
    made.topics = {key: name for key, name in snapshot.topics.items() if key in topics}
    for key, name in snapshot.topics.items():
        if key not in topics:
            made.lost.append(f"The topic “{name}” was deleted since.")


def _citable(snapshot: Snapshot, lost: list[str]) -> str:
    """The body, in which a citation of a source that is gone stands as its name and place."""
    keys = {cite.source for cite in prose.cited_sources(snapshot.body)}
    there = {str(key) for key in Source.objects.filter(pk__in=keys).values_list("pk", flat=True)}
    gone: dict[str, None] = {}

    def cite(match: re.Match[str]) -> str:
        if match[1] in there:
            return match[0]
        name = snapshot.names.get(match[1], GONE)
        gone[name] = None
        return escape(name) + (f", {match[2]}" if match[2] else "")

    body = CITE.sub(cite, snapshot.body)
    lost += [
        f"“{name}” was deleted since; the notes that cited it have it in words." for name in gone
    ]
    return body


def restore(*, brief: Brief, revision: BriefRevision, by: User, seen: str) -> list[str]:
    """Bring back the text of `revision`, if the brief still is as it was under the token `seen`.
    Returns what could not come back. Raises RestoreError, and then nothing was done."""
    with transaction.atomic():
        stored = Brief.objects.select_for_update(no_key=True).get(pk=brief.pk)
        if not stored.is_editable_by(by):
            raise RestoreError(CLOSED)
        if stored.token != seen:
            raise RestoreError(CHANGED)
        snapshot = of_revision(revision)
        if snapshot.is_like(of_draft(stored)):
            raise RestoreError(SAME)
        keep(brief=stored)
        made = plan(snapshot, stored)
        _write(stored, made)
        Contribution.note(brief=stored, by=by)
        record(brief=stored, by=by, comment=f"Restored from the revision of {told_at(revision)}")
    return made.lost


def told_at(revision: BriefRevision) -> str:
    at = revision.revision.date_created.astimezone(Institute.load().zone)
    return date_format(at, "DATETIME_FORMAT")


def _write(stored: Brief, made: Plan) -> None:
    for name, value in made.values.items():
        setattr(stored, name, value)
    stored.save()
    stored.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(
            brief=stored,
            author_id=line.author,
            position=position,
            role=line.role,
            affiliation=line.affiliation,
        )
        for position, line in enumerate(made.byline, start=1)
    )
    stored.topic_rows.all().delete()
    BriefTopic.objects.bulk_create(
        BriefTopic(content_object=stored, tag_id=key) for key in made.topics
    )
