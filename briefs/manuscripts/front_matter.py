"""What stands before (and rarely after) the text: title, byline, date, disclaimer.

Only what is recognised leaves the text; every other line stays where it is and is reported."""

import datetime
import re
from dataclasses import dataclass, field

from briefs.manuscripts import dates
from briefs.manuscripts.byline import (
    BY,
    EMAIL,
    EMAIL_AROUND,
    Person,
    add_line,
    people,
    share,
)
from briefs.manuscripts.opening import (
    Line,
    is_byline,
    is_disclaimer,
    is_plain_fact,
    opening_lines,
)
from briefs.manuscripts.titles import is_capitals
from briefs.manuscripts.tree import (
    HEADINGS,
    Element,
    Node,
    Reading,
    calls,
    text,
)

SERIES = re.compile(
    r"(?:(?:issue|policy|research|special|country|working|media|event)\s+)?"
    r"(?:brief|paper|note|report|commentary|insight)s?(?:\s+(?:no\.?\s*)?[\d/-]+)?|(?:vol|no)\b.*",
    re.IGNORECASE,
)
LETTERHEAD = re.compile(
    r"(?i:the )?(?i:institut|centre\b|center\b|universit|department|council|foundation)"
    r"|[A-Z][A-Z&.-]{1,9}$"
)
SECTION = re.compile(
    r"introduction|abstract|(?:executive )?summary|background|overview|context|contents",
    re.IGNORECASE,
)


@dataclass
class FrontMatter:
    title: str = ""
    subtitle: str = ""
    authors: list[Person] = field(default_factory=list)
    dated: datetime.date | None = None
    disclaimer: str = ""


def take(reading: Reading) -> FrontMatter:
    """Recognises the front matter and takes it out of `reading.blocks`."""
    matter = FrontMatter(title=reading.title, subtitle=reading.subtitle)
    _from_metadata(reading, matter)
    lines = opening_lines(reading.blocks)
    _take_title(lines, reading, matter)
    _Byline(reading, matter).take(lines)
    _take_end(reading, matter, after=len({line.block for line in lines}))
    _remove(lines, reading)
    share(matter.authors)
    found = {"title": matter.title, "author": matter.authors, "date": matter.dated}
    for name, value in found.items():
        if not value:
            reading.warn(f"No {name} could be identified; look for it in the text.")
    return matter


def _from_metadata(reading: Reading, matter: FrontMatter) -> None:
    for author in reading.authors:
        place = author.get("affiliation") or author.get("institute") or author.get("institution")
        role = author.get("role") or author.get("position") or author.get("title")
        name = author.get("name", "")
        by = BY.fullmatch(name)
        if by and by["rest"]:
            reading.accounted.append(by["label"])
            name = by["rest"]
        for person in people(name) or [Person(name)]:
            person.role, person.affiliation = role or person.role, place or person.affiliation
            person.email = author.get("email", "")
            matter.authors.append(person)
    if reading.date and not _take_date(reading.date, reading, matter):
        reading.blocks.insert(0, Element("p", [reading.date]))


# Title


def _take_title(lines: list[Line], reading: Reading, matter: FrontMatter) -> None:
    if matter.title:
        _drop_repeated(lines, matter)
        return
    heading = _title_heading(lines, reading.blocks)
    if heading is not None:
        matter.title, heading.taken = heading.shown, True
        return
    first = _first_candidate(lines)
    if first is None:
        return
    later = lines[lines.index(first) + 1 :]
    evidence = any(is_plain_fact(line.shown) or is_byline(line.shown) for line in later)
    if not (evidence or is_capitals(first.shown) or _is_bold(first)):
        if SECTION.fullmatch(first.shown) or re.search(r"[.!,;:]$", first.shown):
            return
        reading.warn("The first line was taken for the title; look whether it is.")
    matter.title, first.taken = first.shown, True
    for line in later:  # a title over several lines
        goes_on = matter.title.endswith(":") or (
            is_capitals(line.shown) and is_capitals(matter.title)
        )
        if line.block != first.block or not goes_on or is_plain_fact(line.shown):
            break
        matter.title, line.taken = f"{matter.title} {line.shown}", True


def _first_candidate(lines: list[Line]) -> Line | None:
    """The first line that may be a title: no letterhead, where another line follows it."""
    found: list[Line] = []
    for line in lines:
        if line.heading or BY.fullmatch(line.shown) or EMAIL.search(line.shown):
            break
        if not (SERIES.fullmatch(line.shown) or dates.parse(line.shown)):
            found.append(line)
    while len(found) > 1 and LETTERHEAD.match(found[0].shown) and not is_byline(found[1].shown):
        found.pop(0)
    return found[0] if found and not is_disclaimer(found[0].shown) else None


def _title_heading(lines: list[Line], blocks: list[Element]) -> Line | None:
    """The first heading, if no other is of its level; sections come in several."""
    heading = next((line for line in lines if line.heading), None)
    if heading is None or is_plain_fact(heading.shown):
        return None
    level = blocks[heading.block].tag
    alone = sum(block.tag == level for block in blocks) == 1
    higher = any(block.tag in HEADINGS and block.tag < level for block in blocks)
    opening = level == "h1" or heading is lines[0]
    return heading if alone and opening and not higher else None


def _is_bold(line: Line) -> bool:
    return all(
        node.tag == "strong" if isinstance(node, Element) else not node.strip()
        for node in line.nodes
    )


def _drop_repeated(lines: list[Line], matter: FrontMatter) -> None:
    """The title stands in the file's metadata and on its first page: it is one title."""
    for wanted in filter(None, (matter.title, matter.subtitle)):
        for line in lines:
            if not line.taken and line.shown.casefold() == wanted.casefold():
                line.taken = True
                break


# Byline, date and disclaimer


class _Byline:
    """Goes through the lines once, top down; what a line may be depends on those above it."""

    def __init__(self, reading: Reading, matter: FrontMatter) -> None:
        self.reading, self.matter = reading, matter
        self.named = bool(matter.authors)  # by the file's metadata
        self.open = True  # until a date, a disclaimer or a strange line ends the byline

    def take(self, lines: list[Line]) -> None:
        for index, line in enumerate(lines):
            if line.taken:
                continue
            known = len(self.matter.authors)
            line.taken = self._takes(line, lines[index + 1 :])
            if len(self.matter.authors) > known + 1:  # "A and B" became two authors
                self.reading.accounted.append("and")
            if line.heading and not line.taken:
                break
        taken = [line for line in lines if line.taken and line.shown != self.matter.title]
        if self.matter.title and not self.matter.subtitle and taken:
            self._take_subtitle(lines)

    def _takes(self, line: Line, later: list[Line]) -> bool:
        shown = line.shown
        if is_disclaimer(shown):
            self._close()
            return _take_disclaimer(shown, self.reading, self.matter)
        if dates.parse(shown):
            self._close()
            return _take_date(shown, self.reading, self.matter)
        if EMAIL.search(shown):
            return self._take_email(shown)
        by = BY.fullmatch(shown)
        if by and self.open and (not by["rest"] or people(by["rest"])):
            return self._take_by(by, later)
        if not self.matter.authors:
            return self.open and self._begins(line, later)
        if self.named and self._names_again(shown):
            return True
        strict = line.heading or self.named or not self.open
        if strict and not is_byline(shown):
            return False
        fits = len(shown) < 200 and add_line(self.matter.authors, shown)
        self.open = self.open and fits
        return fits

    def _close(self) -> None:
        """After a date or disclaimer no line under the names is taken on its position alone."""
        self.open = self.open and not self.matter.authors

    def _take_by(self, by: re.Match[str], later: list[Line]) -> bool:
        if self.named:
            if not self._names_again(by["rest"]):
                return False
        elif by["rest"]:
            self.matter.authors += people(by["rest"])
        elif not self._take_names(later):
            return False
        self.reading.accounted.append(by["label"])
        return True

    def _names_again(self, shown: str) -> bool:
        """Whether the page repeats here, and only repeats, whom the metadata named."""
        known = {author.name.casefold() for author in self.matter.authors}
        again = {person.name.casefold() for person in people(shown)} or {shown.casefold()}
        return again <= known

    def _take_names(self, later: list[Line]) -> bool:
        """After a "By" that stands alone, the next line is the name whatever it looks like."""
        if not later or is_plain_fact(later[0].shown) or len(later[0].shown) > 90:
            return False
        self.matter.authors += people(later[0].shown) or [Person(later[0].shown)]
        later[0].taken = True
        return True

    def _begins(self, line: Line, later: list[Line]) -> bool:
        """Names without "By", told from what follows them."""
        found = people(line.shown)
        follows = next((other.shown for other in later if not other.taken), "")
        sure = found and (found[0].role or found[0].affiliation)
        told = is_byline(follows) or EMAIL.search(follows) is not None
        several = told or (bool(dates.parse(follows)) and bool(self.matter.title))
        if not found or SERIES.fullmatch(line.shown) or not (sure or several):
            return False
        if not told and not sure and len(line.shown.split()) < 2:
            return False
        self.matter.authors += found
        return True

    def _take_email(self, shown: str) -> bool:
        found = EMAIL.findall(shown)
        rest = EMAIL_AROUND.sub(" ", re.sub(r"[(<\[]\s*[)>\]]", " ", EMAIL.sub(" ", shown)))
        rest = " ".join(rest.split()).strip(" ,;|()<>[]–—-")
        by = BY.fullmatch(rest)
        if by:
            self.reading.accounted.append(by["label"])
            rest = by["rest"]
        if rest and not (self.matter.authors and add_line(self.matter.authors, rest)):
            more = people(rest)
            if not more:
                return False
            self.matter.authors += more
        free = [author for author in self.matter.authors if not author.email]
        if not free or len(found) > len(free):
            return False
        for author, address in zip(free[-len(found) :], found, strict=True):
            author.email = address
        self.reading.accounted += EMAIL_AROUND.findall(shown)
        return True

    def _take_subtitle(self, lines: list[Line]) -> None:
        """A line between the title and the first line of the byline."""
        first = next((line for line in lines if not line.taken), None)
        known = [line for line in lines if line.taken and line.shown != self.matter.title]
        if first is None or first.heading or SERIES.fullmatch(first.shown):
            return
        if is_plain_fact(first.shown):
            return
        position = lines.index(first)
        title = next((i for i, line in enumerate(lines) if line.shown == self.matter.title), -1)
        if title < position < lines.index(known[0]):
            self.matter.subtitle, first.taken = first.shown, True


def _take_date(shown: str, reading: Reading, matter: FrontMatter) -> bool:
    found = dates.parse(shown)
    if found is None or (matter.dated and matter.dated != found):
        return False
    matter.dated = found
    reading.accounted.append(shown)
    if not dates.is_exact(shown):
        reading.warn(f"The date “{shown}” was read as {found:%-d %B %Y}; look whether it is right.")
    return True


def _take_disclaimer(shown: str, reading: Reading, matter: FrontMatter) -> bool:
    if matter.disclaimer:
        return False
    label = re.match(r"[(\[*\s]*disclaimer\b", shown, re.IGNORECASE)
    if label:
        reading.accounted.append(label[0])
        shown = shown[label.end() :].lstrip(" :–—-")
    shown = shown.strip("*[] ")
    if shown.startswith("(") and shown.rstrip(".").endswith(")"):
        shown = shown.rstrip(".")[1:-1]
    elif shown.endswith(")") and shown.count(")") > shown.count("("):
        shown = shown[:-1]
    matter.disclaimer = shown.strip()
    return True


def _take_end(reading: Reading, matter: FrontMatter, *, after: int) -> None:
    """Date and disclaimer at the end of the text, where the beginning has none."""
    for block in list(reading.blocks[max(after, len(reading.blocks) - 3) :]):
        shown = " ".join(text(block).split())
        if block.tag != "p" or any(calls(block.children)):
            continue
        dated = not matter.dated and _take_date(shown, reading, matter)
        if dated or (is_disclaimer(shown) and _take_disclaimer(shown, reading, matter)):
            reading.blocks = [other for other in reading.blocks if other is not block]


def _remove(lines: list[Line], reading: Reading) -> None:
    last = max((index for index, line in enumerate(lines) if line.taken), default=0)
    for line in lines[:last]:
        if not line.taken:
            reading.warn(
                f"The line “{line.shown[:120]}” before the text was not recognised; "
                "it stayed in the text."
            )
    kept: dict[int, list[Node]] = {}
    for line in lines:
        if not line.taken:
            held = kept.setdefault(line.block, [])
            held += [Element("br"), *line.nodes] if held else line.nodes
    touched = {line.block for line in lines if line.taken}
    found = [mark for line in lines if line.taken for mark in calls(line.nodes)]
    blocks = []
    for index, block in enumerate(reading.blocks):
        if index in touched:
            block.children = kept.get(index, [])
        if block.children or index not in touched:
            blocks.append(block)
    reading.blocks = blocks
    _move_calls(found, reading)


def _move_calls(found: list[Element], reading: Reading) -> None:
    """A note on the title or on a name cannot stay there: a field is plain text."""
    if not found:
        return
    paragraph = next((block for block in reading.blocks if block.tag == "p"), None)
    if paragraph is None:
        paragraph = Element("p")
        reading.blocks.insert(0, paragraph)
    paragraph.children += found
    reading.warn("A note to the title or byline is now called at the end of the first paragraph.")
