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
