"""Whether a note in house style says what the manuscript printed: no word of it may be gone.

Pure. Compares texts alone; must not import the renderer."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from .addresses import canonical_url
from .reading import Segment
from .reading.dates import NUMBER_OF, YEAR
from .reading.marks import DOI, ITALIC, QUOTED, URL, trimmed_url
from .reading.words import LABELS, words, words_in_order

type Csl = dict[str, Any]

ADDRESS = re.compile(URL, re.IGNORECASE)
ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
ARABIC_COMMA = "،"
REFERENCE = re.compile(
    rf"{URL}|{DOI}|\b(?:ibid|idem|op\. ?cit|loc\. ?cit)\b|(?:\bp?p|ص)\.? ?\d"
    rf"|(?:{QUOTED}|{ITALIC}).*?{YEAR}|\([^()]*{YEAR}\)",
    re.IGNORECASE | re.DOTALL,
)


def is_faithful(
    note: str, shown: str, *, references: Iterable[str], items: Collection[Csl]
) -> bool:
    """Whether `shown`, a printed note in house style, and the lines of its sources in the list of
    references (which names those whom "et al." stands for) say every word of the note."""
    return not unprinted(note, " ".join([shown, *references]), items) and not (
        is_reordered(note, shown)
    )


def is_in_place(note: str, segments: Sequence[Segment]) -> bool:
    """Whether the free text around the references of a printed note stands where it stood.

    What the reader could not place it puts behind the reference, and so it was not understood."""
    position = 0
    for index, segment in enumerate(segments):
        if not isinstance(segment, str):
            continue
        last = index == len(segments) - 1
        found = len(note) - len(segment) if last else note.find(segment, position)
        if found < position or not note.startswith(segment, found) or (index == 0 and found):
            return False
        position = found + len(segment)
    return True


def looks_like_reference(note: str) -> bool:
    """Whether a note that stands as printed seems to cite something."""
    return bool(REFERENCE.search(note))


def unprinted(note: str, shown: str, items: Collection[Csl]) -> set[str]:
    """The words of a printed note that `shown`, its form in house style, does not have.

    The house may label pages, dates and addresses in its own way, spell out months, and print the
    address of a source `items` in another form of the same."""
    spoken = words(shown)
    numbers = {int(word) for word in spoken if word.isdecimal()}
    numbers |= {NUMBER_OF[word] for word in spoken if word in NUMBER_OF}
    joined = {
        f"{name.get('family')}{name.get('given')}"  # Chinese names stand without a space
        for item in items
        for name in item.get("author", ())
    }
    return {
        word
        for word in words(_without_addresses(note, items)) - spoken - LABELS - joined
        if _number(word) not in numbers
    }


def is_reordered(note: str, shown: str) -> bool:
    """Whether a note in Arabic script would be printed in another order, or with other words.

    House style puts the parts of a reference in the order of English, with its commas; in these
    scripts that scrambles them, so nothing less than the same sequence will do."""
    if not ARABIC.search(note):
        return False
    commas = note.count(ARABIC_COMMA) != shown.count(ARABIC_COMMA)
    return commas or words_in_order(note) != words_in_order(shown)


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() else NUMBER_OF.get(word)


def _without_addresses(note: str, items: Iterable[Csl]) -> str:
    known = {
        canonical_url(item[name])
        for item in items
        for name in ("URL", "archive_location")
        if item.get(name)
    }

    def kept(found: re.Match[str]) -> str:
        url = found["url"] or trimmed_url(found["bare"])
        return " " if canonical_url(url) in known else found[0]

    return ADDRESS.sub(kept, note)
