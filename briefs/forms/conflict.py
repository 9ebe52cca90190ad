"""Two people save one brief: what differs between what is stored and what was typed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.text import Truncator

from briefs import prose
from briefs.models import Brief, Institute, User

EXCERPT = 240


@dataclass(frozen=True)
class Difference:
    """A field in which the two versions differ; `theirs` is an excerpt of the saved one."""

    label: str
    anchor: str
    theirs: str


def differences(form: forms.ModelForm, saved: Brief) -> list[Difference]:
    found = []
    for name in form.fields:
        if name not in form.cleaned_data or not hasattr(saved, name):
            continue
        theirs = _saved(saved, name)
        if _plain(form.cleaned_data[name], name) != theirs:
            label, anchor = form.fields[name].label or name, form[name].auto_id
            found.append(Difference(str(label), anchor, excerpt(theirs)))
    rows = [(row.author_id, row.role, row.affiliation) for row in saved.bylines.all()]
    if _posted_rows(form.data) != rows:
        names = ", ".join(row.author.name for row in saved.bylines.select_related("author"))
        found.append(Difference("Byline", "bylines-group", names))
    return found


def excerpt(text: str) -> str:
    words = strip_tags(text.replace("</p>", " ")).replace("&amp;", "&")
    return Truncator(" ".join(words.split())).chars(EXCERPT)


def _saved(brief: Brief, name: str) -> str:
    if name == "topics":
        return ", ".join(sorted(brief.topics.values_list("name", flat=True)))
    return _plain(getattr(brief, name), name)


def _plain(value: Any, name: str) -> str:
    if name == "topics":
        return ", ".join(sorted(value))
    if name == "body":
        return prose.clean(value)
    return "" if value in (None, False) else str(value)


def _posted_rows(data: Mapping[str, Any]) -> list[tuple[int, str, str]]:
    rows = []
    for index in count():
        prefix = f"bylines-{index}-"
        if f"{prefix}author" not in data:
            break
        author = str(data[f"{prefix}author"])
        if author.isdecimal() and not data.get(f"{prefix}DELETE"):
            order = str(data.get(f"{prefix}position") or "")
            line = (
                int(author),
                data.get(f"{prefix}role", ""),
                data.get(f"{prefix}affiliation", ""),
            )
            rows.append((int(order) if order.isdecimal() else 999, line))
    return [line for _, line in sorted(rows, key=lambda row: row[0])]


def last_change(brief: Brief, by: User) -> str:
    """Who changed the brief last and when, as a sentence to `by`."""
    zone = Institute.load().zone
    saved = brief.contributions.select_related("user").order_by("-saved_at").first()
    moved = brief.stage_changes.select_related("by").first()
    if moved and (not saved or moved.at > saved.saved_at):
        act, when = moved.get_verb_display().lower(), _told(moved.at, zone)
        if moved.by == by:
            return f"You used “{act}” on this brief in another window on {when}."
        return f"{moved.by} used “{act}” on this brief on {when}."
    if not saved:
        return "Someone saved this brief after you opened it."
    when = _told(saved.saved_at, zone)
    if saved.user == by:
        return f"You saved this brief in another window on {when}."
    return f"{saved.user} saved this brief on {when}."


def _told(at: dt.datetime, zone: dt.tzinfo) -> str:
    return date_format(at.astimezone(zone), "DATETIME_FORMAT")
