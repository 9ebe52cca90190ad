"""What each element of a printed brief is called in the structure of its PDF: the standard types of
ISO 32000-1, 14.8.4. Pure."""

KINDS = {
    "article": "Art",
    "section": "Sect",
    "header": "Sect",
    "footer": "Sect",
    "aside": "Sect",
    "figure": "Div",
    "p": "P",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "blockquote": "BlockQuote",
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "dl": "L",
    "div": "LI",  # the colophon's pairs
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "caption": "Caption",
    "figcaption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "img": "Figure",
    "a": "Link",
    "code": "Code",
}
# Elements that say nothing of what stands in them.
SEE_THROUGH = {"body", "main"}
NUMBERING = {"ul": "Disc", "ol": "Decimal", "dl": "None"}  # ISO 32000-1, table 347

# Blocks that a note may follow, and those in which it stands, because nothing may beside them.
INLINE_NOTES = {"Caption", "TH", "TD", "LI", "LBody"}
BLOCKS = INLINE_NOTES | set("P H1 H2 H3 H4 L BlockQuote Div Sect Art Table Figure".split())
