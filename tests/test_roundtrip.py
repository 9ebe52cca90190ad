"""From the stored text through a composition to page and print: the same words, notes and order."""

import re

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from lxml import html as lxml_html

from briefs import prose
from briefs.composition import Composition, compose
from briefs.models import Brief, Picture
from tests.factories import make_brief
from tests.test_prose import OWN, TREES

CITE = re.compile(r"<cite\b[^>]*></cite>")
CALL = "\ue000{}\ue001"


@pytest.fixture
def brief(db: None) -> Brief:
    Picture.objects.create(address=OWN, width=1600, height=900, size=1)
    return make_brief()


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
