"""The benchmark runs. What it measures is nobody's test: times differ from machine to machine."""

import io
from pathlib import Path

import pdfplumber
import pytest

from briefs.pdf.document import job_for
from tests.benchmarks import chromium, pdf
from tests.benchmarks.measuring import Figure, Table, interleaved
from tests.pdf.compositions import make_real_brief


def words(content: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(content)) as document:
        return [word["text"] for page in document.pages for word in page.extract_words()]


@pytest.mark.browser
def test_chromium_prints_the_same_words_cold_and_warm(tmp_path: Path) -> None:
    brief = make_real_brief()
    address = chromium.laid_down(job_for(brief), tmp_path)
    cold = words(chromium.print_cold(address, tmp_path).read_bytes())
    with chromium.warm() as print_warm:
        assert words(print_warm(address)) == cold
    assert set(brief.notes[-1].text.split()[:4]) <= set(cold)


def test_a_fresh_process_makes_the_file_that_is_timed(tmp_path: Path) -> None:
    pdf.typeset_afresh(tmp_path / "ours.pdf")
    assert set("Pakistan-Afghanistan: Resetting".split()) < set(
        words((tmp_path / "ours.pdf").read_bytes())
    )


def test_memory_is_seen_in_the_child_and_in_what_stays() -> None:
    short, long, caller, *_ = pdf.space(jobs=1, long=(4, 3)).figures
    assert min(short.ours, long.ours, caller.ours) > 10


def test_growth_tells_each_length_and_the_ratio_of_the_ends() -> None:
    figures = pdf.growth(rounds=1, sizes=((4, 3), (12, 6))).figures
    assert [figure.unit for figure in figures] == ["ms", "ms", "×"] * 2
    assert all(figure.ours > 0 for figure in figures)


def test_a_table_says_what_was_met_and_fits_a_terminal() -> None:
    figures = [
        Figure("a PDF", 80.0, theirs=100.0, most=0.8),
        Figure("memory", 80.5, "MiB", most=80),
        Figure("told", 1.0),
    ]
    head, *rows = str(Table("PDF", "How.", figures, "Chromium")).splitlines()
    assert head.split() == ["PDF", "ours", "Chromium", "ratio"]
    assert [row.rpartition("  ")[2] for row in rows] == [
        "≤ 0.8 × met",
        "≤ 80 MiB not met",
        "1.0 ms",
        "How.",
    ]
    assert max(map(len, rows)) <= 100


def test_ways_take_turns_and_the_first_round_is_not_counted() -> None:
    taken: list[str] = []
    values = {"a": iter([99, 1, 2, 9]), "b": iter([99, 4, 4, 4])}

    def measure(name: str) -> list[float]:
        taken.append(name)
        return [next(values[name])]

    assert interleaved(3, lambda: measure("a"), lambda: measure("b")) == [[2], [4]]
    assert "".join(taken) == "baabbaab"
