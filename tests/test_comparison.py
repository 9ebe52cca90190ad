"""Two texts compared."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs import prose
from briefs.prose import Change, Comparison, Op, Piece, State, compare, compare_lines
from briefs.prose.passages import Kind, read
from briefs.prose.sequences import Budget, matched
from tests.factories import note
from tests.test_prose import TREES

SOURCE = "11111111-2222-3333-4444-555555555555"
OTHER = "99999999-2222-3333-4444-555555555555"
LIMIT = 4  # seconds of a processor, for what takes about one


def paragraphs(*texts: str) -> str:
    return prose.clean("".join(f"<p>{text}</p>" for text in texts))


def words_of(pieces: list[Piece], *ops: Op) -> list[str]:
    return [token.text for p in pieces if p.op in ops for token in p.tokens if p.kind == Kind.WORD]


def written(body: str) -> list[str]:
    """The words of the text, without those of notes."""
    return [
        token.text for p in read(body).passages for token in p.tokens if token.kind is Kind.WORD
    ]


def told(pieces: tuple[Piece, ...]) -> str:
    """`[-removed-]{+added+}`, as word-diff writes it."""
    out = ""
    for piece in pieces:
        signs = {"note": f"({piece.label})", "cell": "|", "break": "/", "cite": "cite"}
        text = signs.get(piece.kind, piece.text)
        out += {Op.KEPT: "{}", Op.ADDED: "{{+{}+}}", Op.REMOVED: "[-{}-]"}[piece.op].format(text)
    return out


def sentences(found: Comparison) -> list[str]:
    return [change.sentence for change in found.notes]


# Words neither lost nor made up

FEW = st.sampled_from(["a", "b", "the", "ties", "和", "平", "صلح", "."])
PARAGRAPH = st.lists(
    st.one_of(FEW, FEW.map(note), FEW.map(lambda word: f"<em>{word}</em>")), max_size=12
).map(" ".join)
BODIES = st.one_of(
    st.lists(PARAGRAPH, max_size=6).map(lambda texts: paragraphs(*texts)),
    TREES.map(prose.clean),
)


@given(BODIES, BODIES)
def test_words_before_are_those_kept_and_removed_words_after_those_kept_and_added(
    before: str, after: str
) -> None:
    found = compare(before, after)
    if before == after:
        assert found.is_empty
        return
    assert not found.is_empty
    pieces = [piece for change in found.passages for piece in change.pieces]
    assert words_of(pieces, Op.KEPT, Op.REMOVED) == written(before)
    assert words_of(pieces, Op.KEPT, Op.ADDED) == written(after)


@given(BODIES)
def test_a_text_does_not_differ_from_itself(body: str) -> None:
    assert compare(body, body).is_empty


@given(st.lists(st.integers(0, 6), max_size=30), st.lists(st.integers(0, 6), max_size=30))
def test_what_is_matched_is_the_same_and_in_order(before: list[int], after: list[int]) -> None:
    pairs = matched(before, after, Budget())
    assert all(before[i] == after[k] for i, k in pairs)
    for (i, k), (i_next, k_next) in pairwise(pairs):
        assert i < i_next and k < k_next


# What it says

RESET = "The first paragraph tells of ties that were reset between two states."
LONG = "Another paragraph of some length, which stands where it stands, will be moved."


def test_words_are_told_inside_their_paragraph() -> None:
    found = compare(paragraphs(RESET), paragraphs(RESET.replace("reset", "mended")))
    [change] = found.passages
    assert change.state is State.CHANGED
    assert "were [-reset -]{+mended +}between" in told(change.pieces)
    assert (found.words(Op.ADDED), found.words(Op.REMOVED)) == (1, 1)


def test_scripts_that_do_not_part_words_are_compared_by_character() -> None:
    [change] = compare(
        paragraphs("我们认为谈判继续。"), paragraphs("我们认为谈判应当继续。")
    ).passages
    assert told(change.pieces) == "我们认为谈判{+应当+}继续。"


def test_words_with_apostrophes_points_and_addresses_are_whole() -> None:
    line = "Pakistan’s 9.5 per cent, see https://example.org/a?b=1."
    assert [piece.text for piece in read(paragraphs(line)).passages[0].tokens] == [
        *("Pakistan’s", "9.5", "per", "cent", ",", "see", "https://example.org/a?b=1", "."),
    ]


def test_a_passage_that_moved_is_not_told_as_new_even_if_a_word_changed() -> None:
    rest = [f"Paragraph {number} stays." for number in range(4)]
    before = paragraphs(LONG, RESET, *rest)
    after = paragraphs(*rest, RESET, LONG.replace("some", "great"))
    found = compare(before, after)
    states = [change.state for change in found.changes]
    assert states == [State.MOVED_AWAY, State.MOVED_AWAY, State.MOVED_HERE, State.MOVED_HERE]
    assert "of [-some -]{+great +}length" in told(found.changes[-1].within)
    assert (found.words(Op.ADDED), found.words(Op.REMOVED)) == (1, 1)


def test_a_paragraph_that_was_parted_keeps_most_of_its_words() -> None:
    found = compare(paragraphs(f"{RESET} {LONG} Short."), paragraphs(f"{RESET} {LONG}", "Short."))
    assert [change.state for change in found.passages] == [State.CHANGED, State.ADDED]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("<p>a b c</p>", "<p>a <strong>b c</strong></p>", "“b c” is now bold."),
        ("<p>a <em>b</em></p>", "<p>a b</p>", "“b” is no longer italic."),
        ("<h2>a b</h2>", "<h3>a b</h3>",
         "Now a heading of level 3; was a heading of level 2."),
        ("<p>a b</p>", "<ul><li>a b</li></ul>", "Now an item of a list; was a paragraph."),
        ("<blockquote><p>a</p></blockquote>", '<blockquote data-pull=""><p>a</p></blockquote>',
         "Now a pull quote; was a quotation."),
        ('<p>a <a href="https://x.org/">b</a></p>', '<p>a <a href="https://y.org/">b</a></p>',
         "“b” links to https://y.org/, not https://x.org/ any more."),
        ("<p>a b</p>", '<p lang="ur" dir="rtl">a b</p>', "Marked as ur."),
        ("<p>a b</p>", "<p>a\xa0b</p>", "Spaces changed."),
        ("<table><tr><td>a</td><td>b</td></tr></table>",
         "<table><tr><th>a</th><td>b</td></tr></table>", "“a” is in another kind of cell."),
    ],
)  # fmt: skip
def test_formatting_is_told_in_words(before: str, after: str, sentence: str) -> None:
    found = compare(prose.clean(before), prose.clean(after))
    assert [change.told for change in found.changes] == [(sentence,)]
    assert not found.words(Op.ADDED) and not found.words(Op.REMOVED)


def test_what_has_no_words_of_its_own_is_not_passed_over_in_silence() -> None:
    before, after = "<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li></ul><ul><li>b</li></ul>"
    assert compare(before, after).told


def test_a_row_of_a_table_is_compared_as_a_row() -> None:
    table = "<table><tr><td>a</td><td>b c</td></tr><tr><td>d</td><td>e</td></tr></table>"
    found = compare(prose.clean(table), prose.clean(table.replace("b c", "b x")))
    assert [change.look for change in found.passages] == ["tr", "tr"]
    assert told(found.passages[0].pieces) == "a|b [-c-]{+x+}"


# Notes


def called(*notes: str) -> str:
    return paragraphs(
        *(f"Sentence {number} of the text.{note(n)}" for number, n in enumerate(notes))
    )


def cited(source: str, locator: str = "") -> str:
    place = f' data-locator="{locator}"' if locator else ""
    return f'<cite data-source="{source}"{place}></cite>'


def test_a_new_note_is_told_and_those_after_it_in_one_line() -> None:
    before = called("One.", "Two.", "Three.", "Four.")
    after = before.replace("1 of the text.", f"1 of the{note('New.')} text.")
    assert sentences(compare(before, after)) == [
        "Note 2: added",
        "Notes 3–5 (were 2–4): renumbered only",
    ]


def test_words_source_locator_and_address_of_a_note_are_told_apart() -> None:
    before = called(
        "See this book.",
        cited(SOURCE),
        cited(SOURCE, "p. 4"),
        "At https://example.org/a.",
        '<a href="https://example.org/">Site</a>',
        "Gone.",
    )
    after = called(
        "See that book.",
        cited(OTHER),
        cited(SOURCE, "p. 5"),
        "At https://example.org/b.",
        '<a href="https://example.com/">Site</a>',
        "",
    )
    after = after.replace(note(""), "")
    found = compare(before, after)
    assert sentences(found) == [
        "Note 1: words changed",
        "Note 2: source changed",
        "Note 3: locator changed",
        "Note 4: URL changed",
        "Note 5: URL changed",
        "Note 6 of before: removed",
    ]
    assert told(found.notes[0].pieces) == "See [-this -]{+that +}book."
    calls = [p for change in found.passages for p in change.pieces if p.kind == Kind.NOTE]
    assert [(call.label, call.told) for call in calls[:2]] == [("1", "changed"), ("2", "changed")]


def test_a_note_that_went_with_its_paragraph_is_renumbered_only() -> None:
    first, second = f"{RESET}{note('Of the first.')}", f"{LONG}{note('Of the second.')}"
    found = compare(paragraphs(first, second), paragraphs(second, first))
    assert sentences(found) == [
        "Note 1 (was 2): renumbered only",
        "Note 2 (was 1): renumbered only",
    ]


def test_one_of_many_equal_notes_that_goes_is_the_one_that_stood_there() -> None:
    before = called("Ibid.", "Ibid.", "Ibid.")
    after = before.replace(note("Ibid."), "", 1)
    assert sentences(compare(before, after)) == [
        "Note 1 of before: removed",
        "Notes 1–2 (were 2–3): renumbered only",
    ]


def test_lines_are_compared_as_lines() -> None:
    found = compare_lines(["Ada, Fellow", "Bob"], ["Bob", "Ada, Senior Fellow"])
    assert not found.is_empty
    assert compare_lines(["Ada"], ["Ada"]).is_empty


def test_long_unchanged_stretches_are_folded() -> None:
    texts = [f"Paragraph {number} of many." for number in range(20)]
    found = compare(paragraphs(*texts), paragraphs(*texts[:10], "A new one.", *texts[10:]))
    shape = [
        len(part.changes) if not isinstance(part, Change) else part.state for part in found.folded
    ]
    assert shape == [9, State.KEPT, State.ADDED, State.KEPT, 9]


# Time


def seconds(before: str, after: str) -> float:
    start = time.process_time()
    compare(before, after)
    return time.process_time() - start


def test_a_long_brief_with_many_notes_is_compared_at_once() -> None:
    dice = random.Random(1)
    vocabulary = [f"word{number}" for number in range(2000)]
    texts = [
        " ".join(dice.choices(vocabulary, k=50))
        + note(f"Note {number}, {dice.choice(vocabulary)}.")
        for number in range(200)
    ]
    changed = [text.replace("word1", "other") for text in texts]
    dice.shuffle(changed)
    assert seconds(paragraphs(*texts), paragraphs(*texts[:50], *texts[51:])) < LIMIT
    assert seconds(paragraphs(*texts), paragraphs(*changed)) < LIMIT


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["same"] * 50_000, ["same"] * 40_000),
        (["x", "y"] * 25_000, ["y", "x"] * 25_000),
        (random.Random(1).choices("xyz", k=50_000), random.Random(2).choices("xyz", k=50_000)),
    ],
)
def test_hostile_words_take_no_longer(before: list[str], after: list[str]) -> None:
    assert seconds(paragraphs(" ".join(before)), paragraphs(" ".join(after))) < LIMIT
    parted = paragraphs(*before[:10_000]), paragraphs(*after[:10_000])
    assert seconds(*parted) < LIMIT
