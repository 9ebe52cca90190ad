"""What goes to the child process and what may go wrong there: plain values, no engine."""

import datetime as dt
from dataclasses import dataclass, field

MIB = 1024 * 1024
NOWHERE = "https://assets.invalid/"  # RFC 6761: never resolves; the fetcher serves names below it


FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{scratch}/cache</cachedir></fontconfig>
"""
HOME = "BRIEF_PDF_HOME"  # the variable by which the fork server learns of its directory
NO_ROOM = "There is no room for temporary files; an administrator has to make some."


class TypesettingError(Exception):
    """The PDF cannot be made; the message is a sentence for an editor."""


@dataclass(frozen=True)
class Limits:
    """What one job may use: processor and wall-clock seconds, bytes of address space and output.
    `wall` counts from the call; `patience` is how much of it may pass in waiting for others."""

    cpu: int = 60
    wall: float = 120
    memory: int = 1536 * MIB
    output: int = 64 * MIB
    patience: float = 60


PREVIEW = Limits(cpu=30, wall=45, patience=5)  # somebody looks at an empty window meanwhile


@dataclass(frozen=True)
class File:
    """To be kept with the PDF; `moment` is its date, aware."""

    name: str
    content: bytes
    description: str
    moment: dt.datetime


@dataclass(frozen=True)
class Record:
    """What a library's catalogue takes of a document, beside title, authors and dates; empty where
    it is not known. `subjects` are its topics, `version` the number of the edition."""

    language: str = ""
    publisher: str = ""
    identifier: str = ""
    rights: str = ""
    rights_url: str = ""
    version: str = ""
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Job:
    """One document. `notes` are the numbers of the notes that must come out at the feet of pages;
    `assets` are the only files there are, by the names that HTML and CSS call them. `to_note` and
    `to_text` say where the links between calls and notes lead, with a place for the number, which is
    written in `figures`."""

    html: str
    css: str
    assets: dict[str, bytes] = field(default_factory=dict)
    notes: tuple[int, ...] = ()
    attachments: tuple[File, ...] = ()
    to_note: str = "{}"
    to_text: str = "{}"
    figures: str = "0123456789"
    record: Record = Record()


@dataclass(frozen=True)
class Outcome:
    content: bytes
    pages: int = 0
    versions: dict[str, str] = field(default_factory=dict)
