"""What kind of source a reference is: a careful guess, for an editor to confirm."""

import re
from typing import Any

from .outlets import is_institutional, is_periodical, is_post
from .titles import Opening

type Csl = dict[str, Any]

SPOKEN = {"speech", "address", "remarks", "keynote", "lecture", "statement", "testimony"}
RECORDED = {"video", "podcast", "audio"}
THESIS = re.compile(
    r"\b(?:ph\.?d|m\.?phil|d\.?phil|dissertation|thesis|diss\.|doctoral)\b", re.IGNORECASE
)


def kind_of(csl: Csl, *, opening: Opening, italic: bool) -> str:
    """The CSL type, a careful guess."""
    url = csl.get("URL", "")
    container, publisher = csl.get("container-title", ""), csl.get("publisher", "")
    genre = csl.get("genre", "").casefold()
    if opening.kind:
        return opening.kind
    if THESIS.search(genre):
        return "thesis"
    if csl.get("type") == "chapter" and (italic or "editor" in csl):
        return "chapter"
    if is_post(url) or container in ("X", "Twitter", "Facebook", "Telegram", "Truth Social"):
        return "post"
    if "volume" in csl or "issue" in csl:
        return "article-journal"
    if "interviewer" in csl:
        return "interview"
    if genre.split()[:1] and genre.split()[0] in SPOKEN and csl.get("author"):
        return "speech"
    if opening.is_work:
        return "report" if csl.get("number") or (url and not csl.get("publisher")) else "book"
    if genre in RECORDED:
        return "broadcast"
    if (genre or csl.get("number")) and not is_periodical(container):
        return "report"
    return _type_by_outlet(csl, container, publisher, italic=italic)


def _type_by_outlet(csl: Csl, container: str, publisher: str, *, italic: bool) -> str:
    url = csl.get("URL", "")
    if not csl.get("issued"):
        return "webpage"
    if container and (italic or is_periodical(container) or not is_institutional(url)):
        return "article-newspaper"
    if publisher or is_institutional(url):
        return "report"
    return "report" if "author" in csl and not container and not url else "webpage"


def settle(csl: Csl, *, italic: bool) -> None:
    """Which field a name belongs in depends on the type, which is known last."""
    kind = csl["type"]
    if kind == "report" and not italic:
        _rename(csl, "container-title", "publisher")
    if kind == "webpage":
        _rename(csl, "publisher", "container-title")
    if kind in ("speech", "interview", "treaty") and not italic:
        _rename(csl, "container-title", "event-place")
        _rename(csl, "publisher-place", "event-place")


def _rename(csl: Csl, old: str, new: str) -> None:
    if old in csl and new not in csl:
        csl[new] = csl.pop(old)
