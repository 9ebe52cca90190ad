"""The pictures of a body: which there are, how large, and how each is written where it is shown."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape, unescape

IMG = re.compile(
    r"""<img src="(images/[^"]*)"(?: alt=(?:"([^"]*)"|'([^']*)'))?"""
    r"""(?: width="([0-9]+)")?(?: height="([0-9]+)")?>"""
)


@dataclass(frozen=True)
class Shown:
    """A picture where it stands: its content address, its words, its pixels (0: not known)."""

    address: str
    alt: str = ""
    width: int = 0
    height: int = 0


def pictures(body: str) -> list[Shown]:
    """Every picture of a body, stored or frozen, in order."""
    return [_shown(match) for match in IMG.finditer(body)]


def sized(body: str, sizes: Mapping[str, tuple[int, int]]) -> str:
    """The body with each picture's pixels as `sizes` knows them by its address."""

    def write(shown: Shown) -> str:
        width, height = sizes.get(shown.address, (shown.width, shown.height))
        return img(src=shown.address, alt=shown.alt, width=width, height=height)

    return rewritten(body, write)


def rewritten(body: str, write: Callable[[Shown], str]) -> str:
    """The body with what `write` makes of each picture in its place."""
    return IMG.sub(lambda match: write(_shown(match)), body)


def img(**attributes: str | int) -> str:
    """The element, without what is empty; but what it shows is always said."""
    return f"<img{''.join(_attribute(name, value) for name, value in attributes.items())}>"


def _attribute(name: str, value: str | int) -> str:
    written = escape(str(value), quote=False).replace('"', "&quot;")
    return f' {name}="{written}"' if value or name == "alt" else ""


def _shown(match: re.Match[str]) -> Shown:
    address, alt, quoted, width, height = match.groups()
    return Shown(address, unescape(alt or quoted or ""), int(width or 0), int(height or 0))
