"""How large a manuscript may be: what keeps the worst file that is accepted within about 5 seconds.

A brief has some 10,000 words and 200 notes, a long report 100,000 and 1,000."""

from collections.abc import Iterable

from briefs.manuscripts.manuscript import ManuscriptError
from briefs.manuscripts.words import TOKEN

MAX_WORDS = 150_000
MAX_BLOCKS = 20_000  # paragraphs, list items, cells of tables
MAX_MARKS = 40_000  # italics, links and other runs within them
MAX_NOTES = 3_000


def check(*, words: int = 0, blocks: int = 0, marks: int = 0, notes: int = 0) -> None:
    """Raises ManuscriptError with a sentence that names the limit."""
    for count, most, what in (
        (words, MAX_WORDS, "words"),
        (blocks, MAX_BLOCKS, "paragraphs, list items and cells of tables"),
        (marks, MAX_MARKS, "changes of style and links"),
        (notes, MAX_NOTES, "notes"),
    ):
        if count > most:
            raise ManuscriptError(
                f"The manuscript has more than {most:,} {what}; send it in parts."
            )


def words_in(lines: Iterable[str]) -> int:
    return sum(1 for line in lines for _ in TOKEN.finditer(line))
