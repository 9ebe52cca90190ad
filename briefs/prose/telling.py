"""What changed, in words: how passages and words are written, and what became of a note."""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from briefs.prose.passages import Kind, Path, Token

type Step = tuple[Token | None, Token | None]  # kept where both are there

QUOTED = 60
WRITTEN = {
    "strong": "bold",
    "em": "italic",
    "sub": "subscript",
    "sup": "superscript",
    "s": "struck through",
    "code": "code",
}


def name_of(path: Path) -> str:
    tags = [step[0] for step in path]
    last = tags[-1] if tags else "p"
    if last in {"h2", "h3", "h4"}:
        return f"a heading of level {last[1]}"
    if "tr" in tags:
        return "a row of a table"
    if last in {"caption", "figcaption"}:
        return "a caption"
    if last == "hr":
        return "a rule"
    for step in reversed(path):
        if step[0] == "blockquote":
            return "a pull quote" if "data-pull=" in step else "a quotation"
        if step[0] in {"ul", "ol"}:
            return "an item of a numbered list" if step[0] == "ol" else "an item of a list"
    return "a paragraph"


def told_path(before: Path, after: Path) -> str:
    if before == after:
        return ""
    was, now = name_of(before), name_of(after)
    if was != now:
        return f"Now {now}; was {was}."
    if _said(before, "lang") != _said(after, "lang"):
        return f"Marked as {_said(after, 'lang') or 'the language of the brief'}."
    if _said(before, "dir") != _said(after, "dir"):
        return "Its direction changed."
    return "Its place among lists, quotations or tables changed."


def _said(path: Path, name: str) -> str:
    found = [word for step in path for word in step if word.startswith(f"{name}=")]
    return found[-1].partition("=")[2] if found else ""


def told_writing(steps: Iterable[Step]) -> Iterator[str]:
    """Kept words that are written otherwise, those that changed alike in one sentence."""
    steps = list(steps)
    kept = [(a, b) for a, b in steps if a and b]
    for change, run in groupby(kept, lambda pair: (pair[0].marks, pair[1].marks)):
        was, now = (dict(marks) for marks in change)
        if was != now:
            said = quoted(b for _, b in run)
            yield f"{said} {', '.join(_writing(was, now))}."
    if any(a.space != b.space for (a, b), then in pairwise(steps) if a and b and all(then)):
        yield "Spaces changed."


def _writing(was: dict[str, str], now: dict[str, str]) -> Iterator[str]:
    for name in sorted({*was, *now}):
        old, new = was.get(name), now.get(name)
        if old == new:
            continue
        if name == "a":
            yield _linking(old, new)
        elif name in WRITTEN:
            yield f"is {'no longer' if new is None else 'now'} {WRITTEN[name]}"
        elif name == "lang":
            yield f"is marked as {new}" if new else "is no longer marked as another language"
        elif name == "dir":
            yield "runs in another direction"
        else:
            yield "is in another kind of cell"


def _linking(old: str | None, new: str | None) -> str:
    if old is None:
        return f"now links to {new}"
    return f"links to {new}, not {old} any more" if new else f"no longer links to {old}"


def quoted(tokens: Iterable[Token]) -> str:
    text = "".join(
        token.text + (token.space and " ") for token in tokens if token.kind is Kind.WORD
    )
    text = text.strip()
    if len(text) > QUOTED:
        text = text[: QUOTED - 1].rsplit(" ", 1)[0] + "…"
    return f"“{text}”" if text else "A note’s number"


def told_note(steps: Iterable[Step], *, language: bool) -> str:
    """What of a note changed, as "words and URL"; empty if nothing did."""
    steps = list(steps)
    parts: dict[str, None] = {}
    source = "locator" if _cited(steps, 0) == _cited(steps, 1) else "source"
    for a, b in steps:
        if a and b:
            parts |= dict.fromkeys(_part_written(a, b))
        elif token := a or b:
            parts[source if token.cite else _part(token)] = None
    if language:
        parts["language"] = None
    if not parts and any(told_writing(steps)):
        parts["spaces"] = None
    names = list(parts)
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _cited(steps: list[Step], side: int) -> list[str]:
    return [token.text for step in steps if (token := step[side]) and token.cite]


def _part(token: Token) -> str:
    return "URL" if is_address(token.text) else "words"


def _part_written(a: Token, b: Token) -> Iterator[str]:
    was, now = dict(a.marks), dict(b.marks)
    if was.pop("a", None) != now.pop("a", None):
        yield "URL"
    if was != now:
        yield "formatting"


def is_address(word: str) -> bool:
    return word.startswith(("http://", "https://", "www."))


def told_renumbered(pairs: list[tuple[int, int]]) -> Iterator[str]:
    """Notes that kept their words, as (was, now): runs of them in one sentence."""
    runs: list[list[tuple[int, int]]] = []
    for was, now in pairs:
        if runs and runs[-1][-1] == (was - 1, now - 1):
            runs[-1].append((was, now))
        else:
            runs.append([(was, now)])
    for run in runs:
        (was, now), (was_last, now_last) = run[0], run[-1]
        if len(run) == 1:
            yield f"Note {now} (was {was}): renumbered only"
        else:
            yield f"Notes {now}–{now_last} (were {was}–{was_last}): renumbered only"
