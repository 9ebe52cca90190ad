"""What cleaning lets through and tables, notes and addresses must bear: in time, and with sense."""

import time
from dataclasses import replace

import pytest

from briefs import prose
from briefs.composition import Composition
from briefs.pdf import typeset
from briefs.pdf.document import job_for
from tests.pdf.compositions import make_composition, with_notes
from tests.pdf.hard import prose as words
from tests.pdf.test_archive import failures

LONG = 200_000


@pytest.mark.parametrize(
    "body",
    [
        f"<table><tr><td>{'1' * LONG}</td></tr></table>",
        f"<table><tr><td>1{'.' * LONG}x</td></tr></table>",
        f"<p>https://{'.' * LONG}a</p>",
        f"<p>https://a.example/{'.)' * (LONG // 2)}</p>",
        f"<p>نص {'(' * LONG} <em>Dawn</em>{')' * LONG}</p>",
        f"<p>نص {'a' * LONG} ن <em>Dawn</em> {'b' * LONG} ن</p>",
        f"<p>{'« ' * (LONG // 2)}{'p. ' * (LONG // 3)}</p>",
    ],
    ids=["digits", "stops", "address", "ends", "brackets", "letters", "spaces"],
)
@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_caller_takes_no_longer_over_odd_text(body: str, language: str) -> None:
    """Bounds are wide: what this is to find takes minutes."""
    started = time.process_time()
    job_for(make_composition(body=prose.clean(body), language=language))
    assert time.process_time() - started < 5


TABLES = {
    "nested": "<table><tr><td>a*<table><tr><td>b</td><td>c*</td></tr></table></td></tr></table>",
    "hole": "<table><tr><td>a</td><td>b</td><td rowspan=2>c</td></tr><tr><td>d</td></tr></table>",
    "head alone": "<table><thead><tr><th>a</th><th>b</th></tr></thead></table>",
    "overlap": "<table><tr><td>a</td><td rowspan=2>b</td></tr><tr><td colspan=2>c</td></tr></table>",
    "ragged": "<table><tr><td rowspan=3>a</td></tr><tr><td>b</td><td>c</td></tr></table>",
}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_accessible(name: str) -> None:
    body = prose.clean(TABLES[name])
    brief = with_notes(body, ["A note."] * body.count("*"))
    assert failures(typeset(brief).content) == []


def test_soft_hyphens_in_notes_cost_nothing() -> None:
    note = "in\u00adter\u00adna\u00adtion\u00adal " * 400
    assert typeset(with_notes("<p>A.*</p>", [note])).pages


def test_what_looks_like_a_number_in_a_note_stays_as_it_is() -> None:
    note = ' data-number="56"'
    html = job_for(_urdu(note)).html
    assert ' data-number="56"' in html
    assert 'data-number="۱"' in html


def _urdu(note: str) -> Composition:
    brief = with_notes(f"<p>{words(4, 1)}*</p>", [note], language="ur")
    return replace(brief, letterhead=replace(brief.letterhead, digits="own"))
