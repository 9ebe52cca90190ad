"""A quoted passage is found again in a text that was edited since."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefs import prose
from briefs.prose.anchors import CONTEXT, Anchor, NoteAt, Text, anchor_of, find, find_note, text_of
from tests.factories import note

WORDS = (
    "Trade across the strait fell by a third in the spring, and the ports that had been built for "
    "it stood empty for weeks. Those who work there say that orders come back slowly, and that "
    "nobody believes in the figures of the ministry any more."
)


def quoted(words: str, text: str = WORDS) -> Anchor:
    start = text.index(words)
    return anchor_of(Text(text), start, start + len(words))


def found(anchor: Anchor, text: str) -> str | None:
    place = find(Text(text), anchor)
    return text[slice(*place)] if place else None


def test_a_body_is_read_as_words_parted_by_one_space_with_its_notes() -> None:
    body = prose.clean(
        f"<h2>Head</h2><p>One  <em>tw</em>o{note('A <em>note</em>.')}<br>three\xa0four</p>"
        f"<ul><li>five<ul><li>six</li></ul></li></ul><p>{note('Other')}seven</p>"
    )
    text = text_of(body)
    assert text.words == "Head One two three four five six seven"
    assert text.notes == (NoteAt(12, "A note."), NoteAt(32, "Other"))


def test_a_note_is_read_with_the_names_of_its_sources() -> None:
    key = "0b5a2a52-7f0e-4a5c-9a55-0d3f4d5a9a11"
    body = note(f'See <cite data-source="{key}" data-locator="p. 4"></cite>; and more')
    assert text_of(f"<p>{body}</p>", {key: "A Report"}).notes[0].words == (
        "See A Report, p. 4; and more"
    )
    assert text_of(f"<p>{body}</p>").notes[0].words == "See Source, p. 4; and more"


@pytest.mark.parametrize(
    ("passage", "edited", "expected"),
    [
        ("fell by a third", WORDS, "fell by a third"),
        ("fell by a third", f"Before all this. {WORDS}", "fell by a third"),
        ("fell by a third", WORDS.replace("the spring", "spring"), "fell by a third"),
        # inside, around it, and both
        ("fell by a third", WORDS.replace("fell by", "sank by nearly"), "sank by nearly a third"),
        ("nobody believes", WORDS.replace("nobody", "no one"), "no one believes"),
        (
            "orders come back slowly, and that nobody believes",
            WORDS.replace("say that", "tell us").replace("slowly, and", "but slowly, and"),
            "orders come back but slowly, and that nobody believes",
        ),
        # moved
        (
            "the ports that had been built for it stood empty",
            WORDS[100:] + " " + WORDS[:100].replace("ports", "harbours and ports"),
            "ports that had been built for it",
        ),
        (
            "Trade across the strait fell",
            WORDS[60:] + " " + WORDS[:60],
            "Trade across the strait fell",
        ),
        # gone
        ("fell by a third", WORDS.replace(" fell by a third", ""), None),
        (
            "Those who work there say that orders come back slowly",
            WORDS.replace("Those who work there say that orders come back slowly", ""),
            None,
        ),
        ("the ports", WORDS.replace("the ports that had been built for it", ""), None),
        ("fell by a third", "", None),
        ("fell by a third", "Another text altogether, of the same house.", None),
    ],
)
def test_a_passage_after_an_edit(passage: str, edited: str, expected: str | None) -> None:
    assert found(quoted(passage), edited) == expected


def test_of_several_the_one_among_the_same_words_is_meant() -> None:
    text = "The harbour is empty. The market is empty. The road is empty."
    anchor = anchor_of(Text(text), 36, 41)
    assert find(Text(text), anchor) == (36, 41)
    assert find(Text(f"It is empty. {text}"), anchor) == (49, 54)


def test_a_passage_of_one_word_is_not_found_in_another_place() -> None:
    assert found(quoted("the"), "A text in which the word stands in other company.") is None


def test_chinese_passages_are_found_after_edits() -> None:
    text = "春季海峡两岸贸易下降了三分之一,为此而建的港口空置了数周。"
    anchor = quoted("海峡两岸贸易下降了三分之一", text)
    edited = "据说今年" + text.replace("下降了", "大幅下降了")
    assert found(anchor, edited) == "海峡两岸贸易大幅下降了三分之一"


def test_splitting_and_joining_paragraphs_moves_no_passage() -> None:
    one = text_of("<p>One two three.</p><p>Four five six seven eight nine.</p>")
    other = text_of("<p>One two</p><ul><li>three. Four five six</li></ul><p>seven eight nine.</p>")
    anchor = anchor_of(one, 4, 23)
    assert find(other, anchor) == (4, 23)


NOTED = Text(
    "One two three four five six seven.", (NoteAt(7, "A Report, p. 4"), NoteAt(23, "Other"))
)


def noted(index: int, text: Text = NOTED) -> Anchor:
    at = text.notes[index].at
    return Anchor(
        text.notes[index].words, text.words[max(0, at - CONTEXT) : at], text.words[at:][:CONTEXT]
    )


def test_a_note_is_found_by_its_place_and_by_its_words() -> None:
    assert [find_note(NOTED, noted(index)) for index in (0, 1)] == [0, 1]
    rewritten = Text(NOTED.words, (NoteAt(7, "Wholly different"), NOTED.notes[1]))
    assert find_note(rewritten, noted(0)) == 0
    moved = Text(
        "Quite another text, and long enough.", (NoteAt(3, "Other"), NoteAt(9, "A Report, p. 4"))
    )
    assert find_note(moved, noted(0)) == 1


def test_a_note_that_was_deleted_is_gone() -> None:
    assert find_note(Text(NOTED.words, NOTED.notes[1:]), noted(0)) is None
    assert find_note(Text(NOTED.words), noted(0)) is None


letters = st.text("abcdefgh é中ا", max_size=60)


@given(letters, st.text("abcdefgh", min_size=1, max_size=30), letters, letters, letters)
def test_edits_elsewhere_keep_a_passage_on_the_same_words(
    left: str, passage: str, right: str, before: str, after: str
) -> None:
    """Whatever stands farther away than its context."""
    words = " ".join(f"{left}<{passage}>{right}".split())
    start = words.index("<")
    anchor = anchor_of(Text(words), start, start + len(passage) + 2)
    near = words[max(0, start - CONTEXT) : start + len(passage) + 2 + CONTEXT]
    edited = before + near + after
    assert found(anchor, edited) == f"<{passage}>"


@given(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=40), st.data())
def test_a_passage_that_stands_nowhere_else_is_found_where_one_side_is_as_it_was(
    other: list[str], data: st.DataObject
) -> None:
    start = data.draw(st.integers(20, len(WORDS) - 60))
    end = data.draw(st.integers(start + 4, start + 40))
    passage = WORDS[start:end]
    edited = " ".join(other) + WORDS[end:]
    assume(passage.strip() == passage)
    anchor = anchor_of(Text(WORDS), start, end)
    text = WORDS[:start] + passage + " ".join(["", *other])
    assume(text.count(passage) == 1)
    assert found(anchor, text) == passage
    assert found(anchor, edited) != passage or passage in edited


@given(st.text(max_size=200), st.text(max_size=50), st.text(max_size=40), st.text(max_size=40))
def test_a_place_lies_within_the_text_and_is_not_empty(
    words: str, exact: str, before: str, after: str
) -> None:
    place = find(Text(words), Anchor(exact, before, after))
    assert place is None or 0 <= place[0] < place[1] <= len(words)
