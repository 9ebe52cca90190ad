"""Signs that no face has and that their letters say as well: the rupee sign that is two letters,
numerals of Roman letters. Unicode's own decompositions (UAX 15, NFKC), and only where nothing is
lost: a number out of its circle would run into the word before it. Pure."""

import unicodedata

from briefs.pdf.markup import in_text

RUPEE = "\u20a8"
ROMAN = map(chr, range(0x2160, 0x2180))
SPELT = str.maketrans({sign: unicodedata.normalize("NFKC", sign) for sign in (RUPEE, *ROMAN)})


def spelt(html: str) -> str:
    """`html` with such signs in its text written as letters; tags stay as they are."""
    return in_text(html, lambda text: text.translate(SPELT))
