"""What must not end well: limits hold, each with a sentence, and the next job is unaffected."""

import pytest

from briefs.pdf import Limits, TypesettingError, process, typeset
from briefs.pdf.job import MIB
from tests.pdf.compositions import make_composition, make_job, make_long_brief

VARIABLES = "".join(f"--v{n}: var(--v{n - 1}), var(--v{n - 1});" for n in range(1, 41))
LOREM = "<p>Nothing.</p>"
FEW = Limits(cpu=2, wall=60, memory=700 * MIB)


def run(
    html: str, css: str = "", *, limits: Limits = FEW, assets: dict[str, bytes] | None = None
) -> None:
    process.run(make_job(html, css, assets), limits)


def nested(tag: str, depth: int, *, style: str = "") -> str:
    return f'<{tag} style="{style}">' * depth + "x" + f"</{tag}>" * depth


@pytest.fixture(autouse=True)
def _the_next_job_works() -> object:
    yield
    assert typeset(make_composition()).pages == 1


@pytest.mark.parametrize(
    ("html", "css"),
    [
        (nested("div", 14, style="display: flex"), ""),
        (nested("div", 7, style="columns: 2"), ""),
        ("<p>x</p>" * 60_000, "p { break-after: page }"),
        ("<p>y</p>", f":root {{ --v0: serif; {VARIABLES} }} p {{ font-family: var(--v40) }}"),
    ],
    ids=["flex", "columns", "page breaks", "variables"],
)
def test_endless_work_is_stopped_by_the_limit_on_processor_time(html: str, css: str) -> None:
    with pytest.raises(TypesettingError, match=r"processor time|MiB of memory|deeply|engine fail"):
        run(html, css)


def test_endless_work_is_stopped_by_the_clock() -> None:
    with pytest.raises(TypesettingError, match=r"^Typesetting took longer than 0\.8 seconds"):
        run(LOREM * 20_000, limits=Limits(wall=0.8))


def test_processor_time_has_a_sentence_of_its_own() -> None:
    with pytest.raises(TypesettingError, match=r"^Typesetting took more than 1 seconds of proc"):
        run(LOREM * 60_000, limits=Limits(cpu=1))


def test_a_table_of_a_million_columns_does_not_take_all_memory() -> None:
    with pytest.raises(TypesettingError, match=r"MiB of memory|processor time"):
        run("<table><tr><td colspan=1000000>x</table>" * 3)


def test_deep_nesting_is_refused_in_words() -> None:
    with pytest.raises(TypesettingError, match=r"^The text is nested too deeply to be typeset\.$"):
        run(nested("div", 400))


def test_a_picture_of_a_hundred_million_pixels_is_refused() -> None:
    header = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (13_000).to_bytes(4) * 2 + b"\x08\x02\0\0\0"
    with pytest.raises(TypesettingError, match=r"^Failed to load image"):
        run('<img src="bomb.png">', assets={"bomb.png": header + b"\0" * 200})


def test_a_drawing_that_multiplies_itself_is_stopped() -> None:
    uses = "".join(f'<g id="g{n}">{f"""<use href="#g{n - 1}"/>""" * 12}</g>' for n in range(1, 12))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g id="g0"/>{uses}</svg>'
    with pytest.raises(TypesettingError):
        run('<img src="bomb.svg">', assets={"bomb.svg": svg.encode()})


def test_a_pdf_beyond_the_limit_on_output_is_refused() -> None:
    with pytest.raises(TypesettingError, match=r"^The PDF is larger than"):
        run(LOREM, limits=Limits(output=100))


def test_forty_pages_with_three_hundred_notes_stay_within_the_standing_limits() -> None:
    pdf = typeset(make_long_brief(paragraphs=120, notes=300))
    assert pdf.pages >= 40
