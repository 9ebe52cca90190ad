"""What a comparison of two texts found."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from briefs.prose.passages import Kind, Path, Token, signs_only

AROUND = 1  # passages shown on either side of a change


class Op(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """Words that share their fate and their formatting; or one call, citation, break or border.

    `label` is the number of a note (as it is now, or was where it is removed)."""

    op: Op
    tokens: tuple[Token, ...]
    label: str = ""
    told: str = ""

    @property
    def kind(self) -> str:
        return self.tokens[0].kind

    @property
    def text(self) -> str:
        return "".join(token.text + token.space for token in self.tokens)

    @property
    def stem(self) -> str:
        """Without the space after it."""
        return self.text.removesuffix(self.space) if self.space else self.text

    @property
    def space(self) -> str:
        return self.tokens[-1].space

    @property
    def marks(self) -> str:
        """Names of the elements around it, for a class each."""
        return " ".join(f"is-{name}" for name, _ in self.tokens[0].marks)


class State(StrEnum):
    KEPT = "kept"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED_AWAY = "moved-away"
    MOVED_HERE = "moved-here"


@dataclass(frozen=True)
class Change:
    """A passage, and what became of it; `told` are sentences. Of one that was moved, `within` is
    how it changed on the way: where it stands now, its pieces were all added."""

    state: State
    path: Path
    pieces: tuple[Piece, ...]
    told: tuple[str, ...] = ()
    within: tuple[Piece, ...] = ()

    @property
    def shown(self) -> tuple[Piece, ...]:
        return self.within or self.pieces

    @property
    def look(self) -> str:
        """The element that it is like."""
        tags = [step[0] for step in self.path]
        for tag in ("tr", "li", "blockquote", "figcaption", "caption"):
            if tag in tags and not {"h2", "h3", "h4"} & set(tags):
                return tag
        return tags[-1] if tags else "p"

    @property
    def plain(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.kind == Kind.WORD)


@dataclass(frozen=True)
class Fold:
    """Passages in a row in which nothing changed."""

    changes: tuple[Change, ...]


@dataclass(frozen=True)
class NoteChange:
    state: State
    sentence: str
    pieces: tuple[Piece, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.kind == Kind.WORD)


@dataclass(frozen=True)
class Comparison:
    passages: tuple[Change, ...] = ()
    notes: tuple[NoteChange, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.told or self.notes or self.changes)

    @property
    def changes(self) -> list[Change]:
        return [change for change in self.passages if change.state is not State.KEPT]

    @property
    def folded(self) -> Iterator[Change | Fold]:
        """What changed with a passage around it; the rest as folds."""
        shown: set[int] = set()
        for place, change in enumerate(self.passages):
            if change.state is not State.KEPT:
                shown.update(range(place - AROUND, place + AROUND + 1))
        everything = enumerate(self.passages)
        for seen, run in groupby(everything, lambda pair: pair[0] in shown):
            changes = tuple(change for _, change in run)
            yield from changes if seen or len(changes) == 1 else (Fold(changes),)

    def words(self, op: Op) -> int:
        """How many words came or went, those of notes too; what moved did neither."""
        stayed = [change for change in self.passages if change.state is not State.MOVED_AWAY]
        pieces = [piece for change in stayed for piece in change.shown]
        pieces += [piece for note in self.notes for piece in note.pieces]
        return sum(
            token.kind is Kind.WORD and not signs_only(token.text)
            for piece in pieces
            if piece.op is op
            for token in piece.tokens
        )
