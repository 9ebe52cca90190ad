"""What the form of a brief says while it is open: that somebody is there, and what is written in it.

Arrives as JSON. Nothing of it is cleaned: it goes back into the form it came from, and what is saved
from there is cleaned as any text."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from briefs.models.working import SETTLED, SITTING_LENGTH, Line
from briefs.prose.allowed import MAX_LENGTH

MOST_FIELDS = 2000
ROOM = 200_000  # characters, for all fields beside the text
NEVER_KEPT = {"csrfmiddlewaretoken", "over", "uploaded", "attempt", "_stay", "_close", "_verb"}


@dataclass(frozen=True)
class Sign:
    """One message of a sitting. `fields` is None where nothing changed since the last."""

    user: int
    sitting: str
    turn: int = 0
    base: str = ""
    known: str = ""  # the token of the saved version that the form knows of
    typed: bool = False
    leaving: bool = False
    drop: str = ""  # a sitting whose copy is not wanted any more
    fields: list[Line] | None = field(default=None, repr=False)


KINDS = {"user": int, "turn": int, "typed": bool, "leaving": bool}


def read_sign(body: bytes) -> Sign:
    """Raises ValidationError for what no form of ours sends, and for more than is kept."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ValidationError("This is no JSON.") from error
    if not isinstance(given, dict) or not {"user", "sitting"} <= given.keys() <= _NAMES:
        raise ValidationError("This is not what the form says.")
    lines = given.pop("fields", None)
    for name, value in given.items():
        if type(value) is not KINDS.get(name, str) or not _storable(value):
            raise ValidationError(f"“{name}” is not as the form says it.")
    if not given["sitting"]:
        raise ValidationError("A sitting has a name.")
    return Sign(**given, fields=None if lines is None else _read_lines(lines))


_NAMES = set(Sign.__dataclass_fields__)


def _storable(value: Any) -> bool:
    """Short, and such as every database takes: a number that fits, text without U+0000."""
    if isinstance(value, str):
        return len(value) <= SITTING_LENGTH and _is_text(value)
    return 0 <= value < SETTLED


def _is_text(value: str) -> bool:
    return "\x00" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)


def _read_lines(given: Any) -> list[Line]:
    if not isinstance(given, list) or len(given) > MOST_FIELDS:
        raise ValidationError("More fields than the form has.")
    for line in given:
        ours = isinstance(line, list) and len(line) == 3
        if not ours or not all(isinstance(part, str) and _is_text(part) for part in line):
            raise ValidationError("A field is not as the form says it.")
    lines = [line for line in given if line[0] not in NEVER_KEPT]
    text = sum(len(value) for name, value, _ in lines if name == "body")
    rest = sum(map(len, (part for line in lines for part in line))) - text
    if text > MAX_LENGTH or rest > ROOM:
        raise ValidationError("This is longer than what can be kept.")
    return lines
