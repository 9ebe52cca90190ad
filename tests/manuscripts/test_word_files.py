"""Word files with everything in them that a converter is known to lose."""

import re

from briefs.manuscripts import Manuscript, read

from .files import (
    LONG,
    list_item,
    make_docx,
    note_call,
    paragraph,
    run,
    table,
    text_box,
)

HYPERLINK = '<w:hyperlink r:id="{}">{}</w:hyperlink>'
PICTURE = (
    "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='p' descr='A map of Torkham'/><a:graphic>"
    "<a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/picture'><pic:pic>"
    "<pic:blipFill><a:blip r:embed='rP'/></pic:blipFill></pic:pic></a:graphicData></a:graphic>"
    "</wp:inline></w:drawing></w:r>"
)


def read_word(*blocks: str, **options: object) -> Manuscript:
    return read(make_docx(paragraph("A Title", style="Title"), *blocks, **options), "brief.docx")


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", html)


def test_tracked_insertions_are_in_deletions_are_out_and_the_editor_is_told():
    found = read_word(
        paragraph(
            f"{LONG} It was ",
            f'<w:ins w:id="1" w:author="A">{run("inserted")}</w:ins>',
            '<w:del w:id="2" w:author="A"><w:r><w:delText>deleted</w:delText></w:r></w:del>',
            f'<w:moveTo w:id="3" w:author="A">{run(" and moved")}</w:moveTo>',
            f'<w:moveFrom w:id="4" w:author="A">{run("moved-from")}</w:moveFrom>',
        )
    )
    assert found.body == f"<p>{LONG} It was inserted and moved</p>"
    assert found.lost == ()
    assert "Tracked changes were accepted: insertions are in, deletions are out." in found.warnings


def test_a_deleted_row_of_a_table_is_out():
    rows = table(("Year", "Attacks"), ("2023", "306"), ("2024", "521"))
    deleted = rows.replace(
        "<w:tr><w:tc><w:p>" + run("2023"),
        "<w:tr><w:trPr><w:del w:id='9'/></w:trPr><w:tc><w:p>" + run("2023"),
    )
    found = read_word(paragraph(LONG), deleted)
    assert "306" not in found.body
    assert "521" in found.body


def test_the_words_of_a_text_box_stand_after_its_paragraph():
    found = read_word(
        paragraph(LONG, text_box(paragraph("Words in a box."), paragraph("More of them."))),
        paragraph("The end."),
    )
    assert found.body == (f"<p>{LONG}</p><p>Words in a box.</p><p>More of them.</p><p>The end.</p>")
    assert found.lost == ()
    assert any("text box" in warning for warning in found.warnings)


def test_a_text_box_within_a_text_box_is_read_once():
    inner = text_box(paragraph("Innermost words."))
    found = read_word(paragraph(LONG, text_box(paragraph("Outer words.", inner))))
    assert found.body.count("Outer words.") == found.body.count("Innermost words.") == 1
    assert found.lost == ()


def test_right_to_left_runs_in_direction_elements_are_kept():
    text = "پاکستان اور افغانستان کے تعلقات پر ایک نظر جس میں بہت سے الفاظ ہیں اور یہاں متن شروع ہوتا ہے۔"
    found = read_word(
        paragraph(f'<w:dir w:val="rtl">{run(text)}</w:dir>'),
        paragraph(f'<w:bdo w:val="rtl">{run("دوسرا پیراگراف")}</w:bdo>'),
    )
    assert text in plain(found.body)
    assert "دوسرا پیراگراف" in plain(found.body)
    assert found.language == "ur"
    assert found.lost == ()


def test_a_note_of_two_paragraphs_and_a_list_keeps_every_line():
    note = (
        paragraph("First ", run("italic", "<w:i/>"), " line.")
        + paragraph("Second line.")
        + list_item("a point")
    )
    found = read_word(paragraph(LONG, note_call(2), " More."), notes={2: note})
    assert found.body == f'<p>{LONG}<span data-note="1"></span> More.</p>'
    assert found.notes[0].html == "First <em>italic</em> line.<br>Second line.<br>a point"
    assert found.notes[0].text_as_printed == "First *italic* line.\nSecond line.\na point"


def test_endnotes_and_footnotes_are_numbered_as_they_are_called():
    found = read_word(
        paragraph(LONG, note_call(2, "endnote"), " Then", note_call(3), "."),
        notes={3: paragraph("A footnote.")},
        endnotes={2: paragraph("An endnote.")},
    )
    assert [note.text_as_printed for note in found.notes] == ["An endnote.", "A footnote."]
    assert re.findall(r'data-note="(\d)"', found.body) == ["1", "2"]


def test_hyperlinks_keep_their_address_and_unsafe_ones_only_their_words():
    found = read_word(
        paragraph(
            f"{LONG} See ",
            HYPERLINK.format("rA", run("the text")),
            " and ",
            HYPERLINK.format("rB", run("the file")),
        ),
        links={"rA": "https://example.org/a?b=1&amp;c=2", "rB": "javascript:alert(1)"},
    )
    assert '<a href="https://example.org/a?b=1&amp;c=2">the text</a> and the file' in found.body
    assert any("javascript:alert(1)" in warning for warning in found.warnings)


def test_a_link_in_a_note_with_words_of_its_own_prints_its_address_too():
    note = paragraph("See ", HYPERLINK.format("rA", run("here")), ".")
    found = read_word(
        paragraph(LONG, note_call(2)), notes={2: note}, links={"rA": "https://example.org/"}
    )
    assert found.notes[0].text_as_printed == "See here <https://example.org/>."


def test_a_bare_address_in_a_note_becomes_a_link():
    note = paragraph("Dawn, https://www.dawn.com/news/1899846.")
    found = read_word(paragraph(LONG, note_call(2)), notes={2: note})
    url = "https://www.dawn.com/news/1899846"
    assert found.notes[0].html == f'Dawn, <a href="{url}">{url}</a>.'
    assert found.notes[0].text_as_printed == f"Dawn, <{url}>."


def test_a_table_has_head_cells_and_keeps_its_words():
    found = read_word(paragraph(LONG), table(("Year", "Attacks"), ("2024", "521")))
    assert (
        "<table><thead><tr><th>Year</th><th>Attacks</th></tr></thead>"
        "<tbody><tr><td>2024</td><td>521</td></tr></tbody></table>"
    ) in found.body


def test_nested_lists_stay_nested():
    found = read_word(
        paragraph(LONG),
        list_item("one"),
        list_item("inner", level=1),
        list_item("two"),
        paragraph("Between."),
        list_item("first", numbered=True),
        list_item("second", numbered=True),
    )
    assert "<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>" in found.body
    assert "<ol><li>first</li><li>second</li></ol>" in found.body


def test_headings_begin_at_the_second_level_and_quotations_stay():
    found = read_word(
        paragraph(LONG),
        paragraph("Trade", style="Heading1"),
        paragraph("Words on trade."),
        paragraph("Transit", style="Heading2"),
        paragraph("A quotation.", style="Quote"),
    )
    assert "<h2>Trade</h2><p>Words on trade.</p><h3>Transit</h3>" in found.body
    assert "<blockquote><p>A quotation.</p></blockquote>" in found.body


def test_marks_are_kept():
    found = read_word(
        paragraph(
            f"{LONG} H",
            run("2", '<w:vertAlign w:val="subscript"/>'),
            "O, x",
            run("n", '<w:vertAlign w:val="superscript"/>'),
            " ",
            run("bold", "<w:b/>"),
            " ",
            run("gone", "<w:strike/>"),
        )
    )
    assert "H<sub>2</sub>O, x<sup>n</sup> <strong>bold</strong> <s>gone</s>" in found.body


def test_images_are_reported_with_their_description():
    found = read_word(paragraph(LONG, PICTURE), links={"rP": "media/map.png"})
    assert found.body == f"<p>{LONG}</p>"
    assert found.warnings[-2:] == (
        "An image was left out (“A map of Torkham”).",
        "Pictures in the text are not taken yet; their captions stand as paragraphs.",
    )


def test_the_captions_of_pictures_stay_and_are_named():
    found = read_word(
        paragraph(LONG),
        paragraph("Map 1: Crossings of the border"),
        paragraph(PICTURE),
        paragraph("Torkham, by a friend", style="Caption"),
        paragraph(LONG),
        links={"rP": "media/map.png"},
    )
    assert "<p>Torkham, by a friend</p>" in found.body
    assert found.warnings[-1] == (
        "Pictures in the text are not taken yet; their captions stand as paragraphs: "
        "“Map 1: Crossings of the border”, “Torkham, by a friend”."
    )


def test_comments_are_reported_with_their_words():
    comments = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:comment w:id="0" w:author="Sara Ali">{paragraph("Check this figure")}</w:comment>'
        "</w:comments>"
    )
    found = read_word(paragraph(LONG), parts={"word/comments.xml": comments})
    assert "A comment by Sara Ali was left out: “Check this figure”" in found.warnings
    assert found.lost == ()


def test_running_heads_are_said_to_be_gone_unless_the_text_says_the_same():
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = {
        "word/header1.xml": f"<w:hdr {namespace}>{paragraph('Confidential draft')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {namespace}>{paragraph('A Title')}{paragraph('3')}</w:ftr>",
    }
    found = read_word(paragraph(LONG), parts=parts)
    assert found.lost == ("Confidential draft",)


def test_words_in_a_diagram_are_said_to_be_lost():
    diagram = (
        '<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "<a:p><a:r><a:t>Trade follows security</a:t></a:r></a:p></dgm:dataModel>"
    )
    found = read_word(paragraph(LONG), parts={"word/diagrams/data1.xml": diagram})
    assert found.lost == ("Trade follows security",)


def test_notes_made_by_hand_become_notes():
    raised = '<w:vertAlign w:val="superscript"/>'
    found = read_word(
        paragraph(f"{LONG} ", run("1", raised), " More words", run("2", raised), "."),
        paragraph("Notes", style="Heading1"),
        paragraph(run("1", raised), " Kamran Yousaf, ", run("Express Tribune", "<w:i/>"), "."),
        paragraph(run("2", raised), " Tahir Khan, Dawn."),
    )
    assert found.body == (
        f'<p>{LONG}<span data-note="1"></span> More words<span data-note="2"></span>.</p>'
    )
    assert found.notes[0].html == "Kamran Yousaf, <em>Express Tribune</em>."
    assert found.notes[1].text_as_printed == "Tahir Khan, Dawn."
    assert found.lost == ()


def test_a_note_on_the_title_keeps_its_words():
    found = read(
        make_docx(
            paragraph("Resetting Ties", note_call(2), style="Heading1"),
            paragraph(LONG),
            notes={2: paragraph("An earlier version was read at Kabul.")},
        ),
        "brief.docx",
    )
    assert found.title == "Resetting Ties"
    assert [note.text_as_printed for note in found.notes] == [
        "An earlier version was read at Kabul."
    ]
    assert found.body == f'<p>{LONG}<span data-note="1"></span></p>'


def test_a_table_of_one_cell_is_a_box_of_text():
    found = read_word(paragraph(LONG), table(("Only words",)))
    assert "<blockquote><p>Only words</p></blockquote>" in found.body
    assert any("one cell" in warning for warning in found.warnings)


def test_hidden_text_and_tables_of_contents_are_left_out_and_reported():
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{paragraph('Trade 3')}</w:sdtContent></w:sdt>"
    )
    found = read_word(
        contents,
        paragraph(LONG, run(" secret", "<w:vanish/>"), run(" open", '<w:vanish w:val="0"/>')),
    )
    assert found.body == f"<p>{LONG} open</p>"
    assert "Hidden text was left out: “ secret”" in found.warnings
    assert "The table of contents was left out." in found.warnings
    assert found.lost == ()


def test_a_note_whose_call_was_deleted_is_not_lost_but_gone():
    found = read_word(
        paragraph(LONG, f'<w:del w:id="1">{note_call(2)}</w:del>', note_call(3)),
        notes={2: paragraph("gone"), 3: paragraph("kept")},
    )
    assert [note.html for note in found.notes] == ["kept"]
    assert found.lost == ()


def test_notes_in_headings_tables_and_links_are_kept_outside_the_link():
    found = read_word(
        paragraph("Head", note_call(2), style="Heading1"),
        paragraph(LONG),
        table(("a", "b"), ("c", "d")).replace(run("d"), run("d") + note_call(3)),
        paragraph("See ", HYPERLINK.format("rA", run("there") + note_call(4))),
        notes={2: paragraph("two"), 3: paragraph("three"), 4: paragraph("four")},
        links={"rA": "https://a.org"},
    )
    assert '<h2>Head<span data-note="1"></span></h2>' in found.body
    assert '<td>d<span data-note="2"></span></td>' in found.body
    assert '<a href="https://a.org">there</a><span data-note="3"></span>' in found.body


def test_a_text_box_in_a_note_joins_the_note():
    note = paragraph("Note", text_box(paragraph("boxed")))
    found = read_word(paragraph(LONG, note_call(2)), notes={2: note})
    assert found.notes[0].html == "Note<br>boxed"


def test_a_table_in_a_table_and_paragraphs_in_a_cell_keep_their_words():
    cells = table(("in", "ner"), ("x", "y")) + paragraph("after")
    outer = (
        "<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:tc>"
        f"{cells}</w:tc><w:tc>{paragraph('p1')}{paragraph('p2')}</w:tc></w:tr></w:tbl>"
    )
    found = read_word(paragraph(LONG), outer)
    assert "<td>in | ner<br>x | y<br>after</td><td><p>p1</p><p>p2</p></td>" in found.body
    assert found.lost == ()


def test_a_formula_is_kept_as_code_and_reported():
    formula = (
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        "<m:r><m:t>x=1</m:t></m:r></m:oMath>"
    )
    found = read_word(paragraph(f"{LONG} ", formula))
    assert "<code>x = 1</code>" in found.body
    assert any("formula" in warning for warning in found.warnings)


def test_embedded_documents_are_reported():
    found = read_word(paragraph(LONG), '<w:altChunk r:id="rX"/>')
    assert "The file embeds another document, which was left out." in found.warnings


def test_a_note_that_another_note_calls_becomes_part_of_that_and_keeps_its_own_place():
    notes = {2: paragraph("Outer", note_call(3), "."), 3: paragraph("Inner.")}
    found = read_word(paragraph(LONG, note_call(2)), notes=notes)
    assert [note.text_as_printed for note in found.notes] == ["Outer[Inner.]."]
    found = read_word(paragraph(LONG, note_call(2), " More.", note_call(3)), notes=notes)
    assert [note.text_as_printed for note in found.notes] == ["Outer[Inner.].", "Inner."]
    assert found.lost == ()


def test_notes_that_call_each_other_in_a_row_are_all_kept():
    notes = {
        2: paragraph("One", note_call(3)),
        3: paragraph("Two", note_call(4)),
        4: paragraph("Three"),
    }
    found = read_word(paragraph(LONG, note_call(2)), notes=notes)
    assert [note.text_as_printed for note in found.notes] == ["One[Two[Three]]"]


WORD_ART = (
    "<w:r><w:pict><v:shape><v:textpath string='Not for circulation'/></v:shape></w:pict></w:r>"
)
FORM_FIELD = (
    "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:textInput><w:default w:val='Name of the "
    "envoy'/></w:textInput></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType='separate'/>"
    "</w:r>{}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
)
SHAPE = (
    "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri='locked'><a:sp><a:p><a:r>"
    "<a:t>Drawn letters</a:t></a:r></a:p></a:sp></a:graphicData></a:graphic></wp:inline>"
    "</w:drawing></w:r>"
)


def test_words_in_word_art_shapes_and_form_fields_are_counted():
    found = read_word(paragraph(LONG, WORD_ART, " Then ", SHAPE, " and ", FORM_FIELD.format("")))
    assert found.lost == ("Not for circulation", "Drawn letters", "Name of the envoy")


def test_the_default_of_a_form_field_that_was_filled_in_is_no_word_of_the_text():
    filled = FORM_FIELD.format(run("Mohammad Sadiq"))
    shown = FORM_FIELD.format(run("Name of the envoy"))
    found = read_word(paragraph(LONG, filled), paragraph(LONG, shown))
    assert found.lost == ()
