"""What a reader hands over: a manuscript as read. Plain data; must not import Django."""

import datetime
from dataclasses import dataclass


class ManuscriptError(ValueError):
    """The file cannot be read; the message is one sentence for the person who sent it."""


@dataclass(frozen=True)
class BylineEntry:
    name: str
    role: str = ""
    affiliation: str = ""
    email: str = ""


@dataclass(frozen=True)
class ManuscriptNote:
    number: int
    html: str  # inline HTML of the stored form: em, a[href], br …
    text_as_printed: str  # *italics*, <URL>


@dataclass(frozen=True)
class Manuscript:
    title: str
    title_as_printed: str
    subtitle: str
    summary: str
    byline: tuple[BylineEntry, ...]
    centre_name: str
    centre_acronym: str
    institute_acronym: str
    dated: datetime.date | None
    disclaimer: str
    language: str  # BCP 47, "" when unknown
    body: str  # stored form; a call is <span data-note="N"></span>
    notes: tuple[ManuscriptNote, ...]
    lost: tuple[str, ...]  # words of the file that are nowhere above, as readable excerpts
    warnings: tuple[str, ...]  # sentences for the editor
