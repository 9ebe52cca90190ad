"""A printed note → free text and references, in order; no word of it is lost."""

import re
from dataclasses import dataclass
from typing import Any

from .dates import NUMBER_OF, SEASONS
from .marks import ITALIC, PARENTHESIS, QUOTED, URL
from .reference import Reading, read_reference
from .signals import ITALIC_SIGNAL, SIGNAL
from .words import LABELS, words

PROTECTED = re.compile(f"(?:{QUOTED})|(?:{ITALIC})|(?:{URL})|(?:{PARENTHESIS})", re.IGNORECASE)
BETWEEN = re.compile(r"[;；؛]\s+|[；；؛]|\s*\n\s*")  # a line of its own is a reference of its own
LONGEST_NOTE = 10_000  # characters; a longer one is no note


@dataclass(frozen=True)
class Reference:
    csl: dict[str, Any]
    locator: str = ""


type Segment = str | Reference


def parse(text: str) -> tuple[Segment, ...]:
    """The segments of a printed note, in the form "*italics*, <https://address>".

    Joined, texts and references say every word of the note. A part that is not surely a reference
    stays text.
    """
    if len(text) > LONGEST_NOTE:
        return (text,)
    segments: list[Segment] = []
    pending = ""
    for chunk, separator in _chunks(text):
        read = _segments(chunk)
        if any(isinstance(segment, Reference) for segment in read):
            _append(segments, pending)
            for segment in read:
                _append(segments, segment)
            pending = separator
        else:
            pending += chunk + separator
    _append(segments, pending)
    return tuple(segments)


def missing_words(text: str, reading: Reading) -> set[str]:
    """Words of the printed text that the fields do not say."""
    said = words(" ".join([*_values(reading.csl), reading.locator, *reading.left]))
    numbers = {int(word) for word in said if word.isdecimal()}
    return {
        word
        for word in words(text) - said - LABELS
        if not _is_said_otherwise(word, numbers, reading.csl)
    }


def _is_said_otherwise(word: str, numbers: set[int], csl: dict[str, Any]) -> bool:
    if word in SEASONS:
        return any(date.get("season") == SEASONS[word] for date in _dates(csl))
    if word in NUMBER_OF:
        return NUMBER_OF[word] in numbers
    if word.isdecimal():
        return int(word) in numbers
    return any(word == f"{name.get('family')}{name.get('given')}" for name in csl.get("author", ()))


def _dates(csl: dict[str, Any]) -> list[dict[str, Any]]:
    return [csl[name] for name in ("issued", "accessed") if name in csl]


def _values(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, part in value.items() if key != "type" for text in _values(part)]
    if isinstance(value, list):
        return [text for part in value for text in _values(part)]
    return [str(value)]


def _chunks(text: str) -> list[tuple[str, str]]:
    """Parts at semicolons outside of quotations, italics, addresses and parentheses."""
    guarded = PROTECTED.sub(lambda match: "x" * len(match[0]), text)
    chunks: list[tuple[str, str]] = []
    position = 0
    for separator in BETWEEN.finditer(guarded):
        chunks.append(
            (text[position : separator.start()], text[separator.start() : separator.end()])
        )
        position = separator.end()
    return [*chunks, (text[position:], "")]


def _segments(chunk: str) -> list[Segment]:
    reading = read_reference(chunk)
    if reading is None:
        return _later(chunk)
    start, end = reading.opening.start, reading.end
    if missing_words(chunk[start:end], reading):
        return [chunk]
    left = "".join(f", {text}" for text in reading.left)
    before = chunk[:start]
    reference = Reference(reading.csl, reading.locator)
    return [before, reference, *_joined(left, _segments(chunk[end:]))]


def _joined(left: str, rest: list[Segment]) -> list[Segment]:
    if left and rest and isinstance(rest[0], str):
        return [left + rest[0], *rest[1:]]
    return [left, *rest]


def _later(chunk: str) -> list[Segment]:
    """A comment first, and after its full stop a reference with a signal: "… See Khan, “…”."""
    for stop in re.finditer(r"[.。]\s+", chunk):
        if not (SIGNAL.match(chunk, stop.end()) or ITALIC_SIGNAL.match(chunk, stop.end())):
            continue
        rest = _segments(chunk[stop.end() :])
        if any(isinstance(segment, Reference) for segment in rest):
            return [chunk[: stop.end()], *rest]
    return [chunk]


def _append(segments: list[Segment], segment: Segment) -> None:
    if not segment:
        return
    if isinstance(segment, str) and segments and isinstance(segments[-1], str):
        segments[-1] += segment
    else:
        segments.append(segment)
