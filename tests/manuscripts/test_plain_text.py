"""Plain text as printed, and notes made by hand."""

import re

import pytest

from briefs.manuscripts import Manuscript, read

from .files import LONG

HEAD = "Water and Peace\n\nBy Amina Khan\n\n7 April 2025\n\n"
BROKEN = LONG.rstrip(".") + " and then"


def read_text(*paragraphs: str) -> Manuscript:
    return read((HEAD + "\n\n".join(paragraphs)).encode(), "brief.txt")


def notes(found: Manuscript) -> list[str]:
    return [note.text_as_printed for note in found.notes]


def test_a_paragraph_broken_by_the_notes_of_a_page_is_joined():
    found = read_text(f"{LONG}¹ {BROKEN}", "¹ Dawn, p. 1.", "it went on.² More.", "² Nation.")
    assert found.body == (
        f'<p>{LONG}<span data-note="1"></span> {BROKEN} it went on.<span data-note="2"></span>'
        " More.</p>"
    )
    assert notes(found) == ["Dawn, p. 1.", "Nation."]
    assert found.lost == ()


def test_a_paragraph_that_ended_before_the_notes_is_not_joined():
    found = read_text(f"{LONG}¹", "¹ Dawn.", "A new paragraph begins.")
    assert found.body.endswith("</p><p>A new paragraph begins.</p>")


def test_notes_in_one_block_and_a_page_feed_are_parted():
    found = read_text(f"{LONG}¹ {BROKEN} this²", "¹ Dawn.\n² Nation.\f", "goes on.")
    assert notes(found) == ["Dawn.", "Nation."]
    assert f"{BROKEN} this<span" in found.body
    assert "</span> goes on." in found.body


def test_a_word_divided_at_the_end_of_a_page_keeps_its_hyphen():
    found = read_text(f"{BROKEN} counter-", "terrorism.")
    assert "and then counter-terrorism." in found.body


def test_numbers_that_begin_anew_on_each_page_find_their_own_notes():
    found = read_text(f"{LONG}¹", "¹ First page.", f"{LONG}¹", "¹ Second page.")
    assert notes(found) == ["First page.", "Second page."]
    assert re.findall(r'data-note="(\d)"', found.body) == ["1", "2"]


def test_notes_in_brackets_with_a_list_at_the_end_become_notes():
    found = read_text(f"{LONG} [1] More [2].", "Notes", "[1] Dawn.", "[2] The *Nation*.")
    assert found.body == (
        f'<p>{LONG}<span data-note="1"></span> More<span data-note="2"></span>.</p>'
    )
    assert notes(found) == ["Dawn.", "The *Nation*."]
    assert found.lost == ()


def test_a_list_with_plain_numbers_under_a_heading_becomes_notes():
    found = read_text(f"{LONG}[1] More[2].", "REFERENCES", "1. Dawn.\n2. Nation.")
    assert notes(found) == ["Dawn.", "Nation."]
    assert found.lost == ()


def test_two_numbers_at_one_place_are_two_notes():
    found = read_text(f"{LONG}¹,² End.", "¹ Dawn.", "² Nation.")
    assert '<span data-note="1"></span><span data-note="2"></span> End.' in found.body


def test_a_number_without_a_note_stays_in_the_text_and_is_reported():
    found = read_text(f"{LONG} [1] and [7].", "Notes", "[1] Dawn.")
    assert "and [7]." in found.body
    assert any("number 7" in warning for warning in found.warnings)
    assert found.lost == ()


def test_a_note_that_is_called_nowhere_stays_in_the_text_and_is_reported():
    found = read_text(f"{LONG}¹ Twice²", "¹ Dawn.", "² Nation.", "¹ Dawn, again.")
    assert "Dawn, again." in found.body
    assert any("called nowhere" in warning for warning in found.warnings)
    assert found.lost == ()


def test_a_note_called_twice_stands_twice():
    found = read_text(f"{LONG} [1] More [1].", "Notes", "[1] Dawn.")
    assert notes(found) == ["Dawn.", "Dawn."]
    assert any("called twice" in warning for warning in found.warnings)


@pytest.mark.parametrize("unit", ["5 km²", "20 m³"])
def test_a_raised_figure_of_a_unit_calls_no_note(unit):
    found = read_text(f"{LONG}² Over {unit} of land.¹ End.³", "¹ A.", "² B.", "³ C.")
    assert f"Over {unit} of land." in found.body
    assert notes(found) == ["B.", "A.", "C."]


def test_years_in_brackets_are_no_calls():
    found = read_text(f"{LONG} Plan [2030] and list [a].")
    assert "Plan [2030] and list [a]." in found.body
    assert found.notes == ()


def test_lists_headings_italics_and_links_are_understood():
    found = read_text(
        LONG,
        "The way forward",
        f"{LONG} *Dawn*, <https://a.org/x_*y*>.",
        "- one\n- two",
        "1. a\n2. b",
    )
    assert "<h2>The way forward</h2>" in found.body
    assert '<em>Dawn</em>, <a href="https://a.org/x_*y*">https://a.org/x_*y*</a>.' in found.body
    assert "<ul><li>one</li><li>two</li></ul><ol><li>a</li><li>b</li></ol>" in found.body
    assert found.lost == ()


def test_page_numbers_are_left_out_and_reported():
    found = read_text(BROKEN, "- 3 -", "it went on.")
    assert found.body == f"<p>{BROKEN} it went on.</p>"
    assert any("page number" in warning for warning in found.warnings)


def test_what_looks_like_markup_is_text():
    found = read_text(f"{LONG} <script>alert(1)</script> & 2*3*4")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; 2*3*4" in found.body


def test_utf16_with_its_mark_is_read():
    found = read((HEAD + LONG).encode("utf-16"), "brief.txt")
    assert found.body == f"<p>{LONG}</p>"
