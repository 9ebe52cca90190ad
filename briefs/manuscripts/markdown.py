"""Markdown, with pandoc's notes and metadata; its words are read from the source by hand."""

import html
import re

from briefs.manuscripts import ast, limits
from briefs.manuscripts.kinds import decode
from briefs.manuscripts.tree import Reading

READER = (
    "markdown-smart-citations-raw_tex-raw_attribute-latex_macros-tex_math_dollars"
    "-blank_before_header-blank_before_blockquote+lists_without_preceding_blankline"
)

# What is syntax and not words, in the order in which it is taken away.
SYNTAX = tuple(
    (re.compile(pattern, re.MULTILINE | re.DOTALL), replacement)
    for pattern, replacement in (
        (r"<!--.*?-->", " "),
        (r"^[ \t]*(?:```|~~~|:::)[^\n]*$", " "),
        (r"\[\^[^\]\s]+\]:?", " "),
        (r"^ {0,3}\[[^\]\n]+\]:[ \t]*\S+[^\n]*$", " "),
        (r"\]\(\s*<?[^()\s]*(?:\([^()\s]*\)[^()\s]*)*>?(?:\s+[\"'][^\n]*?[\"'])?\s*\)", "] "),
        (r"<(?=(?:https?|mailto):|[^<>\s]+@)([^<>\s]+)>", r" \1 "),
        (r"</?[a-zA-Z][^>]*>", " "),
        (r"\{(?=[#.]|[\w-]+=)[^{}\n]*\}", " "),
        (r"^[ \t>]*\(?(?:\d{1,9}|[a-zA-Z]|[ivxlcIVXLC]{1,6}|#|@\w*)[.)][ \t]", " "),
        (r"\\(.)", r"\1"),
    )
)
BLOCK = re.compile(r"\n[ \t]*\n|^[ \t>]*(?:[-+*>:#]|\d{1,9}[.)])|(?<!\\)\|", re.MULTILINE)
MARKS = "*_[<`~^"
YAML = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
YAML_KEY = re.compile(r"^([ \t]*(?:-[ \t]+)?)[\w-]+:(?=\s|$)", re.MULTILINE)


def read(data: bytes) -> Reading:
    content, guessed = decode(data)
    limits.check(
        words=limits.words_in([content]),
        blocks=sum(1 for _ in BLOCK.finditer(content)),
        marks=sum(map(content.count, MARKS)),
    )
    reading = ast.convert(content.encode(), reader=READER, lines=True)
    reading.words = _lines(content)
    if guessed:
        reading.warn(f"The file is not UTF-8; it was read as {guessed}. Look at its accents.")
    return reading


def _lines(content: str) -> list[str]:
    metadata = YAML.match(content)
    if metadata:
        values = YAML_KEY.sub(r"\1", metadata[1])
        content = values + "\n\n" + content[metadata.end() :]
    for pattern, replacement in SYNTAX:
        content = pattern.sub(replacement, content)
    return [line for line in html.unescape(content).split("\n") if line.strip()]
