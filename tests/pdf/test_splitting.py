"""Long notes: begun on the page of their call, gone on with at the foot of the next."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from briefs.composition import Composition
from briefs.pdf.document import job_for
from tests.pdf.compositions import make_random_brief, with_notes
from tests.pdf.engine import check, faults, lay_out, splitting
from tests.pdf.hard import long_note, long_notes, paragraphs, prose, short_notes


def pieces(brief: Composition) -> dict[int, list[int]]:
    """On which pages the lines of each note stand."""
    seen = check._look(lay_out(job_for(brief)).pages)
    return {number: [page for _, page in sorted(note.pieces)] for number, note in seen.items()}


@pytest.mark.parametrize("words", [150, 260, 400, 700, 1100])
@pytest.mark.parametrize("before", [0, 3, 6])
def test_a_long_note_begins_where_it_is_called_and_goes_on(words: int, before: int) -> None:
    body = f"{paragraphs(before)}<p>Called here.*</p>{paragraphs(9, start=20)}<p>Last.*</p>"
    assert faults(with_notes(body, [long_note(words, 3), "Another."])) == []


def test_notes_called_beside_a_long_one_stay_on_their_page() -> None:
    assert faults(long_notes()) == []
    assert len(set(pieces(long_notes())[1])) >= 2


def test_short_notes_are_never_cut() -> None:
    body = "".join(f"<p>{prose(70, n)}* {prose(30, n)}*</p>" for n in range(20))
    assert set(map(len, pieces(with_notes(body, short_notes(40))).values())) == {1}


@pytest.mark.parametrize("words", range(180, 480, 20))
def test_no_line_of_a_note_stands_alone(words: int) -> None:
    body = f"{paragraphs(4)}<p>Called here.*</p>{paragraphs(7, start=20)}"
    (lines,) = pieces(with_notes(body, [long_note(words, 3)])).values()
    if len(lines) > 1:
        assert lines[0] == lines[1]
        assert lines[-1] == lines[-2]


def test_a_long_note_at_the_end_of_the_text_is_whole() -> None:
    assert faults(with_notes(f"{paragraphs(5)}<p>Last words.*</p>", [long_note(1500, 1)])) == []


def test_two_long_notes_on_one_line_go_on_one_after_the_other() -> None:
    body = f"{paragraphs(2)}<p>One* and two.*</p>{paragraphs(12, start=9)}"
    brief = with_notes(body, [long_note(500, 1), long_note(500, 2)])
    assert faults(brief) == []
    lines = pieces(brief)
    assert lines[1][0] == lines[2][0]


def cut(markup: str, *ends: int) -> list[str]:
    root = ElementTree.fromstring(f"<p>A.{markup} B.</p>")
    splitting._cut(root[0], root, list(ends))
    assert "".join(root.itertext())[-3:] == " B."
    return [ElementTree.tostring(piece, encoding="unicode") for piece in root]


def test_pieces_keep_their_markup() -> None:
    note = '<span id="fn-1" class="footnote">One <em>two <a href="x">three</a></em> four.</span>'
    assert cut(note, 6, 11, 16) == [
        '<span id="fn-1" class="footnote goes-on">One <em>two </em></span>',
        '<span id="fn-1.1" class="footnote more goes-on"><em><a href="x">three</a></em> </span>',
        '<span id="fn-1.2" class="footnote more free">four.</span> B.',
    ]


def test_hyphens_stay_where_they_are() -> None:
    note = '<span id="fn-1" class="footnote">-40 to<br />- and -<em>5</em></span>'
    first, second, third = cut(note, 5, 9, 11)
    assert first.endswith(">-40 to</span>")
    assert second.endswith(">- and </span>")
    assert third.endswith(">-<em>5</em></span> B.")


def test_a_long_note_keeps_its_minus() -> None:
    note = f"-40 degrees. {prose(300, 3)} " + " ".join(f"sum {n} is -{n}" for n in range(150))
    pages = lay_out(job_for(with_notes("<p>A.*</p>", [note]))).pages
    texts = [
        "".join(text.text for text in splitting.texts(body))
        for _, area in splitting.areas(pages)
        for body in area.children
    ]
    assert len(texts) > splitting.MOST_LINES
    assert texts[0].startswith("-40")
    assert not any(text.rstrip().endswith(" -") for text in texts)


@pytest.mark.parametrize("name", ["th", "td"])
def test_a_note_of_a_line_end_and_little_else_is_cut_or_not(name: str) -> None:
    body = f"<table><tr><{name}>A.*</{name}><td>B.*</td></tr></table>"
    brief = with_notes(body, ["a<br><br>" * 60, f"<br>{prose(400, 1)}<br>"])
    assert faults(brief) == []


def test_the_words_of_all_pieces_are_those_of_the_note() -> None:
    markup = f'<span id="fn-1" class="footnote">{long_note(120, 5).replace("&", "&amp;")}</span>'
    whole = "".join(ElementTree.fromstring(markup).itertext())
    ends = [*range(40, len(splitting.words(whole)), 40), len(splitting.words(whole))]
    root = ElementTree.fromstring(f"<p>{markup}</p>")
    splitting._cut(root[0], root, ends)
    parts = ["".join(piece.itertext()) for piece in root]
    assert "".join(parts) == whole
    lengths = [len(splitting.words(part)) for part in parts]
    assert lengths == [after - before for before, after in pairwise([0, *ends])]


def test_a_note_says_its_number_again_where_it_goes_on() -> None:
    document = lay_out(job_for(long_notes()))
    for _, area in list(splitting.areas(document.pages))[1:]:
        first = area.children[0].element
        assert first.get("data-number"), first.get("id")
        assert splitting.is_resumed(first) or not splitting.line_of(first).line


@pytest.mark.parametrize("seed", [3, 31, 107, 342])
def test_many_long_notes_on_few_pages_are_whole_and_in_their_order(seed: int) -> None:
    brief = make_random_brief(seed, paragraphs=8, notes=18, longest=700 if seed % 2 else 200)
    assert faults(brief) == []
