"""The words that bring in a source, and those that follow it, stay the note's own."""

import pytest

from briefs.citations import Reference, parse
from briefs.citations.reading.signals import end_of_signals

BOOK = "Jane Roe, *Quays* (Cairo: Shorouk, 2015), 20"
ROE = [{"given": "Jane", "family": "Roe"}]
SIGNALS = [
    "Contra ",
    "Contra: ",
    "Pace ",
    "But see ",
    "But cf. ",
    "See, e.g., ",
    "See especially ",
    "E.g., ",
    "Accord ",
    "Against ",
    "Cp. ",
    "Quoted in ",
    "As argued by ",
    "As noted in ",
    "Adapted from ",
    "Similarly, ",
    "SEE ",
    "*See also* ",
    "*Contra* ",
    "Voir ",
    "Voir notamment ",
    "Contre ",
    "D’après ",
    "Cité dans ",
    "Vgl. ",
    "Siehe auch ",
    "Véase también ",
    "Ср. ",
    "This is much contested, pace ",
    "The figure is doubted. Contra ",
]
AFTERWARDS = [
    ". See <https://example.org/ar>.",
    ". The Arabic text is at <https://example.org/ar>.",
    ". Arabic original: <https://example.org/ar>.",
    ". Voir aussi <https://example.org/ar>.",
    "; see <https://example.org/ar>.",
    ", and see <https://example.org/ar>.",
    ". Data from the ministry, <https://example.org/ar>, differ.",
]


@pytest.mark.parametrize("signal", SIGNALS)
def test_a_signal_stays_before_the_source_and_is_no_name(signal: str) -> None:
    before, reference, after = parse(f"{signal}{BOOK}.")
    assert isinstance(reference, Reference)
    assert (before, reference.csl["author"], after) == (signal, ROE, ".")


@pytest.mark.parametrize(
    "names",
    ["Pace University, ", "The Holy See, ", "Iran Contra Affair Committee, ", "Seeley, J., "],
)
def test_a_name_that_looks_like_a_signal_is_a_name(names: str) -> None:
    assert end_of_signals(names) == 0


@pytest.mark.parametrize("word", ["Recently", "Roughly", "However,", "Consider", "Contrary to"])
def test_a_note_that_begins_with_a_word_of_its_own_stays_prose(word: str) -> None:
    assert parse(f"{word} {BOOK}.") == (f"{word} {BOOK}.",)


def test_what_is_compared_with_a_source_is_a_source_of_its_own() -> None:
    segments = parse(f"Compare {BOOK}, with Al Doe, *Docks* (London: Pluto, 2003), 9.")
    assert [segment for segment in segments if isinstance(segment, str)] == [
        "Compare ", ", with ", ".",
    ]  # fmt: skip


@pytest.mark.parametrize("after", AFTERWARDS)
def test_a_sentence_after_a_source_keeps_its_words_and_its_link(after: str) -> None:
    reference, rest = parse(BOOK + after)
    assert isinstance(reference, Reference)
    assert "URL" not in reference.csl
    assert (reference.locator, rest) == ("20", after)


def test_an_address_that_is_said_to_be_the_sources_is_the_sources() -> None:
    reference, _ = parse(f"{BOOK}. Available at <https://example.org/ar>.")
    assert isinstance(reference, Reference)
    assert reference.csl["URL"] == "https://example.org/ar"
