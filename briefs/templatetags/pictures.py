"""`{{ html|pictures }}`: the pictures of a cleaned body as a page shows them, each in the size that
the window needs and with room kept for it. `desk_pictures`: the same for those who may open the
draft, from the desk's own address. Must not mark anything safe."""

from collections.abc import Callable

from django import template
from django.urls import reverse

from briefs import prose
from briefs.models.images import rendition, widths_below

register = template.Library()

# As wide as the text, which on phones is as wide as the window.
SIZES = "(min-width: 38rem) 35rem, 92vw"


@register.filter
def pictures(html: str) -> str:
    return _with_pictures(html, lambda name: reverse("image", args=[name]))


@register.filter
def desk_pictures(html: str) -> str:
    return _with_pictures(html, lambda name: reverse("admin:briefs_brief_picture", args=[name]))


def _with_pictures(html: str, link: Callable[[str], str]) -> str:
    def write(shown: prose.Shown) -> str:
        whole = link(_name(shown.address))
        smaller = widths_below(shown.width)
        candidates = [f"{link(_name(rendition(shown.address, w)))} {w}w" for w in smaller]
        return prose.img(
            src=whole,
            alt=shown.alt,
            srcset=", ".join([*candidates, f"{whole} {shown.width}w"]) if smaller else "",
            sizes=SIZES if smaller else "",
            width=shown.width,
            height=shown.height,
            loading="lazy",
            decoding="async",
        )

    return prose.rewritten(html, write)


def _name(address: str) -> str:
    return address.rpartition("/")[2]
