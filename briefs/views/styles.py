"""The site's one style sheet: the layers of static/css joined, with the institute's colour, under an
address that changes with its content."""

import functools
import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from briefs.models import Institute
from briefs.models.institute import DEFAULT_ACCENT

FILES = ("tokens", "fonts", "reset", "base", "prose", "layout", "components", "lists", "brief")
PAPER, NIGHT = "#fbfaf6", "#14191c"  # --paper in tokens.css, light and dark
# WCAG 2.2, 1.4.3 asks for 4.5, here of the tinted surfaces too, which are nearer to the text.
CONTRAST_LIGHT, CONTRAST_DARK = 5.5, 7.5
A_YEAR = 365 * 24 * 60 * 60
CODING = re.compile(r"([\w*-]+)\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*(?:,|$)", re.ASCII)


@dataclass(frozen=True)
class Sheet:
    name: str
    css: bytes
    compressed: bytes


def address(accent: str) -> str:
    return reverse("style", args=[sheet(accent).name])


def sheet(accent: str) -> Sheet:
    if settings.DEBUG:
        _sheet.cache_clear()
    return _sheet(accent)


# By name: what a page has just named is found without the database.
_made: dict[str, Sheet] = {}


@functools.lru_cache(maxsize=4)
def _sheet(accent: str) -> Sheet:
    css = _minified("".join(map(_read, FILES)) + _colours(accent)).encode()
    made = Sheet(hashlib.sha256(css).hexdigest()[:12], css, gzip.compress(css, mtime=0))
    _made[made.name] = made
    return made


@csrf_exempt
@require_safe
def style(request: HttpRequest, name: str) -> HttpResponse:
    """The sheet. A name of yesterday, from a page still cached, gets today's for a minute."""
    found = _made.get(name) or sheet(_accent())
    zipped = _takes_gzip(request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(found.compressed if zipped else found.css, content_type="text/css")
    if zipped:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    current = name == found.name
    response["Cache-Control"] = (
        f"public, max-age={A_YEAR}, immutable" if current else "public, max-age=60"
    )
    return response


def _accent() -> str:
    try:
        return Institute.load().accent
    except Error:  # a page from a cache is to be readable, too
        return DEFAULT_ACCENT


def _takes_gzip(header: str) -> bool:
    """RFC 9110, 12.5.3: named, or meant by `*`, with a weight above 0."""
    weights = {name.lower(): weight for name, weight in CODING.findall(header)}
    weight = weights.get("gzip", weights.get("*", "0"))
    return weight == "" or float(weight) > 0


def _read(name: str) -> str:
    path = finders.find(f"css/{name}.css")
    assert isinstance(path, str), name
    text = Path(path).read_text(encoding="utf-8")
    return re.sub(r'url\("\.\./([^"]+)"\)', lambda match: f'url("{static(match[1])}")', text)


def _minified(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    return css.replace(": ", ":").replace(";}", "}").strip()


def _colours(accent: str) -> str:
    """The institute's colour, darkened or lightened as far as reading it on paper needs."""
    light = legible(accent, on=PAPER, ratio=CONTRAST_LIGHT)
    dark = legible(accent, on=NIGHT, ratio=CONTRAST_DARK)
    return (
        f"@layer tokens{{:root{{--institute:{accent};--accent:{light}}}"
        f"@media (prefers-color-scheme:dark){{:root{{--accent:{dark}}}}}"
        f"@media print{{:root{{--accent:{light}}}}}}}"
    )


def legible(colour: str, *, on: str, ratio: float) -> str:
    """`colour`, darkened on light paper and lightened on dark in steps of 5 % until its contrast
    with `on` reaches `ratio`."""
    towards = "#000000" if _luminance(on) > 0.5 else "#ffffff"
    for step in range(20):
        mixed = _mixed(colour, towards, step / 20)
        if contrast(mixed, on) >= ratio:
            return mixed
    return towards


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _mixed(colour: str, towards: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(towards), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
