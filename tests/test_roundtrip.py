"""From the stored text through a composition to page and print: the same words, notes and order."""

import re
from itertools import cycle

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from lxml import html as lxml_html

from briefs import prose
from briefs.composition import Composition, compose
from briefs.models import Brief, Picture, Source
from tests.factories import cite, make_brief, make_source
from tests.test_prose import OWN, TREES

CITE = re.compile(r"<cite\b[^>]*></cite>")
CALL = "\ue000{}\ue001"


@pytest.fixture
def brief(db: None) -> Brief:
    Picture.objects.create(address=OWN, width=1600, height=900, size=1)
    return make_brief()


@pytest.fixture
def sources(db: None) -> list[Source]:
    return [make_source(f"Report {number}") for number in range(3)]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def stored_form(body: str) -> tuple[str, list[str]]:
    """The words of a stored body with marks where notes are called, and those of the notes."""
    root = lxml_html.fragment_fromstring(body, create_parent="div")
    notes = []
    for number, note in enumerate(root.xpath(".//span[@data-note]"), start=1):
        notes.append(squeezed(note.text_content()))
        for child in list(note):
            note.remove(child)
        note.text = CALL.format(number)
    return squeezed(root.text_content()), notes


def page_form(composition: Composition) -> tuple[str, list[str]]:
    """The same of the page that readers get."""
    rendered = render_to_string(
        "briefs/_prose.html", {"composition": composition, "notes": "endnotes"}
    )
    root = lxml_html.fragment_fromstring(rendered, create_parent="div")
    notes = []
    for item in root.xpath(".//*[@role='doc-endnotes']//li"):
        item.xpath("./a[@role='doc-backlink']")[0].drop_tree()
        notes.append(squeezed(item.text_content()))
    for section in root.xpath(".//*[@role='doc-endnotes']"):
        section.drop_tree()
    for call in root.xpath(".//a[@role='doc-noteref']"):
        call.text = CALL.format(call.text)
    return squeezed(root.text_content()), notes


def print_form(composition: Composition) -> tuple[str, list[str]]:
    """The same of what is typeset, in which a note stands at its call."""
    rendered = render_to_string("briefs/_prose.html", {"composition": composition, "notes": "feet"})
    return stored_form(
        re.sub(r'<span class="footnote[^>]*data-number="\d+">', "<span data-note>", rendered)
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(TREES)
def test_words_notes_and_their_order_come_through(brief: Brief, markup: str) -> None:
    brief.body = prose.clean(CITE.sub("", prose.clean(markup)))
    composition = compose(brief)
    expected = stored_form(brief.body)
    assert page_form(composition) == expected
    assert print_form(composition) == expected


@given(TREES)
def test_notes_taken_out_are_put_back(markup: str) -> None:
    stored = prose.clean(CITE.sub("", prose.clean(markup)))
    frozen, notes = prose.take_notes(stored)
    written = {number: "".join(map(str, parts)) for number, parts in enumerate(notes, start=1)}
    restored = prose.clean(prose.put_notes(frozen, written))
    assert stored_form(restored) == stored_form(stored)


def cited_in(note: lxml_html.HtmlElement) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.get("data-source") for one in note.iter("cite")))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(TREES)
def test_what_notes_cite_comes_through_in_its_order(
    brief: Brief, sources: list[Source], markup: str
) -> None:
    taken = cycle(sources)
    brief.body = prose.clean(CITE.sub(lambda _match: cite(next(taken)), prose.clean(markup)))
    root = lxml_html.fragment_fromstring(brief.body, create_parent="div")
    composition = compose(brief)
    notes = root.xpath(".//span[@data-note]")
    assert [note.sources for note in composition.notes] == [cited_in(note) for note in notes]
    for composed, note in zip(composition.notes, notes, strict=True):
        position, shown = 0, squeezed(composed.text)
        for text in map(squeezed, note.itertext()):
            position = shown.index(text, position) + len(text)
    listed = {reference.key for reference in composition.references}
    assert listed == {key for note in notes for key in cited_in(note)}
