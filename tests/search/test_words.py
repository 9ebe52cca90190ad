import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.search.words import fold, query_keys, words


def keys(text: str, language: str = "en") -> list[str]:
    return [word.key for word in words(text, language)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Résumé", "RESUME"),
        ("Straße", "strasse"),
        ("Ærøskøbing", "aeroskobing"),
        ("Łódź", "lodz"),
        ("ёлка", "елка"),
        ("أفغانستان", "افغانستان"),
        ("إيران", "ايران"),
        ("كِتَابٌ", "كتاب"),
        ("العـــربية", "العربيه"),
        ("پاکستان", "پاكستان"),
        ("فارسی", "فارسي"),
        ("على", "علي"),
        ("ہمارا", "همارا"),
        ("هم\u200cکاری", "همکاری"),
        ("۱۴۰۴", "1404"),
        ("٢٠٢٥", "2025"),
        ("Ｋａｂｕｌ", "kabul"),
        ("co\u00adoperation", "cooperation"),
        ("China’s", "china"),
        ("CHINA'S", "china"),
    ],
)
def test_spellings_of_one_word_are_the_same_word(one: str, other: str) -> None:
    assert keys(one) == keys(other) != []


def test_a_decomposed_letter_is_the_composed_one() -> None:
    for word in ("économie", "российский", "آزادی"):
        assert keys(unicodedata.normalize("NFD", word)) == keys(word)


def test_short_i_is_a_letter_of_its_own() -> None:
    assert fold("Йод") == "йод"


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", "relation relations relational"),
        ("en", "resetting resets reset"),
        ("fr", "économique économiques"),
        ("ru", "экономика экономики экономикой"),
        ("en", "экономика экономики"),
        ("zh", "sanction sanctions"),
    ],
)
def test_forms_of_a_word_share_a_key(language: str, forms: str) -> None:
    assert len(set(keys(forms, language))) == 1


def test_chinese_becomes_pairs_and_its_last_character() -> None:
    assert keys("中国经济。GDP") == ["中国", "国经", "经济", "济", "gdp"]
    assert query_keys("中国经济", "zh") == ["中国", "国经", "经济"]
    assert query_keys("中", "zh") == ["中"]


def test_words_say_where_they_stand() -> None:
    text = "Kabul’s «économie», 中国"
    assert [text[w.start : w.end] for w in words(text, "fr")] == [
        "Kabul’s",
        "économie",
        "中国",
        "国",
    ]


@given(st.text(max_size=200), st.sampled_from(["en", "fr", "ru", "zh", "ar", "ur", "zz-ZZ", ""]))
def test_no_text_makes_a_key_that_an_index_would_cut(text: str, language: str) -> None:
    for word in words(text, language):
        assert 0 < len(word.key) <= 64
        assert not any(
            c.isspace() or c in "\"'\\\0" or c.isascii() and not c.isalnum() for c in word.key
        )
        assert 0 <= word.start < word.end <= len(text)
