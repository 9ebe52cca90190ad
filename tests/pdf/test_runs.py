"""Phrases in Latin letters within a text that runs from the right."""

import pytest

from briefs.pdf.document import job_for
from briefs.pdf.runs import set_apart
from tests.pdf.compositions import make_composition
from tests.pdf.engine import lay_out

BOOK = "<em>Afghanistan from the Cold War</em>"


@pytest.mark.parametrize(
    ("markup", "apart"),
    [
        (
            f"قال في كتابه Barnett R. Rubin, {BOOK}, vol. 2 (OUP, 2013) إن الحدود",
            (
                f'قال في كتابه <span class="from-left">Barnett R. Rubin, {BOOK}, vol. 2 (OUP, 2013)</span>'
                " إن الحدود"
            ),
        ),
        ("سفیر، <em>Dawn</em>، نص", "سفیر، <em>Dawn</em>، نص"),
        (
            "نص <em>Dawn</em> and <strong>BBC</strong> نص",
            'نص <span class="from-left"><em>Dawn</em> and <strong>BBC</strong></span> نص',
        ),
        ("نص A, <em>نص</em> B", "نص A, <em>نص</em> B"),
        (
            '<p>نص<span data-note="1"></span> x <em>Dawn</em><span data-note="2"></span></p>',
            (
                '<p>نص<span data-note="1"></span> <span class="from-left">x <em>Dawn</em></span>'
                '<span data-note="2"></span></p>'
            ),
        ),
        (f'<p dir="ltr">A, {BOOK}, 2</p>', f'<p dir="ltr">A, {BOOK}, 2</p>'),
    ],
)
def test_they_are_set_apart(markup: str, apart: str) -> None:
    assert set_apart(markup, "rtl") == apart


def test_where_the_text_runs_from_the_left_nothing_is() -> None:
    assert set_apart(f"<p>A, {BOOK}, 2</p>", "ltr") == f"<p>A, {BOOK}, 2</p>"


def test_they_are_drawn_from_the_left() -> None:
    body = f"<p>قال في كتابه Barnett R. Rubin, {BOOK}, 2013 إن.</p>"
    (page,) = lay_out(job_for(make_composition(body=body, language="ar"))).pages
    texts = {b.text.strip(): b for b in page._page_box.descendants() if getattr(b, "text", "")}
    places = [
        next(box.position_x for text, box in texts.items() if text.startswith(start))
        for start in ("Barnett", "Afghanistan", ", 2013")
    ]
    assert places == sorted(places)
