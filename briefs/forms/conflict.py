"""Two people save one brief: what each changed, so that somebody can choose between the two."""

import datetime as dt
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from itertools import count
from typing import Any

from django import forms
from django.utils.formats import date_format

from briefs import prose, revisions
from briefs.models import Author, Brief, Institute, Topic, User
from briefs.models.revision import TEXT


@dataclass(frozen=True)
class Conflict:
    """`theirs` is what was saved since this form was opened and `mine` what was typed in it, each
    against the text that was opened; None where no revision holds that. `between` is what saving
    mine would change in the saved text."""

    token: str
    told: str
    is_own: bool  # saved by the same person, in another window
    between: revisions.Differences
    theirs: revisions.Differences | None = None
    mine: revisions.Differences | None = None


def conflict(form: forms.ModelForm, saved: Brief, by: User) -> Conflict:
    told, is_own = last_change(saved, by)
    stands, typed = revisions.of_draft(saved), posted(form, saved)
    opened = revisions.by_token(brief=saved, token=str(form.cleaned_data.get("seen", "")))
    between = revisions.differences(_as_far_as(typed, stands), typed)
    if opened is None:
        return Conflict(saved.token, told, is_own, between)
    base = revisions.of_revision(opened)
    return Conflict(
        saved.token,
        told,
        is_own,
        between,
        theirs=revisions.differences(base, stands),
        mine=revisions.differences(_as_far_as(typed, base), typed),
    )


def posted(form: forms.ModelForm, saved: Brief) -> revisions.Snapshot:
    """What was typed, as far as it can be read; what cannot is told beside its field."""
    typed = copy(saved)
    named = [name for name in TEXT if name in form.cleaned_data]
    for name in named:
        setattr(typed, name, _value(name, form.cleaned_data[name]))
    fields = revisions.fields_of(typed)
    return revisions.Snapshot(
        {name: fields[name] for name in named},
        tuple(_posted_rows(form.data)),
        _posted_topics(form.cleaned_data.get("topics", ())),
        revisions.names_of(typed),
    )


def _value(name: str, value: Any) -> Any:
    if name == "body":
        return prose.clean(value)
    return "" if name == "cover" and not value else value


def _as_far_as(typed: revisions.Snapshot, other: revisions.Snapshot) -> revisions.Snapshot:
    """What could not be read of the typed text differs from nothing."""
    if "body" in typed.fields:
        return other
    fields = {name: value for name, value in other.fields.items() if name != "body"}
    return revisions.Snapshot(fields, other.byline, other.topics, other.names)


def _posted_topics(names: list[str]) -> dict[int, str]:
    """By their names as they are, whatever letters were typed."""
    known = [Topic.objects.filter(name__iexact=name).first() for name in names]
    return {
        topic.pk if topic else -place: topic.name if topic else name
        for place, (topic, name) in enumerate(zip(known, names, strict=True))
    }


def _posted_rows(data: Mapping[str, Any]) -> list[revisions.Line]:
    rows = []
    for index in count():
        prefix = f"bylines-{index}-"
        if f"{prefix}author" not in data:
            break
        author = str(data[f"{prefix}author"])
        if author.isdecimal() and not data.get(f"{prefix}DELETE"):
            order = str(data.get(f"{prefix}position") or "")[:9]
            said = (data.get(f"{prefix}role", ""), data.get(f"{prefix}affiliation", ""))
            rows.append((int(order) if order.isdecimal() else 999, int(author[:18]), *said))
    names = dict(Author.objects.filter(pk__in=[row[1] for row in rows]).values_list("pk", "name"))
    rows.sort(key=lambda row: row[0])
    return [
        revisions.Line(author, names.get(author, ""), role, affiliation)
        for _, author, role, affiliation in rows
    ]


def last_change(brief: Brief, by: User) -> tuple[str, bool]:
    """Who changed the brief last and when, as a sentence to `by`, and whether it was they."""
    zone = Institute.load().zone
    saved = brief.contributions.select_related("user").order_by("-saved_at").first()
    moved = brief.stage_changes.select_related("by").first()
    if moved and (not saved or moved.at > saved.saved_at):
        act, when = moved.get_verb_display().lower(), _told(moved.at, zone)
        if moved.by == by:
            return f"You used “{act}” on this brief in another window on {when}.", True
        return f"{moved.by} used “{act}” on this brief on {when}.", False
    if not saved:
        return "Someone saved this brief after you opened it.", False
    when = _told(saved.saved_at, zone)
    if saved.user == by:
        return f"You saved this brief in another window on {when}.", True
    return f"{saved.user} saved this brief on {when}.", False


def _told(at: dt.datetime, zone: dt.tzinfo) -> str:
    return date_format(at.astimezone(zone), "DATETIME_FORMAT")


@dataclass(frozen=True)
class Typed:
    """What was typed and not saved, at hand beside the saved text: lines by their labels, and the
    text in its stored form, so that notes copied from it are notes."""

    lines: list[tuple[str, str]]
    body: str

    @property
    def segments(self) -> list[tuple[str, None]]:
        return [(self.body, None)] if self.body else []


def typed(data: Mapping[str, Any]) -> Typed:
    lines = []
    for name in ("title", "subtitle", "summary", "topics", "disclaimer", "cover_alt"):
        if words := str(data.get(name, "")).strip():
            label = str(Brief._meta.get_field(name).verbose_name)
            lines.append((label[:1].upper() + label[1:], words))
    if byline := "; ".join(line.printed for line in _posted_rows(data)):
        lines.append(("Byline", byline))
    try:
        body = prose.clean(str(data.get("body", "")))
    except prose.ProseError:
        lines.append(("Text", str(data["body"])))
        body = ""
    return Typed(lines, body)
