"""Which scripts a document stands in, and the style sheets that bring their faces. Pure.

A sheet is taken in only where its script stands: unpacking faces takes as long as a whole brief."""

import re

from briefs.pdf.markup import in_body

ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
# Ideographs, kana, bopomofo, their punctuation and full-width forms.
CHINESE = re.compile(
    r"[\u2e80-\u312f\u31c0-\u31ef\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]"
)
ARABIC_SHEET = "css/print-arabic.css"
CHINESE_SHEET = "css/print-chinese.css"
RARE_CHINESE_SHEET = "css/print-chinese-more.css"
SHEETS = (ARABIC_SHEET, CHINESE_SHEET, RARE_CHINESE_SHEET)
TAG = re.compile(r"<[^>]*>")
UPRIGHT = re.compile(rf"<em>(?=[^<]*(?:{ARABIC.pattern}|{CHINESE.pattern}))")
APOSTROPHE = re.compile(r"(?<=[A-Za-z\u00c0-\u024f])’(?=[A-Za-z\u00c0-\u024f])")


def sheets(html: str) -> list[str]:
    """The style sheets that `html` needs beside those of every brief."""
    needed = [ARABIC_SHEET] if ARABIC.search(html) else []
    if letters := "".join(sorted(set(CHINESE.findall(html)))):
        needed.append(CHINESE_SHEET)
        if _has_rare(letters):
            needed.append(RARE_CHINESE_SHEET)
    return needed


def _has_rare(letters: str) -> bool:
    """Whether there are any beyond GB 2312, which the first of the two files has."""
    try:
        letters.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def emphasised(html: str) -> str:
    """`html` with a class on emphasis in a script without italics."""
    return UPRIGHT.sub('<em class="upright">', html)


def with_latin_apostrophes(html: str) -> str:
    """`html` in Chinese, where ’ is a square, but for those in Latin words."""
    return in_body(html, lambda text: APOSTROPHE.sub('<span class="latin">’</span>', text))


def is_chinese(html: str) -> bool:
    """Whether any of its text is."""
    return bool(CHINESE.search(TAG.sub("", html)))
