"""Notes of a manuscript in a draft: in house style, or as they were printed."""

import pytest

from briefs.composition import compose
from briefs.intake import Intake, import_manuscript
from briefs.models import Source
from tests.factories import make_source, make_user

pytestmark = pytest.mark.django_db

KNOWN = "Jane Roe, *Quays* (Oxford: OUP, 2001), 5."
STANDS = "1 note stands as printed, because its reference was not understood beyond doubt."
AS_PRINTED = [
    "محمد حسنين هيكل، «خريف الغضب» (القاهرة: دار الشروق، 2015)، ص 20.",
    "محمد حسنين هيكل، *خريف الغضب*، القاهرة: دار الشروق، 2015، ص. 20.",
    "عبد الباري عطوان، «بعد القاعدة: الجيل التالي»، القدس العربي، 12 أبريل 2013، <https://www.alquds.co.uk/x>",
    "انظر: نبيل فهمي، «في قلب الأحداث»، الشروق، 3 مارس 2022.",
    "وزارة الخارجية المصرية، «بيان صحفي»، 5 مايو 2021، <https://mfa.gov.eg/1>.",
    "مركز الأهرام، «التقرير الاستراتيجي»، العدد 12، 2019، ص 33.",
    "طاہر خان، ”پاک افغان تعلقات میں پیش رفت“، روزنامہ جنگ، 24 مارچ 2025، <https://jang.com.pk/news/14521>",
    "دیکھیے: احمد رشید، *طالبان*، لاہور: مشعل، 2001، صفحہ 14۔",
    "عائشہ صدیقہ، ”فوج اور معیشت“، ڈان نیوز اردو، 3 جون 2019۔",
    "احمد رشید، «طالبان»، ترجمه اسدالله شفایی، تهران: دانش هستی، ۱۳۷۹.",
    "ن.ک. حسین بشیریه، *جامعه‌شناسی سیاسی* (تهران: نشر نی، ۱۳۷۴)، ص ۲۲.",
    "قارن Jane Roe, *Quays* (القاهرة: الشروق، 2001), ص 5.",
]


def imported(*notes: str, language: str = "en") -> Intake:
    calls = " ".join(f"Words.[^{number}]" for number in range(1, len(notes) + 1))
    text = "\n".join(f"[^{number}]: {note}\n" for number, note in enumerate(notes, 1))
    data = f"---\nlang: {language}\n---\n\n# T\n\nAda Author\n\n{calls}\n\n{text}".encode()
    return import_manuscript(data=data, filename="x.md", by=make_user())


def printed(intake: Intake) -> list[str]:
    return [note.text for note in compose(intake.brief).notes]


def bare(note: str) -> str:
    return note.replace("*", "").replace("<", "").replace(">", "")


@pytest.mark.parametrize("signal", ["Contra", "Pace", "But see", "As argued by", "Voir"])
def test_a_signal_is_printed_whether_or_not_the_source_is_known(signal: str) -> None:
    intake = imported(KNOWN, f"{signal} {KNOWN}", f"{signal} {KNOWN}"[:-2] + "6.")
    assert printed(intake)[1:] == [f"{signal} ibid.", f"{signal} ibid., p. 6."]
    assert len(intake.made) == 1


@pytest.mark.parametrize(
    "other",
    [
        "Jane Roe, *Quays*, 2nd ed. (Oxford: OUP, 2001), 5.",
        "Jane Roe, *Quays* (Oxford: Clarendon, 2001), 5.",
        "Jane Roe, *Quays*, trans. Al Doe (Oxford: OUP, 2001), 5.",
    ],
)
def test_a_note_whose_words_a_known_source_has_not_stands_as_printed(other: str) -> None:
    intake = imported(KNOWN, other)
    assert printed(intake)[1] == bare(other)
    assert STANDS in intake.warnings
    assert len(intake.made) == Source.objects.count() == 1
    assert [len(segments) for segments in intake.parsed.values()] == [2, 1]


def test_a_book_of_the_same_title_and_year_by_another_is_another_source() -> None:
    intake = imported(KNOWN, "Al Doe, *Quays* (Oxford: OUP, 2001), 5.")
    assert printed(intake)[1] == "Al Doe, Quays (Oxford: OUP, 2001), p. 5."
    assert len(intake.made) == 2
    assert not any("address" in warning for warning in intake.warnings)


def test_a_source_at_a_known_address_that_says_less_leaves_the_note_as_printed() -> None:
    make_source("Story", url="https://dawn.com/a")
    note = "Jo Doe, “Story”, *Dawn*, March 24, 2025, <https://dawn.com/a>"
    intake = imported(note)
    assert printed(intake) == [bare(note)]
    assert (intake.made, intake.known) == ([], [])


def test_a_month_that_house_style_leaves_out_leaves_the_note_as_printed() -> None:
    note = "A. Roy, “On X”, *Survival* 62, no. 3 (June 2020): 45–67."
    assert printed(imported(note)) == [bare(note)]


@pytest.mark.parametrize("note", AS_PRINTED)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_reference_in_arabic_script_that_would_be_rearranged_stands_as_printed(
    note: str, language: str
) -> None:
    intake = imported(note, language=language)
    assert printed(intake) == [bare(note)]
    assert STANDS in intake.warnings
    assert not Source.objects.exists()


def test_a_sentence_after_the_source_makes_no_second_source_of_it() -> None:
    book = "Jane Roe, *Quays* (Cairo: Shorouk, 2015), 20."
    intake = imported(f"{book} See <https://example.org/ar>.", book, f"{book} More is in Cairo.")
    assert len(intake.made) == 1
    assert intake.made[0].url == ""
    assert printed(intake) == [
        "Jane Roe, Quays (Cairo: Shorouk, 2015), p. 20. See https://example.org/ar.",
        "Ibid.",
        "Ibid. More is in Cairo.",
    ]


def test_notes_that_stand_as_printed_are_counted_and_remarks_are_not() -> None:
    intake = imported(KNOWN, "Rashid 2008, p. 44.", "*Ibid.*, 45.", "The author thanks them all.")
    assert (
        "2 notes stand as printed, because their references were not understood beyond doubt."
        in intake.warnings
    )
