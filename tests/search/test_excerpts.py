from hypothesis import given
from hypothesis import strategies as st

from briefs.search.excerpts import LENGTH, excerpt, highlight
from briefs.search.query import parse

LONG = "Nothing much happened here at all. " * 30


def marked(pieces: tuple[tuple[str, bool], ...]) -> list[str]:
    return [text for text, is_match in pieces if is_match]


def joined(pieces: tuple[tuple[str, bool], ...]) -> str:
    return "".join(text for text, _ in pieces)


def test_matches_are_marked_as_they_are_written() -> None:
    pieces = highlight("Résumés of a RESUME", parse("resume"), "en")
    assert pieces == (("Résumés", True), (" of a ", False), ("RESUME", True))


def test_a_phrase_is_marked_whole_and_only_together() -> None:
    pieces = highlight(
        "ministers, foreign and foreign ministers", parse('"foreign ministers"'), "en"
    )
    assert marked(pieces) == ["foreign ministers"]


def test_pairs_of_chinese_characters_are_marked_as_one() -> None:
    assert marked(highlight("论中国经济的", parse("中国经济"), "zh")) == ["中国经济"]
    assert marked(highlight("美中", parse("中"), "zh")) == ["中"]


def test_an_excluded_word_is_not_marked() -> None:
    assert marked(highlight("kabul trade", parse("kabul -peace"), "en")) == ["kabul"]


def test_an_excerpt_shows_the_match_between_ellipses() -> None:
    pieces = excerpt(LONG + "Then Kabul spoke. " + LONG, parse("kabul"), "en")
    assert marked(pieces) == ["Kabul"]
    assert pieces[0] == pieces[-1] == ("…", False)
    assert len(joined(pieces)) <= LENGTH + 2


def test_an_excerpt_prefers_the_place_where_most_terms_meet() -> None:
    text = f"Kabul alone.\n{LONG}\nTrade and Kabul together.\n{LONG}"
    pieces = excerpt(text, parse("kabul trade"), "en")
    assert joined(pieces) == "Trade and Kabul together."


def test_an_excerpt_stays_within_its_passage() -> None:
    assert joined(excerpt("One.\nTwo kabul.\nThree.", parse("kabul"), "en")) == "Two kabul."


def test_without_a_match_the_beginning_is_shown() -> None:
    pieces = excerpt(LONG, parse("kabul"), "en")
    assert joined(pieces).startswith("Nothing much")
    assert joined(pieces).endswith("…")
    assert excerpt("", parse("kabul"), "en") == ()


def test_markup_in_a_text_stays_text() -> None:
    pieces = excerpt("a <script>kabul</script> b", parse("kabul"), "en")
    assert joined(pieces) == "a <script>kabul</script> b"


@given(st.text(alphabet="ab 中国\n<é'", max_size=600), st.text(alphabet='ab 中国"*-é', max_size=20))
def test_pieces_are_the_text_itself(text: str, typed: str) -> None:
    query = parse(typed)
    assert joined(highlight(text, query, "en")) == text
    shown = joined(excerpt(text, query, "en")).removeprefix("…").removesuffix("…")
    assert shown in text
