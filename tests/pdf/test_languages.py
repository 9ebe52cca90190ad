"""Briefs in each language, and in two: faces, directions, and text that can be taken out again."""

import io
import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from briefs.composition import Composition
from briefs.pdf import typeset
from briefs.pdf.document import job_for
from briefs.pdf.looks import named_files, static_file, style
from briefs.pdf.scripts import CHINESE_SHEET, RARE_CHINESE_SHEET, sheets
from tests.pdf.compositions import make_composition, with_notes
from tests.pdf.engine import lay_out
from tests.pdf.hard import HARD, job, pdf

SCRIPTS = ("french", "russian", "chinese", "arabic", "urdu", "not marked", "arabic in english")
MARKS = re.compile(r"[\u200b\u2060\ufffe]")
WORD = re.compile(r"[\u4e00-\u9fff]|(?:[^\W\d_\u4e00-\u9fff]|[\u064b-\u0655])+")
SIGNS = re.compile(r"[\u064b-\u0655]")  # of vowels: PDFium takes one for a line of its own
ARABIC = "اتفاقية الحدود والتجارة بين الجارين"


@cache
def extracted(name: str) -> str:
    """What Chromium's own reader takes out of the PDF."""
    document = pypdfium2.PdfDocument(pdf(name).content)
    pages = [page.get_textpage().get_text_range() for page in document]
    return "\f".join(pages)


def words(text: str) -> Counter[str]:
    """Ideographs one by one; without addresses, which are broken at their own hyphens."""
    plain = MARKS.sub("", unicodedata.normalize("NFKC", re.sub(r"https?://\S+", "", text)))
    return Counter(re.findall(WORD, plain))


def written(brief: Composition) -> str:
    pieces = [re.sub(r"<[^>]*>", " ", brief.body), *(note.text for note in brief.notes)]
    return " ".join([brief.title, brief.summary, brief.disclaimer, *pieces])


@pytest.mark.parametrize("name", SCRIPTS)
def test_all_words_can_be_taken_out_again(name: str) -> None:
    text = extracted(name)
    missing = words(written(HARD[name]())) - words(text)
    over_pages = {word for word in missing if re.search(rf"\b{word[:2]}\w*\ufffe", text)}
    assert {word for word in missing if not SIGNS.search(word)} <= over_pages
    assert sum(missing[word] for word in over_pages) <= text.count("\f")


def test_faces_of_other_scripts_are_taken_in_where_they_stand() -> None:
    chinese, rare = "css/print-chinese.css", "css/print-chinese-more.css"
    assert sheets("<p>Brief</p>") == []
    assert sheets("<p>边境</p>") == [chinese]
    assert sheets("<p>朱镕基、鄧小平</p>") == [chinese, rare]
    assert sheets("<p>حد 边</p>") == ["css/print-arabic.css", chinese]


@pytest.mark.parametrize("name", named_files(style(CHINESE_SHEET, RARE_CHINESE_SHEET)))
def test_the_number_of_each_glyph_is_its_index(name: str) -> None:
    """In faces that number them (CID): the engine writes one where a PDF has the other."""
    if name.endswith(".svg"):
        return
    font = TTFont(io.BytesIO(static_file(name)))
    if hasattr(font["CFF "].cff.topDictIndex[0], "ROS"):
        numbered = (f"cid{index:05}" for index in range(1, font["maxp"].numGlyphs))
        assert font.getGlyphOrder() == [".notdef", *numbered]


def test_chinese_lines_neither_begin_with_stops_nor_end_with_opening_marks() -> None:
    body = "<p>" + "“互信”，《条约》（草案）。" * 60 + "</p>"
    page = lay_out(job_for(make_composition(body=body, language="zh"))).pages[0]._page_box
    lines = [b for b in page.descendants() if type(b).__name__ == "LineBox"]
    texts = ["".join(getattr(d, "text", "") for d in line.descendants()) for line in lines]
    broken = [line for line in texts if "互信" in line]
    assert len(broken) > 10
    for line in broken:
        assert line[0] not in "，。、》）”"
        assert line[-1] not in "《（“"


def test_chinese_lines_end_at_the_edge() -> None:
    page = lay_out(job("chinese")).pages[1]._page_box
    (paragraph,) = [
        b
        for b in page.descendants()
        if b.element_tag == "p" and b.element.text[:6] == "关税与水资源"
    ][:1]
    lines = [child for child in paragraph.children if type(child).__name__ == "LineBox"]
    edge = paragraph.position_x + paragraph.width
    assert len(lines) > 4
    for line in lines[:-1]:
        last = [b for b in line.descendants() if getattr(b, "text", "").strip()][-1]
        assert last.position_x + last.width == pytest.approx(edge, abs=1)


def test_no_line_begins_with_a_call() -> None:
    for page in lay_out(job("russian")).pages:
        for line in page._page_box.descendants():
            if type(line).__name__ == "LineBox" and line.children:
                assert getattr(line.children[0], "footnote", None) is None


def test_two_calls_at_one_place_are_told_apart() -> None:
    document = pypdfium2.PdfDocument(
        typeset(with_notes("<p>Here.**</p>", ["One.", "Two."])).content
    )
    assert re.search(r"Here\.1\s2", document[0].get_textpage().get_text_range())


@pytest.mark.parametrize(
    ("body", "note", "sides"),
    [
        (f"<p>English.</p><p>{ARABIC}*</p>", "English.", "lrl"),
        (f"<p>English.*</p><p>{ARABIC}</p>", f"{ARABIC} https://www.example.org/a/b/c", "lrr"),
    ],
)
def test_blocks_and_notes_run_as_their_own_words_do(body: str, note: str, sides: str) -> None:
    page = lay_out(job_for(with_notes(body, [note]))).pages[0]._page_box
    texts = [b for b in page.descendants() if getattr(b, "text", "").strip()]
    found = [
        next(b for b in texts if b.text.startswith(opening))
        for opening in ("English", ARABIC[:7], note[:7])
        if opening
    ]
    left, right = page.content_box_x(), page.content_box_x() + page.width
    for box, side in zip(found, sides, strict=True):
        near_left = box.position_x - left < 30
        near_right = right - (box.position_x + box.width) < 30
        assert (near_left, near_right) == (side == "l", side == "r"), box.text


def test_a_number_stands_before_a_note_on_the_side_of_the_documents_language() -> None:
    brief = with_notes(f"<p>{ARABIC}*</p><p>English.*</p>", ["One.", "Two."])
    page = lay_out(job_for(brief)).pages[0]._page_box
    markers = [b for b in page.descendants() if str(b.element_tag).endswith("::footnote-marker")]
    assert len({round(marker.position_x) for marker in markers}) == 1


def test_hyphens_at_line_ends_are_those_that_readers_take_out() -> None:
    text = extracted("russian")
    joined = re.sub(r"\ufffe", "", text)
    assert "\ufffe" in text
    assert "\u2010" not in text
    assert all(a != "-" for a, b in pairwise(joined) if b == "\r")


def test_brackets_can_be_taken_out_again_in_both_directions() -> None:
    body = "<p>He (once).</p><p>نص (مثال) «قول».</p><p>And (again) «so».</p>"
    document = pypdfium2.PdfDocument(typeset(make_composition(body=body)).content)
    text = document[0].get_textpage().get_text_range()
    for words_ in ("He (once).", "نص (مثال) «قول».", "And (again) «so»."):
        assert words_ in text


def test_letters_with_hamza_and_madda_can_be_taken_out_again() -> None:
    written_ = "مليون دولار، الأوسط، إبريل، إن الله، الإصدار، برآمدات، طويلة، قوي"
    content = typeset(make_composition(body=f"<p>{written_}</p>", language="ar")).content
    document = pypdfium2.PdfDocument(content)
    assert written_ in unicodedata.normalize("NFC", document[0].get_textpage().get_text_range())


def test_an_apostrophe_in_a_latin_word_is_no_square() -> None:
    html = job_for(make_composition(body="<p>据O’Neill说‘互信’</p>", language="zh")).html
    assert 'O<span class="latin">’</span>Neill说‘互信’' in html


def test_emphasis_in_a_script_without_italics_is_bold() -> None:
    html = job_for(make_composition(body="<p><em>كتاب</em> <em>Book</em> <em>书</em></p>")).html
    assert '<em class="upright">كتاب</em> <em>Book</em> <em class="upright">书</em>' in html
