"""What goes to the child process and what may go wrong there: plain values, no engine."""

from dataclasses import dataclass, field

MIB = 1024 * 1024
NOWHERE = "https://assets.invalid/"  # RFC 6761: never resolves; the fetcher serves names below it


class TypesettingError(Exception):
    """The PDF cannot be made; the message is a sentence for an editor."""


@dataclass(frozen=True)
class Limits:
    """What one job may use: processor and wall-clock seconds, bytes of address space and output."""

    cpu: int = 60
    wall: float = 120
    memory: int = 1536 * MIB
    output: int = 64 * MIB


@dataclass(frozen=True)
class Job:
    """One document. `notes` are the numbers of the notes that must come out at the feet of pages;
    `assets` are the only files there are, by the names that HTML and CSS call them."""

    html: str
    css: str
    assets: dict[str, bytes] = field(default_factory=dict)
    notes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Outcome:
    content: bytes
    pages: int = 0
    versions: dict[str, str] = field(default_factory=dict)
