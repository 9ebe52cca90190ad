"""OpenDocument texts with everything in them that a converter is known to lose."""

import re

from briefs.manuscripts import Manuscript, read

from .files import LONG, make_odt

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
NOTE = (
    '<text:note text:note-class="{}"><text:note-citation>1</text:note-citation>'
    "<text:note-body>{}</text:note-body></text:note>"
)
FORMULA = (
    '<draw:frame><draw:object xlink:href="./Formula-1"/>'
    '<draw:image xlink:href="./ObjectReplacements/Formula-1"/></draw:frame>'
)
BOX = "<draw:frame><draw:text-box>{}</draw:text-box></draw:frame>"


def read_text(body: str) -> Manuscript:
    return read(make_odt(f'<text:p text:style-name="Title">A Title</text:p>{body}'), "brief.odt")


def test_the_title_is_told_by_its_style():
    found = read_text(f"<text:p>{LONG}</text:p>")
    assert found.title == "A Title"
    assert found.body == f"<p>{LONG}</p>"


def test_tracked_deletions_are_out():
    found = read_text(
        '<text:tracked-changes><text:changed-region text:id="a"><text:deletion>'
        "<text:p>deleted words</text:p></text:deletion></text:changed-region>"
        f'</text:tracked-changes><text:p>{LONG}<text:change text:change-id="a"/></text:p>'
    )
    assert "deleted" not in found.body
    assert found.lost == ()
    assert any("Tracked changes" in warning for warning in found.warnings)


def test_comments_are_reported():
    found = read_text(
        f"<text:p>{LONG}<office:annotation><dc:creator>Sara Ali</dc:creator>"
        "<text:p>Check this</text:p></office:annotation> And more.</text:p>"
    )
    assert found.body == f"<p>{LONG} And more.</p>"
    assert "A comment by Sara Ali was left out: “Check this”" in found.warnings
    assert found.lost == ()


def test_text_boxes_stand_after_their_paragraph():
    box = BOX.format("<text:p>Words in a box.</text:p><text:p>More.</text:p>")
    found = read_text(f"<text:p>{LONG}{box} Tail.</text:p><text:p>The end.</text:p>")
    assert re.sub("<[^>]+>", "|", found.body).split("||") == [
        f"|{LONG} Tail.",
        "Words in a box.",
        "More.",
        "The end.|",
    ]
    assert found.lost == ()


def test_lists_in_notes_are_kept():
    body = (
        "<text:p>First line.</text:p><text:list><text:list-item><text:p>a point</text:p>"
        "</text:list-item><text:list-item><text:p>another</text:p></text:list-item></text:list>"
        "<text:p>Last.</text:p>"
    )
    found = read_text(f"<text:p>{LONG}{NOTE.format('footnote', body)}</text:p>")
    assert found.notes[0].text_as_printed == "First line.\n• a point\n• another\nLast."
    assert found.lost == ()


def test_footnotes_and_endnotes_are_notes():
    first = NOTE.format("footnote", "<text:p>A footnote.</text:p>")
    second = NOTE.format("endnote", "<text:p>An endnote.</text:p>")
    found = read_text(f"<text:p>{LONG}{first} More{second}.</text:p>")
    assert found.body == (
        f'<p>{LONG}<span data-note="1"></span> More<span data-note="2"></span>.</p>'
    )
    assert [note.html for note in found.notes] == ["A footnote.", "An endnote."]


def test_links_tables_and_lists_are_kept():
    found = read_text(
        f'<text:p>{LONG} <text:a xlink:href="https://example.org/">A link</text:a></text:p>'
        "<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert '<a href="https://example.org/">A link</a>' in found.body
    assert "<li>one</li>" in found.body
    assert ">a</t" in found.body
    assert ">b</t" in found.body
    assert found.lost == ()


def read_object(
    content: str, *, body: str = f"<text:p>{LONG} {FORMULA} holds.</text:p>"
) -> Manuscript:
    title = '<text:p text:style-name="Title">A Title</text:p>'
    return read(make_odt(title + body, parts={"Formula-1/content.xml": content}), "brief.odt")


def make_formula(annotation: str = "") -> str:
    typed = f'<annotation encoding="StarMath 5.0">{annotation}</annotation>' if annotation else ""
    return (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>demand</mi>'
        f"<mo>=</mo><mn>42</mn></mrow>{typed}</semantics></math>"
    )


def test_a_formula_is_kept_as_it_was_typed():
    found = read_object(make_formula("demand = {84} over {2}"))
    assert found.body == f"<p>{LONG} demand = {{84}} over {{2}} holds.</p>"
    assert any("“demand = {84} over {2}”" in warning for warning in found.warnings)
    assert found.lost == ()


def test_a_formula_without_its_source_is_kept_sign_by_sign():
    assert "demand = 42 holds." in read_object(make_formula()).body


def test_a_formula_beside_the_paragraphs_becomes_one():
    found = read_object(make_formula("a = b"), body=f"<text:p>{LONG}</text:p>{FORMULA}")
    assert "<p>a = b</p>" in found.body


def test_a_formula_written_into_the_text_itself_is_kept():
    inline = f"<draw:frame><draw:object>{make_formula('a = b')}</draw:object></draw:frame>"
    assert "a = b holds" in read_text(f"<text:p>{LONG} {inline} holds.</text:p>").body


def test_a_chart_is_reported_with_its_words():
    found = read_object(
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        "<text:p>Exports of grain</text:p></office:document-content>"
    )
    assert "Exports of grain" not in found.body
    assert found.lost == ("Exports of grain",)
    assert any("object of another program" in warning for warning in found.warnings)


def test_an_object_that_is_missing_or_unsafe_is_reported():
    unsafe = "<!DOCTYPE math [<!ENTITY x 'y'>]><math>&x;</math>"
    for content in (unsafe, "<broken"):
        found = read_object(content)
        assert found.body == f"<p>{LONG} holds.</p>"
        assert any("left out" in warning for warning in found.warnings)


def test_the_caption_in_the_box_of_a_picture_stays_and_is_named():
    frame = (
        "<draw:frame><draw:text-box><text:p>"
        '<draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame>'
        "Figure 1: Trade</text:p></draw:text-box></draw:frame>"
    )
    found = read(make_odt(f"<text:p>{LONG}{frame}</text:p>"), "brief.odt")
    assert "Figure 1: Trade" in found.body
    assert found.warnings[-1].endswith("their captions stand as paragraphs: “Figure 1: Trade”.")
