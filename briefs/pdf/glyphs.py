"""What each glyph says when text is taken out of the PDF again.

The engine gives all letters of a cluster to one of its glyphs and none to the others, as it first meets
them: a letter first met under its vowel sign would be lost wherever it stands, and an empty mapping is
not valid. Here a glyph says what it says alone; in company its own letter, where there are as many
glyphs as letters, signs counted apart. Runs in the fork server's children only."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from weasyprint.draw import text
from weasyprint.text.ffi import ffi

COMBINED = re.compile(r"[\u0300-\u036f\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
NOTHING = "\u200b"
# Lam with alef, and the like, as one sign each: readers put the letters of a glyph that has two the
# wrong way round, where the text runs from the right (Poppler, PDFium and pdf.js alike).
JOINED = {
    unicodedata.normalize("NFKC", sign): sign
    for sign in map(chr, [*range(0xFDF0, 0xFDFC), *range(0xFEF5, 0xFEFD)])
}
LAM_ALEF = "\u0644\u0627"
# Of two brackets each is drawn as the other where the text runs from the right (UAX 9, L4); readers
# turn round what the glyph says.
OPEN, CLOSED = "([{«‹<", ")]}»›>"
MIRRORED = dict(zip(OPEN + CLOSED, CLOSED + OPEN, strict=True))
Pango = Any

draw_line_by_engine = text.draw_first_line


def draw_line(stream: Any, textbox: Any, *arguments: Any) -> Any:
    """As the engine does, and with each glyph's own letters."""
    drawn = draw_line_by_engine(stream, textbox, *arguments)
    if COMBINED.search(textbox.pango_layout.text):
        line, _ = textbox.pango_layout.get_first_line()
        encoded = textbox.pango_layout.text.encode()
        for item, font in _items(stream, line):
            alone = vars(font).setdefault("said_alone", set())
            mirrored = MIRRORED if item.item.analysis.level % 2 else {}
            for glyphs, letters in _clusters(item, encoded):
                _tell_apart(font.to_unicode, alone, glyphs, mirrored.get(letters, letters))
    return drawn


def _items(stream: Any, line: Pango) -> Iterator[tuple[Pango, Any]]:
    run = line.runs[0]
    while run != ffi.NULL:
        font, _ = stream.add_font(run.data.item.analysis.font)
        yield run.data, font
        run = run.next


def _clusters(item: Pango, encoded: bytes) -> Iterator[tuple[list[int], str]]:
    """The glyphs of each in the order of its letters, with these."""
    count, starts = item.glyphs.num_glyphs, item.glyphs.log_clusters
    order = range(count - 1, -1, -1) if item.item.analysis.level % 2 else range(count)
    clusters = [(start, list(places)) for start, places in groupby(order, key=lambda i: starts[i])]
    ends = [start for start, _ in clusters[1:]] + [item.item.length]
    for (start, places), end in zip(clusters, ends, strict=True):
        offset = item.item.offset
        letters = encoded[offset + start : offset + end].decode()
        yield [item.glyphs.glyphs[place].glyph for place in places], letters


def _tell_apart(said: dict[int, str], alone: set[int], glyphs: list[int], letters: str) -> None:
    if len(glyphs) == 1 and glyphs[0] in said:
        if glyphs[0] not in alone:
            said[glyphs[0]] = JOINED.get(letters, letters)
            alone.add(glyphs[0])
        return
    for glyph, own in zip(glyphs, _shared(letters, len(glyphs)), strict=True):
        if glyph in said and glyph not in alone:
            said[glyph] = own


def _shared(letters: str, count: int) -> list[str]:
    """What each of `count` glyphs says of `letters`."""
    apart = unicodedata.normalize("NFD", letters)
    for own in apart.replace(LAM_ALEF, JOINED[LAM_ALEF]), apart, letters:
        if len(own) == count:
            return list(own)
    return [letters, *[NOTHING] * (count - 1)]
