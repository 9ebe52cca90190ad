"""Which HTML a body may hold: elements, attributes, and how long and deep it may be."""

import re
import uuid
from collections.abc import Callable

BLOCKS = frozenset(
    "p h2 h3 h4 ul ol li blockquote table caption thead tbody tr th td figure figcaption hr "
    "img".split()
)
INLINE = frozenset("em strong sub sup s code a br span cite".split())
LANGUAGE = {"lang", "dir"}
ATTRIBUTES = {
    "*": LANGUAGE,
    "a": {"href"},
    "blockquote": {"data-pull"},  # words of the text once more, for the eye
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "span": {"data-note", "data-credit"},
    "img": {"src", "alt", "width", "height"},
    "cite": {"data-source", "data-locator"},
}
SCHEMES = {"http", "https", "mailto"}

# What other editors write, and what it becomes here.
SYNONYMS = {
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    "b": "strong",
    "i": "em",
    "strike": "s",
    "del": "s",
    "ins": "span",
    "u": "span",
    "small": "span",
    "tt": "code",
    "dl": "ul",
    "dt": "li",
    "dd": "li",
    "pre": "p",
    "tfoot": "tbody",
}
# They part blocks, but are none in the stored form.
CONTAINERS = frozenset(
    "div section article main header footer aside nav address center form fieldset details "
    "summary legend".split()
)
KNOWN = BLOCKS | INLINE | CONTAINERS

# A brief of 10,000 words and 200 notes has some 100,000 characters and 3,000 tags.
MAX_LENGTH = 2_000_000
MAX_STORED = 1_000_000
MAX_TAGS = 50_000
MAX_ESCAPES = 20_000  # of & < > and no-break spaces: nh3 takes quadratic time over them
MAX_DEPTH = 60
MAX_SPAN = 100
MAX_LOCATOR = 200  # as long as `Citation.locator`

LANGUAGE_TAG = re.compile(r"(?=.{2,35}$)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # BCP 47, 4.4.1
PICTURE = re.compile(r"images/([0-9a-f]{2})/\1[0-9a-f]{62}\.(?:jpg|png)")  # a content address
PIXELS = re.compile(r"[1-9][0-9]{0,4}")
ADDRESS = re.compile(r"\s*(https?://|mailto:)", re.IGNORECASE)


def attribute(tag: str, name: str, value: str) -> str | None:
    """The value as it may be stored, None where it may not."""
    if name not in ATTRIBUTES["*"] and name not in ATTRIBUTES.get(tag, ()):
        return None
    return CHECKS[name](value)


def _span(value: str) -> str | None:
    number = int(value) if re.fullmatch(r"[0-9]{1,6}", value) else 0
    return str(min(number, MAX_SPAN)) if number > 1 else None


def _uuid(value: str) -> str | None:
    try:
        return str(uuid.UUID(value))
    except ValueError:
        return None


CHECKS: dict[str, Callable[[str], str | None]] = {
    "dir": lambda value: value if value in {"ltr", "rtl", "auto"} else None,
    "lang": lambda value: value if LANGUAGE_TAG.fullmatch(value) else None,
    "scope": lambda value: value if value in {"row", "col"} else None,
    "start": lambda value: value if re.fullmatch(r"[0-9]{1,4}", value) else None,
    "colspan": _span,
    "rowspan": _span,
    "data-note": lambda value: "",
    "data-credit": lambda value: "",
    "data-pull": lambda value: "",
    "data-source": _uuid,
    "data-locator": lambda value: value,
    "src": lambda value: value if PICTURE.fullmatch(value) else None,
    "alt": lambda value: " ".join(value.split()),
    "width": lambda value: value if PIXELS.fullmatch(value) else None,
    "height": lambda value: value if PIXELS.fullmatch(value) else None,
    "href": lambda value: value.strip() if ADDRESS.match(value) else None,
}
