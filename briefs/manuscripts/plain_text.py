"""Plain text as printed: paragraphs parted by empty lines, notes between the halves of a paragraph
that a page's end broke, raised figures as calls, *italics* and <URL>."""

import re
from collections.abc import Iterator

from briefs.manuscripts import hand_notes, limits
from briefs.manuscripts.kinds import decode
from briefs.manuscripts.tree import BARE_URL, Element, Node, Reading, text

ITALICS = re.compile(r"(?<![\w*])(\*\*|\*)(?=[^\s*])(.{1,600}?)(?<=[^\s*])\1(?![\w*])")
ANGLED = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+)>")
BULLET = re.compile(r"[ \t]*[•·▪◦*–-][ \t]+(?=\S)")
NUMBER = re.compile(r"[ \t]*(\d{1,2})[.)][ \t]+(?=\S)")
PAGE_NUMBER = re.compile(r"\s*(?:[-–—]\s*\d{1,3}\s*[-–—]|page \d+(?: of \d+)?)\s*", re.IGNORECASE)
ENDS_SENTENCE = re.compile(r"[.!?:;…。！？؟۔][\"'”’»)\]*]*$")
RAISED_AT_END = re.compile(rf"[\s{hand_notes.RAISED}]+$")
RAISED_OR_SPACE = hand_notes.RAISED + " \t\n\u00a0\u2009\u202f"
LONGEST_END = 400  # characters, in which the end of a sentence is looked for
LONG_ENOUGH = 60  # characters: a shorter line without a full stop may be a heading


def read(data: bytes) -> Reading:
    content, guessed = decode(data)
    reading = Reading([])
    if guessed:
        reading.warn(f"The file is not UTF-8; it was read as {guessed}. Look at its accents.")
    paragraphs = list(_paragraphs(content, reading))
    limits.check(words=limits.words_in([content]), blocks=len(paragraphs))
    reading.words = list(paragraphs)
    reading.blocks = [_block(paragraph, reading) for paragraph in _rejoin(paragraphs)]
    _mark_headings(reading.blocks)
    return reading


def _paragraphs(content: str, reading: Reading) -> Iterator[str]:
    for chunk in re.split(r"\n[ \t]*(?:\n[ \t]*)+", content.strip("\n")):
        lines = [line for line in chunk.split("\n") if line.strip()]
        if len(lines) == 1 and PAGE_NUMBER.fullmatch(lines[0]):
            reading.warn(f"A page number was left out: “{lines[0].strip()}”.")
            continue
        current: list[str] = []
        for line in lines:
            if current and _is_note(line):
                yield "\n".join(current)
                current = []
            current.append(line)
        if current:
            yield "\n".join(current)


def _rejoin(paragraphs: list[str]) -> list[str]:
    """Halves of a broken paragraph put together, the notes between them after it."""
    result: list[list[str]] = []  # each in its pieces: a text in many is joined but once
    notes: list[str] = []
    end = ""  # of the last one
    for paragraph in paragraphs:
        if _is_note(paragraph):
            notes.append(paragraph)
            continue
        if result and _continues(result[-1], end, paragraph, across_notes=bool(notes)):
            last = result[-1][-1]
            result[-1][-1] = last.rstrip() + ("" if re.search(r"\w-$", last) else " ")
            result[-1].append(paragraph.lstrip())
        else:
            result += [[note] for note in notes]
            notes = []
            result.append([paragraph])
        end = (end + paragraph)[-LONGEST_END:] if len(result[-1]) > 1 else paragraph
    return ["".join(pieces) for pieces in result] + notes


def _continues(before: list[str], end: str, after: str, *, across_notes: bool) -> bool:
    """Whether `after` goes on with the sentence that `before`, which ends in `end`, began."""
    if _is_note(before[0]) or BULLET.match(after) or NUMBER.match(after):
        return False
    bare = end.rstrip(RAISED_OR_SPACE)
    if ENDS_SENTENCE.search(bare[-LONGEST_END:]):
        return False
    if len(before) == 1 and "\n" in end.strip() and len(end) < LONG_ENOUGH:
        return False
    starts_lower = after.lstrip(" \t“\"'‘(")[:1].islower()
    return (starts_lower or across_notes) and len(bare) >= LONG_ENOUGH


def _is_note(paragraph: str) -> bool:
    return bool(hand_notes.STRONG_LABEL.match(paragraph))


def _block(paragraph: str, reading: Reading) -> Element:
    lines = paragraph.split("\n")
    for tag, pattern in (("ul", BULLET), ("ol", NUMBER)):
        if pattern.match(lines[0]) and (tag == "ul" or len(lines) > 1):
            reading.accounted += [match[0] for line in lines if (match := pattern.match(line))]
            return _list(tag, pattern, lines)
    return Element("p", inline(paragraph))


def _list(tag: str, pattern: re.Pattern[str], lines: list[str]) -> Element:
    items: list[str] = []
    for line in lines:
        match = pattern.match(line)
        if match or not items:
            items.append(line[match.end() if match else 0 :])
        else:
            items[-1] += " " + line.strip()
    first = NUMBER.match(lines[0])
    start = {"start": first[1]} if tag == "ol" and first and first[1] != "1" else {}
    return Element(tag, [Element("li", inline(item)) for item in items], start)


def inline(value: str) -> list[Node]:
    """Text with *italics*, **bold** and <URL> made elements."""
    result: list[Node] = []
    start = 0
    for match in ANGLED.finditer(value):
        result += _italics(value[start : match.start()])
        url = match[1]
        href = url if url.startswith(("http", "mailto:")) else f"mailto:{url}"
        result.append(Element("a", [url.removeprefix("mailto:")], {"href": href}))
        start = match.end()
    return result + _italics(value[start:])


def _italics(value: str) -> list[Node]:
    result: list[Node] = []
    start = 0
    addresses = [range(*url.span()) for url in BARE_URL.finditer(value)][::-1]  # the next is last
    for match in ITALICS.finditer(value):
        while addresses and addresses[-1].stop <= match.start():
            addresses.pop()
        if addresses and addresses[-1].start < match.start():
            continue
        result.append(value[start : match.start()])
        result.append(Element("strong" if match[1] == "**" else "em", [match[2]]))
        start = match.end()
    return [*result, value[start:]]


def _mark_headings(blocks: list[Element]) -> None:
    """A short line of its own between paragraphs, without a full stop, is a heading."""
    text_blocks = [block for block in blocks if not hand_notes.label_of(block)]
    around = zip(text_blocks, text_blocks[1:], text_blocks[2:], strict=False)
    for before, block, follows in around:
        shown = text(block).strip()
        if (
            block.tag == "p"
            and "\n" not in shown
            and 0 < len(shown) < LONG_ENOUGH
            and _is_prose(before)
            and _is_prose(follows)
            and not ENDS_SENTENCE.search(RAISED_AT_END.sub("", shown))
            and (shown[0].isupper() or shown[0].isdigit())
        ):
            block.tag = "h2"


def _is_prose(block: Element) -> bool:
    return block.tag in ("ul", "ol") or len(text(block)) > 2 * LONG_ENOUGH
