"""What is too large to be read in a few seconds is refused; long reports are not."""

import time

import pytest

from briefs.manuscripts import ManuscriptError, read

from .files import LONG, make_docx, make_odt, paragraph, table

WORDS = "more than 150,000 words; send it in parts."
BLOCKS = "more than 20,000 paragraphs, list items and cells of tables; send it in parts."
MARKS = "more than 40,000 changes of style and links; send it in parts."
NOTES = "more than 3,000 notes; send it in parts."
SECONDS = 5


@pytest.mark.parametrize(
    ("data", "filename", "sentence"),
    [
        ("a b " * 80_000, "a.txt", WORDS),
        ("a[1]" * 100_000, "a.txt", WORDS),
        ("a b\n\n" * 21_000, "a.txt", BLOCKS),
        ("*a_b " * 300_000, "a.md", WORDS),
        ("*a* " * 21_000, "a.md", MARKS),
        ("# a\n" * 21_000, "a.md", BLOCKS),
        ("<p>a</p>" * 30_000, "a.html", BLOCKS),
        (f"<table><tr>{'<td>a</td>' * 30_000}</tr></table>", "a.html", BLOCKS),
        ("<p>" + "<b>a</b> " * 41_000, "a.html", MARKS),
        ("<p>" + "<a href='#a'>1</a> " * 6_002, "a.html", NOTES),
    ],
)
def test_too_much_text_is_refused_in_one_sentence(data: str, filename: str, sentence: str) -> None:
    started = time.perf_counter()
    with pytest.raises(ManuscriptError) as caught:
        read(data.encode(), filename)
    assert str(caught.value) == f"The manuscript has {sentence}"
    assert time.perf_counter() - started < SECONDS


def test_the_limits_hold_for_office_files_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefs.manuscripts.limits.MAX_BLOCKS", 7)
    word = make_docx(paragraph(LONG), table(("a", "b"), ("c", "d")))
    with pytest.raises(ManuscriptError, match="more than 7 paragraphs"):
        read(word, "a.docx")
    with pytest.raises(ManuscriptError, match="more than 7 paragraphs"):
        read(make_odt("<text:p>a b</text:p>" * 8), "a.odt")


def test_many_short_lines_that_go_on_are_joined_in_time() -> None:
    line = "and so it goes on, in lines without a full stop, for as long as anybody cares to type"
    started = time.perf_counter()
    found = read("\n\n".join([line] * 7_000).encode(), "a.txt")
    assert time.perf_counter() - started < SECONDS
    assert found.body.count("<p>") == 1
    assert found.lost == ()


def test_a_report_of_a_hundred_thousand_words_is_read() -> None:
    calls = "".join(f"[^{number}] word" for number in range(800))
    notes = "".join(f"[^{number}]: A note of its own.\n\n" for number in range(800))
    text = f"# Report\n\n{(LONG + chr(10) * 2) * 3_000}Last{calls}\n\n{notes}"
    assert len(text.split()) > 100_000
    assert len(read(text.encode(), "a.md").notes) == 800
