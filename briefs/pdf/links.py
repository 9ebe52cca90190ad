"""From each call to its note, and from the note's figure back: the engine links neither. And
bookmarks without the notes that are called in their headings."""

from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint import Page

from briefs.pdf.splitting import line_of

MARKER = "::footnote-marker"


def link_notes(pages: Sequence[Any]) -> list[Page]:
    """The same pages, their links gathered anew with those between calls and notes."""
    for page in pages:
        for box in page._page_box.descendants():
            is_marker = bool(box.element_tag and box.element_tag.endswith(MARKER))
            if (box.footnote is None and not is_marker) or "more" in box.element.get("class"):
                continue
            name = box.element.get("id")
            box.link = _to(f"call-{name}" if is_marker else name)
            if not is_marker:
                box.style = box.style.copy()
                box.style["anchor"] = f"call-{name}"
    return [Page(page._page_box) for page in pages]


def clear_bookmarks(pages: Sequence[Any]) -> None:
    """Take notes out of bookmarks; the engine would print a heading's note in its bookmark."""
    for page in pages:
        for box in page._page_box.descendants():
            if box.bookmark_label and box.element is not None:
                box.bookmark_label = text_of(box.element)


def text_of(element: Any) -> str:
    """What `element` says, in one line, without its notes."""
    return " ".join("".join(_text(element)).split())


def _text(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if line_of(child) is None:
            yield from _text(child)
        yield child.tail or ""


def _to(name: str) -> tuple[str, tuple[str, str]]:
    return "url", ("internal", name)
