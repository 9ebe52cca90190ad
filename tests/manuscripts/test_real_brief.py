"""The real brief, in every form in which it may arrive, against what must come out."""

import datetime
import html
import json
import re
from functools import cache
from pathlib import Path

import pytest

from briefs import pandoc
from briefs.manuscripts import BylineEntry, Manuscript, read

SAMPLES = Path(__file__).parents[2] / "briefs" / "samples"
EXPECTED = json.loads((SAMPLES / "resetting-ties.expected.json").read_text())
KINDS = ("docx", "txt", "odt", "md", "html", "htm")
WRITERS = {"odt": "odt", "md": "markdown-smart", "html": "html", "htm": "html"}
CALL = re.compile(r'(<span data-note="\d+"></span>)')


@cache
def manuscript(kind: str) -> Manuscript:
    if kind in WRITERS:
        word = (SAMPLES / "resetting-ties.docx").read_bytes()
        arguments = ["-s", "-f", "docx", "-t", WRITERS[kind], "-o", "-"]
        return read(pandoc.run(arguments, word), f"brief.{kind}")
    return read((SAMPLES / f"resetting-ties.{kind}").read_bytes(), f"resetting-ties.{kind}")


def typewritten(text: str) -> str:
    """The printed form has straight quotes and `--` where the Word file has curly ones and `–`;
    a reader keeps what its file has."""
    return text.translate(str.maketrans("‘’“”", "''\"\"")).replace("–", "--")


def paragraphs(body: str) -> list[dict[str, object]]:
    found = []
    for inner in re.findall(r"<p>(.*?)</p>", body, re.DOTALL):
        text, calls = "", []
        for part in CALL.split(inner):
            if CALL.fullmatch(part):
                number = re.search(r"\d+", part)
                calls.append({"note": int(number[0]) if number else 0, "offset": len(text)})
            else:
                text += html.unescape(re.sub(r"<[^>]+>", "", part))
        found.append({"text": typewritten(text), "calls": calls})
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_front_matter_becomes_fields(kind):
    read_brief = manuscript(kind)
    centre = EXPECTED["centre"]
    assert read_brief.title == EXPECTED["title"]
    assert read_brief.title_as_printed == EXPECTED["title_as_printed"]
    assert read_brief.byline == tuple(BylineEntry(**entry) for entry in EXPECTED["byline"])
    assert (read_brief.centre_name, read_brief.centre_acronym) == (
        centre["name"],
        centre["acronym"],
    )
    assert read_brief.institute_acronym == EXPECTED["institute_acronym"]
    assert read_brief.dated == datetime.date.fromisoformat(EXPECTED["date"])
    assert read_brief.disclaimer == EXPECTED["disclaimer"]
    assert read_brief.subtitle == read_brief.summary == ""


@pytest.mark.parametrize("kind", KINDS)
def test_paragraphs_and_the_offsets_of_their_calls_are_those_of_the_print(kind):
    wanted = [{**entry, "text": typewritten(entry["text"])} for entry in EXPECTED["paragraphs"]]
    assert paragraphs(manuscript(kind).body) == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_notes_are_those_of_the_print(kind):
    found = [(note.number, typewritten(note.text_as_printed)) for note in manuscript(kind).notes]
    wanted = [(n["number"], typewritten(n["text_as_printed"])) for n in EXPECTED["footnotes"]]
    assert found == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_and_nothing_needs_a_warning(kind):
    assert manuscript(kind).lost == ()
    assert manuscript(kind).warnings == ()


def test_the_plain_text_is_matched_letter_by_letter():
    read_brief = manuscript("txt")
    printed = [note["text_as_printed"] for note in EXPECTED["footnotes"]]
    assert [note.text_as_printed for note in read_brief.notes] == printed
    body = html.unescape(re.sub(r"<[^>]+>", "", read_brief.body.replace("</p>", "\n"))).splitlines()
    assert body == [entry["text"] for entry in EXPECTED["paragraphs"]]


@pytest.mark.parametrize("kind", KINDS)
def test_notes_keep_italics_and_links(kind):
    url = "https://tribune.com.pk/story/2536087/envoy-wraps-up-fruitful-kabul-trip"
    first = manuscript(kind).notes[0].html
    assert "<em>Express Tribune</em>" in first
    assert f'<a href="{url}">{url}</a>' in first


def test_the_word_file_keeps_its_curly_quotes_and_the_text_its_straight_ones():
    assert "Ambassador Muhammad Sadiq’s visit" in manuscript("docx").body
    assert "Ambassador Muhammad Sadiq's visit" in manuscript("txt").body
