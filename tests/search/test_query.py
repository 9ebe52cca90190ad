import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.search.query import MAX_LENGTH, MAX_WORDS, Query, parse


def wanted(text: str) -> list[str]:
    return [" ".join(term.variants[0]) for term in parse(text).wanted]


def excluded(text: str) -> list[str]:
    return [" ".join(term.variants[0]) for term in parse(text).excluded]


def size(query: Query) -> int:
    return sum(len(term.variants[0]) for term in [*query.wanted, *query.excluded])


def test_words_and_phrases_are_terms() -> None:
    assert wanted('Kabul "foreign ministers" «trade routes»') == [
        "kabul",
        "foreign minist",
        "trade rout",
    ]


def test_a_minus_excludes_a_word_or_a_phrase() -> None:
    query = 'kabul -trade -"peace talks" Iran-Pakistan'
    assert wanted(query) == ["kabul", "iran pakistan"]
    assert excluded(query) == ["trade", "peac talk"]


def test_a_lone_quote_is_no_more_than_a_space() -> None:
    assert wanted('"kabul') == ["kabul"]
    assert wanted('kabul" trade') == ["kabul", "trade"]


def test_a_star_asks_for_a_beginning() -> None:
    (term,) = parse("afghan*").wanted
    assert term.prefix
    assert not any(term.prefix for term in parse("af* x*").wanted)
    assert not parse("*").wanted


def test_stems_of_each_language_are_variants() -> None:
    (term,) = parse("économies").wanted
    assert term.variants == (("economi",), ("econom",))


def test_an_elision_is_two_words_and_a_possessive_one() -> None:
    assert wanted("l’Afghanistan") == ["afghanistan"]
    assert wanted("China’s") == ["china"]


def test_common_words_are_left_out_unless_there_is_nothing_else() -> None:
    assert wanted("the reset of ties") == ["reset", "tie"]
    assert wanted("the of") == ["the", "of"]
    assert wanted('"of the"') == ["of the"]


def test_a_repeated_word_is_one_term() -> None:
    assert wanted("trade Trade TRADE") == ["trade"]


@pytest.mark.parametrize(
    "text",
    ["", " ", '"', '""', "-", "*", "()", "AND", "\0", "\ud800", "((" * 5_000, "-kabul", "🙂", "_%"],
)
def test_signs_alone_ask_for_nothing(text: str) -> None:
    assert [term for term in wanted(text) if term != "and"] == []


def test_operators_of_the_databases_are_words() -> None:
    assert wanted("NEAR(a b) OR title:x AND NOT y") == ["near a", "b", "titl x", "not", "y"]


def test_what_is_shown_has_no_control_or_direction_characters() -> None:
    assert parse("ka\0bul\u202e\ud800 x\u200cy").text == "ka bul  x\u200cy"


def test_a_query_is_cut_before_it_costs_anything() -> None:
    start = time.perf_counter()
    for text in ("x" * 10**6, "x " * 10**6, '"' * 10**6, "'" * 10**6, "(" * 10**6, "中" * 10**6):
        query = parse(text)
        assert len(query.text) <= MAX_LENGTH
        assert size(query) <= MAX_WORDS
    assert time.perf_counter() - start < 0.5


def test_the_words_over_the_limit_are_not_read() -> None:
    assert len(wanted(" ".join(f"w{n}" for n in range(30)))) == MAX_WORDS


@given(st.text(max_size=300))
def test_nothing_typed_is_an_error(text: str) -> None:
    assert size(parse(text)) <= MAX_WORDS


@given(st.text(alphabet="\"'-*()中a «»’\0", max_size=60))
def test_no_play_with_signs_is_an_error(text: str) -> None:
    parse(text)
