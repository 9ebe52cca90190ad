"""Which way the blocks of a text run, in prose and on the page."""

import pytest
from django.test import Client

from briefs import prose
from tests.factories import make_edition, note

ARABIC = "هذا نص عربي"


@pytest.mark.parametrize(
    ("text", "usual", "direction"),
    [
        (f"{ARABIC}.", "ltr", "rtl"),
        (f"1. «{ARABIC}»", "ltr", "rtl"),
        ("English words.", "rtl", "ltr"),
        ("2026.", "rtl", "rtl"),
        ("", "ltr", "ltr"),
        (f"OPEC: {ARABIC}", "rtl", "rtl"),
        (f"{ARABIC} https://www.example.org/an/address/of/many/letters", "ltr", "rtl"),
        ("نص is the Arabic word for a text.", "ltr", "ltr"),
    ],
)
def test_a_line_runs_as_its_first_letter_and_most_of_its_letters_do(
    text: str, usual: str, direction: str
) -> None:
    assert prose.direction(text, usual) == direction


@pytest.mark.parametrize(
    ("body", "directed"),
    [
        (f"<h2>{ARABIC}</h2><p>a</p>", f'<h2 dir="rtl">{ARABIC}</h2><p>a</p>'),
        (f"<ul><li>{ARABIC}</li></ul>", f'<ul dir="rtl"><li>{ARABIC}</li></ul>'),
        (f"<ul><li>a</li><li>{ARABIC}</li></ul>", f'<ul><li>a</li><li dir="rtl">{ARABIC}</li></ul>'),
        (f'<p dir="ltr">{ARABIC}</p>', f'<p dir="ltr">{ARABIC}</p>'),
        (f'<p><span dir="rtl">{ARABIC}</span> a</p>', f'<p><span dir="rtl">{ARABIC}</span> a</p>'),
        (
            f'<h3><span dir="rtl">{ARABIC}</span></h3>',
            f'<h3 dir="rtl"><span dir="rtl">{ARABIC}</span></h3>',
        ),
        (
            f'<p>{ARABIC}<span data-note="1"></span>.</p>',
            f'<p dir="rtl">{ARABIC}<span data-note="1"></span>.</p>',
        ),
    ],
)  # fmt: skip
def test_a_block_that_runs_otherwise_says_so(body: str, directed: str) -> None:
    assert prose.directed(body, "ltr") == directed


@pytest.mark.django_db
def test_on_the_page_title_heading_and_note_run_as_their_own_words_do(client: Client) -> None:
    body = f"<h2>{ARABIC}.</h2><p>Words.{note(f'{ARABIC}.')}</p>"
    make_edition(title=ARABIC, subtitle="In English", slug="mixed", body=body)
    html = client.get("/briefs/mixed/").text
    assert f'<h1 dir="rtl">{ARABIC}</h1>' in html
    assert '<p class="subtitle" dir="ltr">In English</p>' in html
    assert f'<h2 dir="rtl">{ARABIC}.</h2>' in html
    assert f'<li id="fn-1"><span class="line" dir="rtl">{ARABIC}.</span>' in html


def test_rows_run_as_their_table_does() -> None:
    row = "<tr><td>WTO</td><td>IMF</td></tr>"
    table = f"<table><tbody><tr><td>{ARABIC}</td><td>{ARABIC}</td></tr>{row}</tbody></table>"
    directed = prose.directed(table, "rtl")
    assert '<tr><td dir="ltr">WTO</td>' in directed


@pytest.mark.parametrize(
    ("cells", "are_figures"),
    [
        (["1178.4", "153", "−12.5 %", ""], True),
        (["$ 4", "(3)", "1,000", "2014–15"], True),
        (["12", "about 3", "4", "5"], False),
        (["", "", "", ""], False),
        (["٣", "۴", "5", "6"], True),
    ],
)
def test_columns_of_figures_are_marked(cells: list[str], are_figures: bool) -> None:
    rows = "".join(f"<tr><td>a</td><td>{cell}</td></tr>" for cell in cells)
    head = "<thead><tr><th>Name</th><th>Sum</th></tr></thead>"
    marked = prose.directed(f"<table>{head}<tbody>{rows}</tbody></table>", "ltr")
    assert marked.count('class="figure"') == (5 if are_figures else 0)
    assert '<td class="figure">a' not in marked


def test_a_cell_over_two_columns_is_in_neither() -> None:
    table = '<table><tbody><tr><td colspan="2">1</td><td>2</td></tr><tr><td>a</td><td>3</td><td>4</td></tr></tbody></table>'
    marked = prose.directed(table, "ltr")
    assert marked.count('class="figure"') == 3
    assert '<td colspan="2">1' in marked
