"""Notes in house style compared with what was printed."""

import pytest

from briefs.citations import is_faithful, is_in_place, looks_like_reference, parse

ADDRESS = {"URL": "https://dawn.com/a?page=2"}


def faithful(note: str, shown: str, *references: str) -> bool:
    return is_faithful(note, shown, references=references, items=[ADDRESS])


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("Roe, *Quays* (Oxford: OUP, 2001), 5.", "Roe, Quays (Oxford: OUP, 2001), p. 5."),
        ("Roe, “X”, Dawn, 3 Sept. 2024", "Roe, “X”, Dawn, September 3, 2024"),
        ("Roe, “X”, Dawn, 03.09.2024", "Roe, “X”, Dawn, September 3, 2024"),
        ("Roe, “X”, retrieved from <https://www.dawn.com/a>", "Roe, “X”, https://www.dawn.com/a"),
        ("Roe, <https://DAWN.com/a?utm_source=x&page=2#top>", "Roe, https://dawn.com/a?page=2"),
        ("القدس العربي، «بعد القاعدة»", "القدس العربي، «بعد القاعدة»"),
    ],
)
def test_what_the_house_says_in_its_own_way_is_said(note: str, shown: str) -> None:
    assert faithful(note, shown)


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("Contra Roe, *Quays*, 5.", "Roe, Quays, p. 5."),
        ("Roe, *Quays*, 2nd ed., 5.", "Roe, Quays, p. 5."),
        ("Roe, “X”, Survival 62 (April 2008)", "Roe, “X”, Survival 62 (2008)"),
        ("Roe, “X”, 3 September 2024", "Roe, “X”, October 3, 2024"),
        ("Roe, “X”, <https://dawn.com/b>", "Roe, “X”, https://dawn.com/a"),
        ("Roe, “X” (full text in Urdu)", "Roe, “X”"),
        ("عطوان، «بعد القاعدة»، بيروت", "عطوان، بيروت، «بعد القاعدة»"),
        ("عطوان، «بعد القاعدة»", "عطوان, «بعد القاعدة»"),
        ("عطوان، «بعد القاعدة»، ص 20", "عطوان، «بعد القاعدة»، p. 20"),
    ],
)
def test_a_word_or_an_order_that_is_gone_is_missed(note: str, shown: str) -> None:
    assert not faithful(note, shown)


def test_those_whom_et_al_stands_for_are_named_in_the_list_of_references() -> None:
    note, shown = "A. Roe, B. Doe, C. Poe and D. Loe, *Quays*", "A. Roe et al., Quays"
    assert not faithful(note, shown)
    assert faithful(note, shown, "Roe, A., B. Doe, C. Poe, and D. Loe, Quays")


@pytest.mark.parametrize(
    ("note", "cites"),
    [
        ("Rashid 2008, p. 44.", True),
        ("*Ibid.*, 4.", True),
        ("Dawn, “Kabul talks end”, 2024", True),
        ("محمد، «الميناء»، القاهرة، ٢٠١٥، ص ٢٠.", True),
        ("See <https://example.org/>.", True),
        ("The author thanks *all* of them.", False),
        ("The law was repealed in 2004.", False),
    ],
)
def test_a_note_that_seems_to_cite_is_told_from_a_remark(note: str, cites: bool) -> None:
    assert looks_like_reference(note) is cites


@pytest.mark.parametrize(
    ("note", "in_place"),
    [
        ("See Jane Roe, *Quays* (Oxford: OUP, 2001), 5; contra Al Doe, “X”, *Dawn*, 2004.", True),
        ("Jane Roe, *Quays* (Oxford: OUP, 2001), 5. More in Cairo.", True),
        ("The author’s own words.", True),
        ("Jane Roe, *Quays*, rev. ed. (Oxford: OUP, 2001), 5.", False),
        ("Jane Roe, *Quays*, vol. 2 (Oxford: OUP, 2001), 5.", False),
        (
            "“Talks”, YouTube, May 7, 2024, video, 1:02:15, https://www.youtube.com/watch?v=abc",
            False,
        ),
    ],
)
def test_what_was_taken_out_of_the_middle_of_a_reference_is_not_in_place(
    note: str, in_place: bool
) -> None:
    assert is_in_place(note, parse(note)) is in_place
