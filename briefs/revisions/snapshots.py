"""The text of a brief as it stood at one time, as plain values."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from reversion.models import Version

from briefs import prose
from briefs.models import Brief, BriefRevision, BriefTopic, Byline, Source
from briefs.models.revision import TEXT


@dataclass(frozen=True)
class Line:
    """A row of the byline; `name` is the author's as it was then."""

    author: int
    name: str = field(compare=False)
    role: str = ""
    affiliation: str = ""

    @property
    def printed(self) -> str:
        return ", ".join(filter(None, [self.name, self.role, self.affiliation]))


@dataclass(frozen=True)
class Snapshot:
    """`fields` are as JSON has them: keys of rows, dates as text. What the model has gained since is
    not among them, what it has lost is passed over. `names` are those of centre, series and sources
    then. `topics` are the names of topics by their keys."""

    fields: dict[str, Any]
    byline: tuple[Line, ...] = ()
    topics: dict[int, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def body(self) -> str:
        return str(self.fields.get("body", ""))

    @property
    def language(self) -> str:
        return str(self.fields.get("language", "en"))

    def is_like(self, other: "Snapshot") -> bool:
        """The same text, as far as both know it."""
        known = self.fields.keys() & other.fields.keys()
        return (
            all(self.fields[name] == other.fields[name] for name in known)
            and self.byline == other.byline
            and self.topics.keys() == other.topics.keys()
        )


def of_draft(brief: Brief) -> Snapshot:
    """As the database holds it now; what `brief` holds in memory is not looked at."""
    stored = Brief.objects.select_related("centre", "series").get(pk=brief.pk)
    rows = stored.bylines.select_related("author")
    return Snapshot(
        fields_of(stored),
        tuple(Line(row.author_id, row.author.name, row.role, row.affiliation) for row in rows),
        {row.tag_id: row.tag.name for row in stored.topic_rows.select_related("tag")},
        names_of(stored),
    )


def fields_of(brief: Brief) -> dict[str, Any]:
    [row] = json.loads(serializers.serialize("json", [brief], fields=TEXT))
    fields: dict[str, Any] = row["fields"]
    return fields


def names_of(brief: Brief) -> dict[str, str]:
    """Of what its text names by keys only."""
    keys = {cite.source for cite in prose.cited_sources(brief.body)}
    names = {str(source.pk): str(source) for source in Source.objects.filter(pk__in=keys)}
    if brief.centre:
        names["centre"] = brief.centre.name
    if brief.series:
        names["series"] = brief.series.name
    return names


def of_revision(kept: BriefRevision) -> Snapshot:
    versions = list(kept.revision.version_set.all())
    byline = [(_stored(version), version.object_repr) for version in _of(Byline, versions)]
    byline.sort(key=lambda row: row[0].get("position", 0))
    topics = [(_stored(version), version.object_repr) for version in _of(BriefTopic, versions)]
    [brief] = _of(Brief, versions) or [None]
    fields = _stored(brief) if brief else {}
    return Snapshot(
        {name: value for name, value in fields.items() if name in TEXT},
        tuple(
            Line(row.get("author", 0), name, row.get("role", ""), row.get("affiliation", ""))
            for row, name in byline
        ),
        {row.get("tag", 0): name for row, name in topics},
        dict(kept.names),
    )


def _of(model: Any, versions: list[Version]) -> list[Version]:
    """In the order in which they were made."""
    kind = ContentType.objects.get_for_model(model).pk
    found = [version for version in versions if version.content_type_id == kind]
    return sorted(found, key=lambda version: int(version.object_id))


def _stored(version: Version) -> dict[str, Any]:
    """As it was written, read without the model: that may have changed since."""
    [row] = json.loads(version.serialized_data)
    fields: dict[str, Any] = row["fields"]
    return fields
