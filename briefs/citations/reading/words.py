"""The words of a text, as texts are compared.

Pure; must not import the readers of references."""

import re
import unicodedata

WORD = re.compile(r"\d+|[^\W\d]+")
# Words that say which field follows; the fields and the house style say them again.
LABELS = frozenset(
    """a accessed also and archived at available by chapter date dans de dir doi ed edited edition
    editor editors eds et from https http in iss issue last le link n nd nr no nos number on online
    p pp page pages retrieved st nd rd th trans translated url vol volume via viewed visited www г
    года в و در اور 年 月 日 第 期 年第 ء م""".split()
)  # fmt: skip


def words_in_order(text: str) -> list[str]:
    """Numbers and runs of letters, without case."""
    return [word.casefold() for word in WORD.findall(unicodedata.normalize("NFKC", text))]


def words(text: str) -> set[str]:
    return set(words_in_order(text))
