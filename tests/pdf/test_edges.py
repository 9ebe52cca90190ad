"""Nothing runs off the page: wide tables are set smaller, long words broken, the rest refused."""

import io

import pdfplumber
import pytest

from briefs.composition import BylineLine
from briefs.pdf import TypesettingError, typeset
from briefs.pdf.document import job_for
from briefs.pdf.tables import columns, fitted
from briefs.prose.tree import parse
from tests.pdf.compositions import make_composition, with_notes
from tests.pdf.engine import edges, lay_out

MILLIMETRE = 72 / 25.4


def make_table(
    count: int, *, head: str = "Column header", cell: str = "1,234,567", caption: str = ""
) -> str:
    heads = "".join(f"<th>{head} {number}</th>" for number in range(count))
    row = f"<tr>{f'<td>{cell}</td>' * count}</tr>"
    title = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{heads}</tr></thead><tbody>{row * 3}</tbody></table>"


@pytest.mark.parametrize("count", [4, 6, 8, 9, 12])
def test_a_table_of_twelve_columns_fits_with_its_figures_whole(count: int) -> None:
    content = typeset(make_composition(body=make_table(count, caption="Trade"))).content
    with pdfplumber.open(io.BytesIO(content)) as document:
        page = document.pages[0]
        assert page.extract_text().count("1,234,567") == 3 * count
        assert max(char["x1"] for char in page.chars) <= page.width - 29 * MILLIMETRE
        assert min(char["x0"] for char in page.chars) >= 20 * MILLIMETRE


def test_a_table_that_is_too_wide_is_refused_by_its_caption() -> None:
    body = make_table(30, caption="Trade by year*")
    sentence = r"^The table “Trade by year” runs off page 1: give it fewer or narrower columns"
    with pytest.raises(TypesettingError, match=sentence):
        typeset(with_notes(body, ["Customs."]))


def test_a_table_without_a_caption_is_named_by_its_first_words() -> None:
    with pytest.raises(TypesettingError, match=r"^The table “Column header 0 Column header 1 "):
        typeset(make_composition(body=make_table(30)))


def test_words_without_a_place_to_break_are_broken_in_cells_too() -> None:
    word = "Internationalisation_of_everything_without_spaces"
    assert typeset(make_composition(body=make_table(8, cell=word))).pages == 1


def test_a_long_figure_in_a_cell_is_refused_rather_than_broken() -> None:
    with pytest.raises(TypesettingError, match=r"^The table “Column header 0 .* runs off page 1"):
        typeset(make_composition(body=make_table(10, cell="1" * 26)))


def test_long_words_are_broken_wherever_they_stand() -> None:
    person = BylineLine("N" * 90, "R" * 90, "A" * 90, f"{'a' * 60}@{'b' * 60}.org")
    brief = make_composition(
        title="X" * 300,
        subtitle="S" * 100,
        byline=(person, person),
        centre="C" * 120,
        series="I" * 120,
        disclaimer="D" * 200,
        summary="S" * 200,
        kind="correction",
        number=2,
        change_note="E" * 300,
        body=f"<h2>{'H' * 80}</h2><p><code>{'x' * 200}</code></p>"
        f"<blockquote><p>{'q' * 200}</p></blockquote><ul><li>{'l' * 200}</li></ul>"
        f"<table><caption>{'c' * 200}</caption><tr><td>{'t' * 200}</td></tr></table>",
    )
    assert edges.faults(lay_out(job_for(brief)).pages) == []


def test_a_word_that_the_style_lets_run_off_is_refused_by_name() -> None:
    job = job_for(make_composition(title="X" * 300))
    pages = lay_out(
        type(job)(job.html, f"{job.css} h1 {{ white-space: nowrap }}", job.assets)
    ).pages
    assert edges.faults(pages) == [f"“{'X' * 47}…” runs off page 1: make it shorter or part it."]


def test_a_block_that_runs_over_the_foot_of_the_page_is_seen() -> None:
    job = job_for(make_composition(body="<p>Alpha omega.</p>"))
    css = f"{job.css} .prose p {{ position: relative; top: 260mm }}"
    pages = lay_out(type(job)(job.html, css, job.assets)).pages
    assert edges.faults(pages) == ["“Alpha omega.” runs off page 1: make it shorter or part it."]


def test_columns_count_those_that_cells_span() -> None:
    table = "<table><tr><th colspan=3>a</th><td>b</td></tr><tr><td>c</td></tr></table>"
    assert columns(parse(table)[0]) == 4
    assert columns(parse(f"<table><tr><td>{table}</td></tr></table>")[0]) == 1
    assert columns(parse("<table></table>")[0]) == 0


def test_text_beside_narrow_tables_is_left_as_it_is() -> None:
    html = "<p>Words.</p><table><tr><td>a</td><td>b</td></tr></table>"
    assert fitted(html) == html


def test_only_words_are_marked_as_breakable() -> None:
    row = f"<tr><td>{'w' * 30}</td><th>{'1' * 30}</th><td><em>{'v' * 15}</em> {'u' * 15}</td></tr>"
    assert fitted(f"<table>{row}</table>").count('class="long"') == 1
