"""What a screen reader hears of a PDF: kinds, order and links, from the structure tree alone."""

import io
import re
from functools import cache
from itertools import groupby

import pikepdf
import pytest

from briefs.pdf import typeset
from tests.pdf.compositions import make_composition, with_notes
from tests.pdf.hard import HARD, pdf
from tests.pdf.pictures import picture
from tests.pdf.tree import Element, read_tree

INLINE = {"Span", "Link", "Reference", "Lbl", "Code"}


@cache
def tree(name: str) -> Element:
    return read_tree(pdf(name).content)


def of(body: str, notes: list[str] | None = None) -> Element:
    return read_tree(typeset(with_notes(body, notes or [])).content)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u00ad\u2010-]", "", text)


@pytest.mark.parametrize("name", HARD)
def test_each_note_is_a_note_once_with_its_number_and_its_words(name: str) -> None:
    notes = tree(name).find("Note")
    composed = HARD[name]().notes
    assert sorted(note.get("ID") for note in notes) == sorted(f"fn-{n.number}" for n in composed)
    if HARD[name]().direction == "ltr":  # the other way round, letters are drawn from the left
        said = {note.get("ID"): squeezed(note.text) for note in notes}
        for note in composed:
            if note.text.isascii():
                assert said[f"fn-{note.number}"] == squeezed(f"{note.number}{note.text}")


@pytest.mark.parametrize("name", HARD)
def test_each_call_is_a_reference_before_its_note(name: str) -> None:
    kinds = [e for e in tree(name) if e.kind in {"Reference", "Note"}]
    called = 0
    for element in kinds:
        called += element.kind == "Reference"
        if element.kind == "Note":
            assert int(element.get("ID").removeprefix("fn-")) <= called
    assert called == len(HARD[name]().notes)


@pytest.mark.parametrize("name", HARD)
def test_pages_are_painted_in_the_order_in_which_they_are_read(name: str) -> None:
    contents = sorted(tree(name).contents, key=lambda content: content.page)
    for _, on_page in groupby(contents, key=lambda content: content.page):
        numbers = [content.number for content in on_page]
        assert numbers == sorted(set(numbers))


def test_a_note_follows_the_paragraph_that_calls_it() -> None:
    body = "<p>One.* And* more.</p><p>Two.</p><h2>Head*</h2><p>Three.</p>"
    (article,) = of(body, ["First.", "Second.", "Third."]).find("Art")
    said = [(kid.kind, kid.text) for kid in article.kids]
    assert said == [
        ("P", "One.1 And2 more."),
        ("Note", "1First."),
        ("Note", "2Second."),
        ("P", "Two."),
        ("H2", "Head3"),
        ("Note", "3Third."),
        ("P", "Three."),
    ]


def test_a_note_stands_within_a_cell_a_caption_and_an_item_that_call_it() -> None:
    body = (
        "<table><caption>C*</caption><tr><th>H</th><td>D*</td></tr></table>"
        "<ul><li>I*<ul><li>J</li></ul></li></ul>"
    )
    root = of(body, ["One.", "Two.", "Three."])
    for kind, text in (("Caption", "C11One."), ("TD", "D22Two."), ("LBody", "I33Three.•J")):
        (element,) = [e for e in root.find(kind) if e.text[:1] == text[:1]]
        assert re.sub(r"\s", "", element.text) == text


def test_a_paragraph_over_two_pages_is_one() -> None:
    text = "Words that go on. " * 240
    paragraphs = of(f"<p>{text}</p>").find("P")
    (long,) = [p for p in paragraphs if len(p.text) > 500]
    assert {content.page for content in long.contents} == {1, 2}
    assert squeezed(long.text) == squeezed(text)


def test_calls_and_notes_are_links_to_each_other() -> None:
    for element in tree("real brief").find("Reference", "Note"):
        link = element.find("Link")[0]
        assert link.links == 1


def test_lists_have_items_with_marks_and_bodies() -> None:
    root = of("<ol start=7><li>Seven</li><li><p>Eight</p></li></ol>")
    numbered = [e for e in root.find("L") if e.get("ListNumbering") == "Decimal"]
    (found,) = numbered
    items = [[kid.kind for kid in item.kids] for item in found.kids]
    assert items == [["Lbl", "LBody"], ["Lbl", "LBody"]]
    assert [kid.text.strip() for item in found.kids for kid in item.kids] == [
        "7.", "Seven", "8.", "Eight",
    ]  # fmt: skip


def test_no_level_of_headings_is_left_out() -> None:
    body = "<h4>A</h4><p>x</p><h2>B</h2><p>x</p><h4>C</h4><p>x</p><h4>D</h4><p>x</p>"
    heads = of(body).find("H1", "H2", "H3", "H4")
    assert [(head.kind, head.text) for head in heads] == [
        ("H1", "A brief"), ("H2", "A"), ("H2", "B"), ("H3", "C"), ("H3", "D"),
    ]  # fmt: skip


def test_heads_of_tables_say_what_they_speak_for_and_are_read_once() -> None:
    rows = "".join(f"<tr><th>{year}</th><td>{year}.</td></tr>" for year in range(1900, 2000))
    root = of(f"<table><thead><tr><th>Year</th><th>Sum</th></tr></thead>{rows}</table>")
    heads = root.find("TH")
    assert [head.text for head in heads if head.get("Scope") == "Column"] == ["Year", "Sum"]
    assert sum(head.get("Scope") == "Row" for head in heads) == 100


def test_ragged_rows_are_filled_and_no_cell_hangs_over_the_last() -> None:
    (table,) = of(
        "<table><tr><td>a</td></tr><tr><td colspan=3>b</td></tr>"
        "<tr><td rowspan=9>c</td><td>d</td></tr><tr><td>e</td></tr></table>"
    ).find("Table")
    rows = table.find("TR")
    assert [len(row.kids) for row in rows] == [3, 1, 3, 2]
    assert rows[2].kids[0].get("RowSpan") == 2


def test_a_picture_has_its_words_and_its_place() -> None:
    cover = make_composition(cover="images/c.png", cover_alt="A bridge")
    pdf = typeset(cover, assets={"images/c.png": picture()})
    (figure,) = read_tree(pdf.content).find("Figure")
    assert figure.get("Alt") == "A bridge"
    left, bottom, right, top = map(float, figure.get("BBox"))
    assert 0 < left < right < 595
    assert 0 < bottom < top < 842


def test_figures_have_words_and_captions_and_notes_in_them() -> None:
    figures = [e for e in tree("figures").find("Div") if e.find("Figure")]
    assert [f.find("Figure")[0].get("Alt") for f in figures[1:]] == [
        "Columns that grow", "Tall columns", "Small columns",
    ]  # fmt: skip
    captions = [f.find("Caption")[0] for f in figures[1:]]
    assert captions[1].text == "Crossings, in thousands. Chart: ISSI, CC BY 4.0"
    assert [note.get("ID") for note in captions[0].find("Note")] == ["fn-1"]


def test_a_tall_cover_keeps_to_its_place() -> None:
    cover = make_composition(cover="images/c.png", cover_alt="A tower")
    with pikepdf.open(
        io.BytesIO(typeset(cover, assets={"images/c.png": picture(300, 900)}).content)
    ) as document:
        painted = document.pages[0].Contents.read_bytes()
    before = painted[: painted.index(b" Do")]
    clipped = before.rindex(b"\nW\nn\n")
    assert before[clipped:].count(b"q\n") > before[clipped:].count(b"Q\n"), "the picture is clipped"


def test_running_heads_and_feet_and_the_mark_are_not_read() -> None:
    said = tree("real brief").text
    assert "Page 2 of" not in said
    assert said.count("Pakistan-Afghanistan: Resetting Ties") == 1
    assert not tree("real brief").find("Figure")


def test_running_heads_and_feet_are_artefacts_of_pagination() -> None:
    with pikepdf.open(io.BytesIO(pdf("real brief").content)) as document:
        painted = [page.Contents.read_bytes() for page in document.pages]
    kinds = [set(re.findall(rb"/Subtype /(Header|Footer)", page)) for page in painted]
    assert kinds == [{b"Footer"}, *[{b"Header", b"Footer"}] * (len(painted) - 1)]


def test_words_in_another_language_say_which() -> None:
    root = tree("arabic in english")
    marked = {e.kind for e in root if e.get("Lang") == "ar"}
    assert {"Span", "P", "H2"} <= marked


@pytest.mark.parametrize("name", HARD)
def test_text_never_stands_where_only_elements_may(name: str) -> None:
    for element in tree(name):
        if element.kind in {"L", "Table", "TR", "THead", "TBody", "Document", "Sect", "Art"}:
            assert all(isinstance(kid, Element) for kid in element.kids), element.kind
        if element.kind in INLINE - {"Lbl"}:
            assert all(e.kind in INLINE for e in element), element.kind
