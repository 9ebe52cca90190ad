"""Notes at the feet of pages: none lost, moved, clipped or doubled, and the check that says so."""

import dataclasses

import pytest

from briefs.composition import Composition
from briefs.pdf import Limits, TypesettingError, process, typeset
from briefs.pdf.document import job_for
from tests.pdf.compositions import make_composition, make_note, make_random_brief, with_notes
from tests.pdf.engine import engine, faults, patch, stock_engine
from tests.pdf.hard import prose

MOVED = "is too long for the foot of its page"
SEEDS = [3, 1, 16, 28, *range(40, 80)]  # the first ones are known to go wrong without our cures


def random_brief(seed: int) -> Composition:
    return make_random_brief(seed, paragraphs=8, notes=18)


@pytest.mark.parametrize("seed", SEEDS[:8])
def test_random_briefs_keep_every_note_with_its_call(seed: int) -> None:
    assert faults(random_brief(seed)) == []


def test_the_stock_engine_moves_notes_and_the_check_sees_it() -> None:
    with stock_engine():
        assert any(MOVED in fault for seed in SEEDS[1:] for fault in faults(random_brief(seed)))


def test_without_a_policy_notes_move_and_the_check_sees_it() -> None:
    css = "@layer components { .footnote { footnote-policy: auto } }"
    assert any(MOVED in fault for seed in SEEDS for fault in faults(random_brief(seed), css=css))


def test_a_note_that_no_page_can_hold_is_refused_by_its_number() -> None:
    job = job_for(with_notes("<p>One.* Two.*</p>", ["Short.", "A <em>M</em>."]))
    css = ".footnote em { font-size: 400mm; line-height: 1 }"
    with pytest.raises(
        TypesettingError, match=r"^Note 2 is too long .* move part of it into the text\.$"
    ):
        process.run(dataclasses.replace(job, css=job.css + css), Limits())


def test_a_note_that_is_never_called_is_refused() -> None:
    brief = with_notes("<p>One.*</p>", ["First."])
    with_another = dataclasses.replace(brief, notes=(*brief.notes, make_note(2, "Second.")))
    with pytest.raises(TypesettingError, match=r"^Note 2 has lost its call\.$"):
        typeset(with_another)


def test_a_note_called_twice_is_refused() -> None:
    twice = '<p>One.<span data-note="1"></span> Two.<span data-note="1"></span></p>'
    brief = make_composition(body=twice, notes=(make_note(1, "First."),))
    assert faults(brief) == ["Note 1 is printed more than once."]


def test_a_note_that_the_style_hides_is_seen_to_be_missing() -> None:
    brief = with_notes("<p>One.*</p>", ["First."])
    assert faults(brief, css=".footnote { float: none !important }") == [
        "Note 1 has lost its call."
    ]


def test_a_note_with_hidden_words_is_seen_not_to_be_whole() -> None:
    brief = with_notes("<p>One.*</p>", ["First <em>and foremost</em>."])
    assert faults(brief, css=".footnote em { display: none }") == ["Note 1 is not whole."]


def test_a_note_that_runs_off_the_page_is_seen_to_be_clipped() -> None:
    brief = with_notes("<p>One.*</p>", ["First"])
    assert faults(brief, css=".footnote { position: relative; left: 300mm }")


@pytest.mark.parametrize(
    "body",
    [
        "<h2>A heading*</h2><p>Text.*</p>",
        "<ul><li>An item*<ul><li>within*</li></ul></li></ul>",
        "<blockquote><p>Quoted.*</p></blockquote>",
        "<table><caption>Title*</caption><thead><tr><th>Head*</th></tr></thead>"
        + "<tbody><tr><td>Cell*</td></tr></tbody></table>",
        "<figure><p>Drawing</p><figcaption>Caption*</figcaption></figure>",
        "<p><em>Emphasis*</em> and <strong>more*</strong>**</p>",
    ],
)
def test_notes_may_be_called_anywhere(body: str) -> None:
    filled = "<p>Some words before it all.</p>" * 20 + body
    notes = [f"Note {number}, <em>with italics</em>." for number in range(body.count("*"))]
    assert faults(with_notes(filled, notes)) == []


def test_a_call_in_a_table_head_is_not_repeated_with_the_head() -> None:
    rows = "".join(f"<tr><td>{number}</td></tr>" for number in range(90))
    table = f"<table><thead><tr><th>Year*</th></tr></thead><tbody>{rows}</tbody></table>"
    assert faults(with_notes(table, ["On years."])) == []


def test_the_patch_refuses_another_version_of_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patch.weasyprint, "__version__", "70.1")
    with pytest.raises(ImportError, match=r"WeasyPrint 70\.1; 70\.0 is needed"):
        patch.apply()


@pytest.mark.parametrize("words", [60, 150])
def test_notes_called_side_by_side_in_a_row_leave_room_for_its_lines(words: int) -> None:
    cell = "".join(f"<p>{prose(40, n)}*</p>" for n in range(6 if words == 60 else 3))
    body = f"<p>Before.</p><table><tr><td>{cell}</td><td>{cell}</td></tr></table>"
    notes = [prose(words, n) for n in range(body.count("*"))]
    assert faults(with_notes(body, notes)) == []


@pytest.mark.parametrize("count", range(20, 32))
def test_notes_stay_with_their_rows(count: int) -> None:
    rows = "".join(f"<tr><th>{n}</th><td>{prose(9, n)}*</td></tr>" for n in range(count))
    brief = with_notes(f"<p>Before.</p><table>{rows}</table>", ["A note."] * count)
    assert faults(brief) == []


def test_text_that_stands_in_notes_is_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "ATTEMPTS", 0)
    cell = "".join(f"<p>{prose(40, n)}*</p>" for n in range(6))
    body = f"<p>Before.</p><table><tr><td>{cell}</td><td>{cell}</td></tr></table>"
    notes = [prose(60, n) for n in range(12)]
    (sentence,) = faults(with_notes(body, notes))
    assert sentence.startswith("Text and notes overlap on page 2: shorten the rows of the table")
