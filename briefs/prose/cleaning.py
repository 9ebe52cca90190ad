"""Cleaning: the one place where HTML is made what may be stored.

`building` puts it in order, in one pass; nh3 then takes away whatever should have slipped through,
so that what is safe does not depend on our own code."""

import nh3

from briefs.prose import allowed
from briefs.prose.building import build
from briefs.prose.tree import ProseError

MAX_PASSES = 6


def clean(value: str) -> str:
    """The stored form of `value`: only allowed HTML, notes holding inline content only.

    Idempotent. Keeps every word, in its order, but for what browsers never show: comments, and
    the content of script, style, template and iframe elements. Takes at most about two seconds.
    Raises ProseError on text that is longer, deeper or has more tags than any brief."""
    return _settled(value, one_line=False)


def clean_inline(value: str) -> str:
    """The stored form of a line: inline HTML without notes, blocks joined by spaces."""
    return _settled(value, one_line=True).strip()


def _settled(value: str, *, one_line: bool) -> str:
    _refuse_long(value)
    for _ in range(MAX_PASSES):
        built = build(value, one_line=one_line)
        _refuse_slow(built)
        before, value = value, _sanitised(built)
        if value == before:
            return value
    raise ProseError("The text is too tangled to be stored.")  # pragma: no cover


def _sanitised(built: str) -> str:
    return nh3.clean(
        built,
        tags=set(allowed.BLOCKS | allowed.INLINE),
        attributes=allowed.ATTRIBUTES,
        attribute_filter=allowed.attribute,
        url_schemes=allowed.SCHEMES,
        link_rel=None,
    )


def _refuse_long(value: str) -> None:
    if len(value) > allowed.MAX_LENGTH:
        raise ProseError(
            f"The text has more than {allowed.MAX_LENGTH:,} characters, formatting and pictures "
            "pasted into it included."
        )


def _refuse_slow(built: str) -> None:
    if len(built) > allowed.MAX_STORED:
        raise ProseError(f"The text is longer than {allowed.MAX_STORED:,} characters.")
    if built.count("&") + built.count("\xa0") > allowed.MAX_ESCAPES:
        raise ProseError(
            f"The text has more than {allowed.MAX_ESCAPES:,} no-break spaces and signs & < >."
        )
