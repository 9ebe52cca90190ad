"""The desk's scripts find a passage where the server finds it."""

import random
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from briefs.prose.anchors import CONTEXT, Anchor, NoteAt, Text, anchor_of, find, find_note
from tests.test_anchors import WORDS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VOCABULARY = [*WORDS.split(), "the", "the", "中文", "海峡贸易", "Élan", "حبر", "x_y", "3,5"]
ASK = """async cases => {
    const { Text, find, findNote } = await import("/static/js/desk/anchors.js");
    return cases.map(({ words, notes, anchor, onNote }) => {
        const text = new Text();
        text.add(words, i => i);
        text.done();
        text.notes = notes;
        if (onNote) return findNote(text, anchor);
        const place = find(text, anchor);
        return place && text.words.slice(...place);
    });
}"""


def edited(words: list[str], chance: random.Random) -> list[str]:
    words = [*words]
    for _ in range(chance.randrange(6)):
        at = chance.randrange(len(words))
        words[at : at + chance.randrange(4)] = chance.choices(VOCABULARY, k=chance.randrange(4))
        words = words or ["x"]
    return words


def cases(chance: random.Random, count: int) -> list[dict[str, object]]:
    made: list[dict[str, object]] = []
    for number in range(count):
        words = chance.choices(VOCABULARY, k=chance.randrange(1, 60))
        text = Text(" ".join(words))
        start = chance.randrange(len(text.words))
        anchor = anchor_of(text, start, min(start + chance.randrange(1, 80), len(text.words)))
        later = Text(" ".join(edited(words, chance)))
        ends = sorted(chance.randrange(len(later.words)) for _ in range(3))
        notes = [NoteAt(at, " ".join(chance.choices(VOCABULARY, k=4))) for at in ends]
        made.append(
            {
                "words": later.words,
                "notes": [vars(note) for note in notes],
                "anchor": vars(anchor),
                "onNote": number % 4 == 0,
            }
        )
    return made


def expected(case: dict[str, object]) -> object:
    anchor = Anchor(**case["anchor"])  # type: ignore[arg-type]
    text = Text(case["words"], tuple(NoteAt(**note) for note in case["notes"]))  # type: ignore
    if case["onNote"]:
        return find_note(text, anchor)
    place = find(text, anchor)
    return text.words[slice(*place)] if place else None


def test_scripts_and_server_find_the_same_passages(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.goto(f"{live_server.url}/admin/")
    asked = cases(random.Random(7), 2000)
    answers = page.evaluate(ASK, asked)
    wrong = [
        (case, answer, expected(case))
        for case, answer in zip(asked, answers, strict=True)
        if answer != expected(case)
    ]
    assert not wrong, wrong[0]
    assert len([answer for answer in answers if answer is not None]) > 800
    assert len([answer for answer in answers if answer is None]) > 100
    assert (
        page.evaluate("import('/static/js/desk/anchors.js').then(module => module.CONTEXT)")
        == CONTEXT
    )
