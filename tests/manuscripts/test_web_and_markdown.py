"""HTML and Markdown, by whatever program they were written."""

import datetime

import pytest

from briefs.manuscripts import BylineEntry, ManuscriptError, read

from .files import LONG

WORD = (
    '<p>{}<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a> More.</p><div><hr>'
    '<div id=ftn1><p><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> The <i>note</i>.</p>'
    "</div></div>"
)
LIBREOFFICE = (
    '<p>{}<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>'
    ' More.</p><div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym" '
    'href="#sdfootnote1anc">1</a> The <i>note</i>.</p></div>'
)
GOOGLE = (
    '<p>{}<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup> More.</p><hr><div><p>'
    '<a href="#ftnt_ref1" id="ftnt1">[1]</a><span> The <i>note</i>.</span></p></div>'
)
WIKI = (
    '<p>{}<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup> More.</p><h2>Notes</h2><ol>'
    '<li id="cite_note-1"><a href="#cite_ref-1">↑</a> The <i>note</i>.</li></ol>'
)
OURS = (
    '<p>{}<sup><a role="doc-noteref" id="fnref-1" href="#fn-1">1</a></sup> More.</p>'
    '<section role="doc-endnotes"><h2>Notes</h2><ol><li id="fn-1">The <i>note</i>. '
    '<a role="doc-backlink" href="#fnref-1">↩</a></li></ol></section>'
)
BY_HAND = "<p>{}<sup>1</sup> More.</p><h2>Notes</h2><ol><li>The <i>note</i>.</li></ol>"


@pytest.mark.parametrize("page", [WORD, LIBREOFFICE, GOOGLE, WIKI, OURS, BY_HAND])
def test_notes_of_any_program_are_notes(page):
    found = read(f"<h1>A Title</h1>{page.format(LONG)}".encode(), "brief.html")
    assert f'<p>{LONG}<span data-note="1"></span> More.</p>' in found.body
    assert [note.html for note in found.notes] == ["The <em>note</em>."]
    assert found.lost == ()


def test_html_declares_its_encoding_and_language():
    page = f'<html lang="fr"><meta charset="iso-8859-1"><h1>Été</h1><p>{LONG} Déjà.</p></html>'
    found = read(page.encode("iso-8859-1"), "brief.html")
    assert found.title == "Été"
    assert "Déjà" in found.body
    assert found.language == "fr"


def test_scripts_and_styles_are_no_words_and_unsafe_links_are_none():
    page = (
        f"<style>p {{color: red}}</style><script>alert('x')</script><h1>T</h1><p>{LONG} "
        '<a href="javascript:alert(1)">click</a> <a href="file:///etc/passwd">file</a></p>'
    )
    found = read(page.encode(), "brief.htm")
    assert "alert" not in found.body
    assert found.body.endswith("click file</p>")
    assert found.lost == ()


def test_external_images_are_not_fetched_but_reported():
    page = f'<h1>T</h1><p>{LONG}<img src="http://127.0.0.1:9/x.png" alt="A map"></p>'
    found = read(page.encode(), "brief.html")
    assert found.body == f"<p>{LONG}</p>"
    assert "An image was left out (“A map”)." in found.warnings


def test_the_caption_of_a_figure_stays_and_is_named():
    figure = '<figure><img src="x.png"><figcaption>The <i>Line</i></figcaption></figure>'
    found = read(f"<h1>T</h1><p>{LONG}</p>{figure}".encode(), "brief.html")
    assert found.body == f"<p>{LONG}</p><p>The <em>Line</em></p>"
    assert found.warnings[-1].endswith("their captions stand as paragraphs: “The Line”.")


def test_words_that_a_page_shows_out_of_attributes_are_counted():
    page = (
        f'<h1>T</h1><p>{LONG}<img alt="A map of Torkham"> <input value="Send the form">'
        '<input type="hidden" value="token"></p>'
    )
    found = read(page.encode(), "page.html")
    assert " ".join(found.lost) == "A map of Torkham Send the form"


def test_private_marks_in_a_file_call_no_note():
    found = read(f"<p>{LONG} \ue00090001\ue001</p>".encode(), "brief.html")
    assert "data-note" not in found.body


def test_markdown_metadata_becomes_fields():
    source = f"""---
title: Resetting Ties
subtitle: After the visit
author:
- name: Amina Khan
  role: Director
  affiliation: Centre for Afghanistan, Middle East & Africa (CAMEA), ISSI
  email: aminakhan@issi.org.pk
- Sara Ali
date: 2025-04-07
lang: en
abstract: A summary in one line.
---

{LONG}[^a] More.

[^a]: *Dawn*, <https://www.dawn.com/>.
"""
    found = read(source.encode(), "brief.md")
    assert (found.title, found.subtitle) == ("Resetting Ties", "After the visit")
    assert found.summary == "A summary in one line."
    assert [entry.name for entry in found.byline] == ["Amina Khan", "Sara Ali"]
    assert found.byline[0].email == "aminakhan@issi.org.pk"
    assert found.centre_acronym == "CAMEA"
    assert found.dated == datetime.date(2025, 4, 7)
    assert found.language == "en"
    assert found.notes[0].text_as_printed == "*Dawn*, <https://www.dawn.com/>."
    assert found.lost == ()


def test_markdown_with_a_heading_and_lines_is_understood():
    source = (
        "# Resetting Ties\n\nBy Amina Khan\nDirector\nCAMEA, ISSI\nEmail: a.khan@issi.org.pk\n"
        f"7 April 2025\n\n{LONG}\nwrapped by hand.\n\n## Trade\n\n- one\n- two\n"
    )
    found = read(source.encode(), "brief.md")
    assert found.title == "Resetting Ties"
    assert found.byline == (
        BylineEntry("Amina Khan", "Director", "CAMEA, ISSI", "a.khan@issi.org.pk"),
    )
    assert (found.centre_acronym, found.institute_acronym) == ("CAMEA", "ISSI")
    assert found.dated == datetime.date(2025, 4, 7)
    assert found.body == (
        f"<p>{LONG} wrapped by hand.</p><h2>Trade</h2><ul><li>one</li><li>two</li></ul>"
    )
    assert found.lost == ()


def test_markup_in_markdown_loses_its_tags_and_no_words():
    source = f"# T\n\n{LONG} <b>bold</b> costs $5 and $6, @handle, a_b_c.\n\n<!-- a secret -->\n"
    found = read(source.encode(), "brief.md")
    assert "bold costs $5 and $6, @handle, a_b_c." in found.body
    assert "secret" not in found.body
    assert any("comment in the source" in warning for warning in found.warnings)
    assert found.lost == ()


def test_a_table_in_markdown_keeps_its_caption():
    source = (
        f"# T\n\n{LONG}\n\n| Year | Attacks |\n|------|---------|\n| 2024 | 521 |\n\n: Attacks\n"
    )
    found = read(source.encode(), "brief.md")
    assert "<table><caption>Attacks</caption><thead><tr><th>Year</th>" in found.body


def test_text_that_is_not_utf8_is_read_and_reported():
    found = read(f"# T\n\n{LONG} caf\u00e9".encode("cp1252"), "brief.md")
    assert "café" in found.body
    assert any("not UTF-8" in warning for warning in found.warnings)


def test_deep_headings_are_flattened_and_reported():
    source = f"# T\n\n{LONG}\n\n## a\n\n### b\n\n#### c\n\n##### d\n"
    found = read(source.encode(), "brief.md")
    assert found.body.endswith("<h2>a</h2><h3>b</h3><h4>c</h4><h4>d</h4>")
    assert any("third-level" in warning for warning in found.warnings)


@pytest.mark.parametrize("depth", [300, 3_000])
def test_words_under_deep_marks_are_kept_or_the_file_is_refused(depth):
    page = f"<p>{LONG}</p>" + "<b>" * depth + "deepest"
    try:
        assert "deepest" in read(page.encode(), "brief.html").body
    except ManuscriptError as error:
        assert str(error) == "The parts of the file are nested too deeply."


def test_a_page_that_prints_the_names_of_its_metadata_names_nobody_twice():
    page = (
        "<html><head><title>Ports</title><meta name='author' content='Nina Okafor'/>"
        "<meta name='author' content='Jan Novák'/></head><body><header><h1>Ports</h1>"
        "<p>Nina Okafor</p><p>Jan Novák</p></header><p>Ships wait.</p></body></html>"
    )
    read_brief = read(page.encode(), "ports.html")
    assert [entry.name for entry in read_brief.byline] == ["Nina Okafor", "Jan Novák"]
    assert read_brief.body == "<p>Ships wait.</p>"
    assert read_brief.lost == ()
