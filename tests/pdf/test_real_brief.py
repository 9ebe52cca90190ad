"""The real brief, typeset: what a reader of the PDF finds on its pages."""

import io
import re
from collections.abc import Iterator

import pdfplumber
import pikepdf
import pytest

from briefs.composition import Composition
from briefs.pdf import Pdf, typeset
from tests.pdf.compositions import make_real_brief

FOOT_SIZE = 8.4  # points: notes are set smaller than text


@pytest.fixture(scope="module")
def brief() -> Composition:
    return make_real_brief()


@pytest.fixture(scope="module")
def pdf(brief: Composition) -> Pdf:
    return typeset(brief)


@pytest.fixture(scope="module")
def pages(pdf: Pdf) -> Iterator[list[pdfplumber.page.Page]]:
    with pdfplumber.open(io.BytesIO(pdf.content)) as document:
        yield document.pages


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u2010-]", "", text)


def without_notes(page: pdfplumber.page.Page) -> str:
    return squeezed(page.filter(lambda o: o.get("size", 99) > FOOT_SIZE).extract_text() or "")


def test_it_is_short_and_sealed_by_its_digest(pdf: Pdf) -> None:
    assert pdf.content.startswith(b"%PDF-")
    assert pdf.pages in {5, 6}
    assert re.fullmatch(r"[0-9a-f]{64}", pdf.sha256)


def test_each_note_is_whole_on_the_page_of_its_call(
    brief: Composition, pages: list[pdfplumber.page.Page]
) -> None:
    body = {note.number: before for before, note in brief.segments if note}
    for note in brief.notes:
        with_call = [n for n, page in enumerate(pages, 1) if has_call(page, body[note.number])]
        with_note = [
            n
            for n, page in enumerate(pages, 1)
            if f"{note.number}{squeezed(note.text)}" in squeezed(page.extract_text())
        ]
        assert with_call == with_note, f"note {note.number}"
        assert len(with_note) == 1, f"note {note.number}"


def has_call(page: pdfplumber.page.Page, before: str) -> bool:
    """Whether the last words before a call stand on `page`."""
    words = squeezed(re.sub(r"<[^>]+>", "", before))[-25:]
    return words in without_notes(page)


def test_the_whole_text_is_there(brief: Composition, pages: list[pdfplumber.page.Page]) -> None:
    printed = "".join(without_notes(page) for page in pages)
    for paragraph in re.findall(r"<p>(.*?)</p>", brief.body)[:3]:
        opening = squeezed(re.split(r"<|&", paragraph)[0])[:60]
        assert opening in printed


def test_every_page_says_which_it_is_and_all_but_the_first_what_of(
    pages: list[pdfplumber.page.Page],
) -> None:
    for number, page in enumerate(pages, start=1):
        lines = page.extract_text().splitlines()
        assert lines[-1].endswith(f"Page {number} of {len(pages)}")
        assert lines[-1].startswith("Edition 1")
        running = lines[0] == "Pakistan-Afghanistan: Resetting Ties ISSI"
        assert running == (number > 1)


def test_the_first_page_carries_letterhead_title_byline_and_disclaimer(
    pages: list[pdfplumber.page.Page],
) -> None:
    first = pages[0].extract_text()
    wanted = [
        "Institute of Strategic Studies Islamabad",
        "Centre for Afghanistan, Middle East & Africa",
        "Sector F-5/2, Islamabad",
        "Issue Brief · 7 April 2025",
        "Pakistan-Afghanistan: Resetting Ties",
        "Amina Khan",
        "Director",
        "aminakhan@issi.org.pk",
        "Views expressed in the brief are those of the author",
    ]
    places = [first.find(words) for words in wanted]
    assert -1 not in places
    assert places == sorted(places)


def test_calls_lead_to_notes_and_notes_back_to_calls(pdf: Pdf) -> None:
    with pikepdf.open(io.BytesIO(pdf.content)) as document:
        targets = {
            str(link.Dest)
            for page in document.pages
            for link in page.get("/Annots", [])
            if "/Dest" in link
        }
        names = {str(name) for name in pikepdf.NameTree(document.Root.Names.Dests)}
    wanted = {f"fn-{n}" for n in range(1, 10)} | {f"call-fn-{n}" for n in range(1, 10)}
    assert wanted <= targets
    assert wanted <= names


def test_addresses_are_live_and_lead_where_they_say(
    brief: Composition, pages: list[pdfplumber.page.Page]
) -> None:
    live = {link["uri"] for page in pages for link in page.hyperlinks}
    printed = set(re.findall(r'href="([^"]+)"', "".join(note.html for note in brief.notes)))
    assert len(printed) == 9
    assert printed <= live
    assert {"mailto:aminakhan@issi.org.pk", brief.address} <= live


def test_it_ends_with_licence_and_permanent_address(pages: list[pdfplumber.page.Page]) -> None:
    last = squeezed(pages[-1].extract_text())
    assert squeezed("Permanent address https://issi.example/briefs/resetting-ties/") in last
    assert squeezed("© 2025 Institute of Strategic Studies Islamabad") in last
    assert squeezed("(CC BY 4.0)") in last


def test_metadata_and_bookmarks_come_from_the_composition(pdf: Pdf) -> None:
    with pikepdf.open(io.BytesIO(pdf.content)) as document:
        info = {key: str(value) for key, value in document.docinfo.items()}
        language = str(document.Root.Lang)
        with document.open_outline() as outline:
            titles = [item.title.strip() for item in outline.root]
    assert info["/Title"] == "Pakistan-Afghanistan: Resetting Ties"
    assert info["/Author"] == "Amina Khan"
    assert info["/CreationDate"].startswith("D:20250407")
    assert info["/ModDate"].startswith("D:20250407050000")
    assert language == "en"
    assert titles == ["Pakistan-Afghanistan: Resetting Ties"]


def test_only_bundled_faces_are_used_and_all_are_embedded(
    pages: list[pdfplumber.page.Page],
) -> None:
    faces = {char["fontname"].split("+")[1] for page in pages for char in page.chars}
    assert faces
    assert all(face.startswith("Brief-") for face in faces), faces
