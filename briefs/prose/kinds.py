"""What may stand in which element of the stored form, and what an element is given that it lacks."""

import re
from enum import Enum, auto

from briefs.prose import allowed


class Kind(Enum):
    """What may stand in an open element."""

    ROOT = auto()  # blocks
    CONTAINER = auto()  # the same: a div, which is not stored
    FLOW = auto()  # blocks and words
    LIST = auto()  # items
    TABLE = auto()  # captions and groups of rows
    GROUP = auto()  # rows
    ROW = auto()  # cells
    PHRASING = auto()  # words; a block ends it
    LINES = auto()  # words; a block becomes a line
    LINE = auto()  # such a block, which is not stored
    INLINE = auto()  # words


KINDS = {
    **dict.fromkeys(["li", "blockquote", "td", "th", "figure"], Kind.FLOW),
    **dict.fromkeys(["ul", "ol"], Kind.LIST),
    **dict.fromkeys(["p", "h2", "h3", "h4"], Kind.PHRASING),
    **dict.fromkeys(["caption", "figcaption"], Kind.LINES),
    **dict.fromkeys(["thead", "tbody"], Kind.GROUP),
    **dict.fromkeys(allowed.INLINE, Kind.INLINE),
    **dict.fromkeys(allowed.CONTAINERS, Kind.CONTAINER),
    "table": Kind.TABLE,
    "tr": Kind.ROW,
}
DROPPED_IF_EMPTY = {Kind.PHRASING, Kind.LINES}
# Where a part of a table belongs, and what a part is given that lacks it.
PLACES = {
    **dict.fromkeys(["caption", "thead", "tbody"], frozenset({Kind.TABLE})),
    "tr": frozenset({Kind.TABLE, Kind.GROUP}),
    **dict.fromkeys(["td", "th"], frozenset({Kind.TABLE, Kind.GROUP, Kind.ROW})),
}
LACKING = {Kind.TABLE: "tbody", Kind.GROUP: "tr", Kind.ROW: "td", Kind.LIST: "li"}
# An end tag does not reach beyond these.
TABLE = frozenset({"table"})
CELLS = frozenset({"table", "td", "th", "caption"})
LISTS = frozenset({"ul", "ol", "dl"})
BOUNDS = {
    "table": frozenset[str](),
    **dict.fromkeys([*PLACES, "tfoot"], TABLE),
    **dict.fromkeys(["li", "dt", "dd"], CELLS | LISTS),
}
HEADING = re.compile(r"h[1-6]")
OPEN_TO_INLINE_ENDS = {Kind.INLINE, Kind.LINE}
