"""Where a printed address may be broken between lines: never with a hyphen, before the punctuation
rather than after it, so that no stop or hyphen looks like the end (Chicago Manual, 7.46)."""

import re

from briefs.pdf.markup import in_text

ADDRESS = re.compile(r"https?://[^\s<>\u201d\u2019\u060c\u061b\u06d4]+")
AFTER = re.compile(r"(?<!:)(?<!/)(//?)(?!/)")
BEFORE = re.compile(r"(&amp;|[.,?=+_~%#])")
ENDINGS = ("&gt;", *".,;)،؛۔")
BREAK = "\u200b"  # not <wbr>: beside one, the engine would rather break within a word


def breakable(html: str, *, isolated: bool = False) -> str:
    """`html` with places to break in the addresses that its text prints. Where the text runs from
    the right they are also `isolated`: each in an element of its own, or its dots would change sides."""
    form = '<span class="from-left">{}</span>{}' if isolated else "{}{}"

    def with_breaks(text: str) -> str:
        return ADDRESS.sub(lambda address: form.format(*_with_breaks(address[0])), text)

    return in_text(html, with_breaks)


def _with_breaks(address: str) -> tuple[str, str]:
    """The address, and the punctuation after it, which is not its own."""
    scheme, rest = address.split("//", 1)
    end = len(rest)
    while (shorter := end - next((len(s) for s in ENDINGS if rest.endswith(s, 0, end)), 0)) < end:
        end = shorter
    path = AFTER.sub(rf"\1{BREAK}", BEFORE.sub(rf"{BREAK}\1", rest[:end]))
    return f"{scheme}//{path}", rest[end:]
