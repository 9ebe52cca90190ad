"""A brief's notes in house style."""

import re
from typing import Any

import pytest

from briefs import pandoc
from briefs.citations import Cite, UnknownSource, render
from briefs.citations.render import _kept_answer

from .nine_notes import AS_PRINTED, SLIPS, SOURCES

BOOK = {
    "type": "book",
    "title": "Descent into Chaos: The United States and the Failure of Nation Building",
    "author": [{"family": "Rashid", "given": "Ahmed"}],
    "publisher": "Viking",
    "publisher-place": "New York",
    "issued": {"date-parts": [[2008]]},
}
ARTICLE = {
    "type": "article-newspaper",
    "title": "Border reopens",
    "container-title": "Dawn",
    "issued": {"date-parts": [[2025, 3]]},
}


def one(item: dict[str, Any], *, locator: str = "", language: str = "en") -> str:
    return render([[Cite("k", locator)]], {"k": item}, language=language).notes[0].text


def texts(*notes: list[str | Cite], language: str = "en") -> list[str]:
    sources = {"book": BOOK, "article": ARTICLE}
    return [note.text for note in render(notes, sources, language=language).notes]


def as_the_house_prints(number: int) -> str:
    text = AS_PRINTED[number - 1]
    for slipped, printed, correct, reason in SLIPS:
        if slipped == number:
            assert text.count(printed) == 1, reason
            text = text.replace(printed, correct)
    return text


def as_marked(html: str) -> str:
    html = re.sub(r'<a href="([^"]*)">\1</a>', r"<\1>", html)
    return re.sub(r"</?em>", "*", html)


def test_the_nine_notes_come_out_as_printed_but_for_the_slips_of_the_original():
    sources = {str(number): item for number, item in enumerate(SOURCES, 1)}
    rendered = render([[Cite(key)] for key in sources], sources, language="en")
    assert [as_marked(note.html) for note in rendered.notes] == [
        as_the_house_prints(number) for number in range(1, 10)
    ]


def test_the_list_of_references_stands_in_order_of_author_or_title():
    sources = {str(number): item for number, item in enumerate(SOURCES, 1)}
    rendered = render([[Cite(key)] for key in sources], sources, language="en")
    assert [reference.key for reference in rendered.references] == list("975238641"[:0]) + [
        "9", "7", "5", "2", "3", "6", "8", "4", "1",
    ]  # fmt: skip
    assert rendered.references[1].text.startswith("Boone, Jon, “Pakistan ‘walking the talk’")


def test_a_brief_is_one_run_of_pandoc_and_one_without_citations_is_none(monkeypatch):
    calls = []

    def run(args, data, **limits):
        calls.append(args)
        return original(args, data, **limits)

    original = pandoc.run
    _kept_answer.cache_clear()
    monkeypatch.setattr(pandoc, "run", run)
    assert render([], {}, language="en").notes == ()
    assert render([["prose"]], {"k": BOOK}, language="en").notes[0].html == "prose"
    assert not calls
    texts([Cite("book")], [Cite("article")], [Cite("book", "4")])
    assert len(calls) == 1


def test_the_same_citations_are_asked_for_once_whatever_is_written_around_them(monkeypatch):
    calls = []

    def run(args, data, **limits):
        calls.append(args)
        return original(args, data, **limits)

    original = pandoc.run
    _kept_answer.cache_clear()
    monkeypatch.setattr(pandoc, "run", run)
    first = texts(["See ", Cite("book", "p. 4")], [Cite("article")])
    again = texts(["But see ", Cite("book", "p. 4"), ", once more"], [Cite("article")])
    assert (len(calls), again) == (1, [f"But s{first[0][1:]}, once more", first[1]])
    assert texts([Cite("article")], [Cite("book", "p. 4")]) != first
    assert one({**BOOK, "URL": "https://a.example/"}) != one({**BOOK, "URL": "https://b.example/"})
    assert len(calls) == 3


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        (BOOK, "Ahmed Rashid, Descent into Chaos: The United States and the Failure of Nation Building (New York: Viking, 2008)"),
        (
            {"type": "article-journal", "title": "On X", "container-title": "Survival", "volume": "62",
             "issue": "3", "page": "45-67", "issued": "2020-06", "DOI": "https://doi.org/10.1080/1",
             "author": [{"family": "Roy", "given": "A."}, {"family": "Ali", "given": "B."}]},
            "A. Roy and B. Ali, “On X”, Survival 62, no. 3 (2020): 45–67, https://doi.org/10.1080/1",
        ),
        (
            {"type": "chapter", "title": "Trade", "container-title": "South Asia", "page": "3-19",
             "editor": [{"family": "Bose", "given": "S."}], "publisher": "OUP",
             "publisher-place": "Delhi", "issued": "1999", "edition": "12",
             "author": [{"family": "Roy", "given": "A."}]},
            "A. Roy, “Trade”, in South Asia, ed. by S. Bose, 12th ed. (Delhi: OUP, 1999), pp. 3–19",
        ),
        (
            {"type": "thesis", "title": "Water", "genre": "PhD diss.", "publisher": "QAU",
             "issued": "2019", "author": [{"family": "Roy", "given": "A."}]},
            "A. Roy, “Water” (PhD diss., QAU, 2019)",
        ),
        (
            {"type": "report", "title": "Debt", "genre": "Working Paper", "number": "12",
             "publisher": "IMF", "issued": "2021-05", "author": [{"literal": "IMF"}]},
            "IMF, “Debt”, Working Paper 12, May 2021",
        ),
        (
            {"type": "webpage", "title": "About", "container-title": "NATO",
             "URL": "https://nato.int/x", "accessed": "2025-03-25"},
            "“About”, NATO, accessed March 25, 2025, https://nato.int/x",
        ),
        (
            {"type": "article-newspaper", "title": "News", "container-title": "Dawn",
             "issued": "2025-03-25", "accessed": "2025-03-26", "URL": "https://d.pk/1"},
            "“News”, Dawn, March 25, 2025, https://d.pk/1",
        ),
        (
            {"type": "interview", "author": [{"family": "Khan", "given": "A."}],
             "event-place": "Kabul", "issued": "2024-05-01"},
            "A. Khan, interview, Kabul, May 1, 2024",
        ),
        (
            {"type": "interview", "title": "On peace", "author": [{"family": "Khan", "given": "A."}],
             "interviewer": [{"family": "Roy", "given": "B."}], "issued": "2024"},
            "A. Khan, “On peace”, interview by B. Roy, 2024",
        ),
        (
            {"type": "personal_communication", "author": [{"family": "Khan", "given": "A."}],
             "issued": "2024-05-01"},
            "A. Khan, personal communication, May 1, 2024",
        ),
        (
            {"type": "legislation", "title": "Elections Act", "container-title": "Gazette of Pakistan",
             "number": "XXXIII", "issued": "2017"},
            "Elections Act, Gazette of Pakistan, XXXIII, 2017",
        ),
        (
            {"type": "dataset", "title": "Conflict data", "version": "v2", "publisher": "ACLED",
             "issued": "2023", "DOI": "10.5555/abc"},
            "“Conflict data”, v2, ACLED, 2023, https://doi.org/10.5555/abc",
        ),
        (
            {"type": "speech", "title": "Opening", "author": [{"family": "Dar", "given": "I."}],
             "event-title": "OIC summit", "event-place": "Jeddah", "issued": "2025-03-07"},
            "I. Dar, “Opening”, OIC summit, Jeddah, March 7, 2025",
        ),
        (
            {"type": "post", "title": "Talks held", "container-title": "X", "issued": "2025-03-07",
             "author": [{"literal": "MoFA (@ForeignOfficePk)"}], "URL": "https://x.com/a/1"},
            "MoFA (@ForeignOfficePk), “Talks held”, X, March 7, 2025, https://x.com/a/1",
        ),
    ],
)  # fmt: skip
def test_each_kind_of_source_has_its_form(item, printed):
    assert one(item) == printed


def test_an_archived_copy_stands_in_brackets_after_the_address():
    item = ARTICLE | {"URL": "https://d.pk/1", "archive_location": "https://web.archive.org/d.pk"}
    assert one(item).endswith("March 2025, https://d.pk/1 [https://web.archive.org/d.pk]")
    del item["URL"]
    assert one(item).endswith("March 2025, https://web.archive.org/d.pk")


@pytest.mark.parametrize(
    ("locator", "printed"),
    [
        ("p. 4", "p. 4"),
        ("4", "p. 4"),
        ("144", "p. 144"),
        ("pp. 4-6", "pp. 4–6"),
        ("pp. 14–16, 20", "pp. 14–16, 20"),
        ("xii", "p. xii"),
        ("para. 12", "para. 12"),
        ("art. 3", "art. 3"),
        ("paras. 12-14", "paras. 12–14"),
        ("see the 'map'", "see the ‘map’"),
        ("{x} [y] <z> @k", "{x} [y] <z> @k"),
    ],
)
def test_a_locator_stands_before_the_address(locator, printed):
    item = ARTICLE | {"URL": "https://d.pk/1"}
    assert (
        one(item, locator=locator)
        == f"“Border reopens”, Dawn, March 2025, {printed}, https://d.pk/1"
    )


def test_the_first_citation_is_full_and_later_ones_are_short():
    first, _, later, also = texts(
        [Cite("book")], [Cite("article")], [Cite("book", "9")], [Cite("article")]
    )
    assert first.endswith("(New York: Viking, 2008)")
    assert later == "Rashid, Descent into Chaos, p. 9"
    assert also == "“Border reopens”"


def test_ibid_stands_for_the_only_source_of_the_note_before():
    assert texts([Cite("book", "4")], [Cite("book", "4")], [Cite("book", "5")])[1:] == [
        "Ibid.",
        "Ibid., p. 5",
    ]


@pytest.mark.parametrize("signal", ["Cf. ", "But cf. ", "See, e.g. ", "Vgl. ", "Ср. "])
def test_ibid_after_an_abbreviated_signal_begins_no_sentence(signal):
    assert texts([Cite("book")], [signal, Cite("book", "6")])[1] == f"{signal}ibid., p. 6"


def test_ibid_at_the_end_of_a_sentence_has_one_full_stop():
    assert texts([Cite("book"), "."], [Cite("book"), ". More…"])[1] == "Ibid. More…"


def test_ibid_without_a_page_is_not_said_of_a_page():
    assert texts([Cite("book", "4")], [Cite("book")])[1] == "Rashid, Descent into Chaos"


def test_ibid_does_not_reach_over_a_note_of_prose():
    assert texts([Cite("book")], ["Prose."], [Cite("book")])[2] == "Rashid, Descent into Chaos"


def test_ibid_is_not_said_after_a_note_with_two_sources():
    notes = texts([Cite("article"), "; ", Cite("book")], [Cite("book")])
    assert notes[1] == "Rashid, Descent into Chaos"


def test_ibid_is_only_said_of_the_first_citation_in_a_note():
    notes = texts([Cite("book")], ["Thus ", Cite("book"), " and again ", Cite("book", "7"), "."])
    assert notes[1] == "Thus ibid. and again Rashid, Descent into Chaos, p. 7."


def test_citations_side_by_side_are_parted():
    assert texts([Cite("article"), Cite("book", "3")], [Cite("book"), " ", Cite("article")])[1] == (
        "Rashid, Descent into Chaos; “Border reopens”"
    )


def test_free_text_stays_as_it_is():
    note = ["“see” (<em>inter alia</em>) -- <a href=\"https://e.org/?a=1&amp;b='2'\">x</a> "]
    rendered = render([[*note, Cite("k"), " <br>e.g.  more"]], {"k": ARTICLE}, language="en")
    assert rendered.notes[0].html == (
        note[0] + "“Border reopens”, <em>Dawn</em>, March 2025 <br>e.g.  more"
    )
    assert rendered.notes[0].text.startswith("“see” (inter alia) -- x “Border")


def test_markup_and_scripts_of_a_source_are_text():
    item = {
        "type": "webpage",
        "title": "<script>alert(1)</script> & <i>Nature</i> <b>b</b> H<sub>2</sub>O 3 < 4",
        "author": [{"literal": "<img src=x onerror=alert(1)>"}],
        "container-title": "*a* _b_ `c` $d$ [e](http://f) @k",
        "URL": 'https://e.org/?"><script>',
    }
    html = render([[Cite("k")]], {"k": item}, language="en").notes[0].html
    assert html == (
        "&lt;img src=x onerror=alert(1)&gt;, “&lt;script&gt;alert(1)&lt;/script&gt; &amp; "
        "<em>Nature</em> b H2O 3 &lt; 4”, *a* _b_ `c` $d$ [e](http://f) @k, "
        '<a href="https://e.org/?&quot;&gt;&lt;script&gt;">https://e.org/?"&gt;&lt;script&gt;</a>'
    )


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "www.dawn.com/x", "//e.org", "file:///etc/x"]
)
def test_only_web_addresses_become_links(url):
    html = render([[Cite("k")]], {"k": ARTICLE | {"URL": url}}, language="en").notes[0].html
    assert html == f"“Border reopens”, <em>Dawn</em>, March 2025, {url}"


def test_an_address_is_printed_letter_by_letter():
    url = "https://e.org/a--b'c/“d”/%D9%85?x=1&y=%20+...#frag_*z*"
    assert one(ARTICLE | {"URL": url}).endswith(url)


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        (
            {"type": "article-newspaper", "title": "پاک افغان تعلقات", "container-title": "روزنامہ جنگ",
             "author": [{"family": "خان", "given": "طاہر"}], "issued": "2025-03-24"},
            "طاہر خان, “پاک افغان تعلقات”, روزنامہ جنگ, March 24, 2025",
        ),
        (
            {"type": "article-newspaper", "title": "中国与阿富汗", "container-title": "人民日报",
             "author": [{"family": "王", "given": "毅"}], "issued": "2025-03-24"},
            "王毅, “中国与阿富汗”, 人民日报, March 24, 2025",
        ),
    ],
)  # fmt: skip
def test_other_scripts_come_through_whole(item, printed):
    assert one(item) == printed


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", "“Border ‘reopens’ again”, Dawn, March 24, 2025, pp. 4–6"),
        ("fr", "«\xa0Border “reopens” again\xa0», Dawn, 24 mars 2025, p.\xa04‑6"),
        ("ru", "«Border „reopens“ again», Dawn, 24.03.2025, сс. 4–6"),
        ("zh", "《Border 〈reopens〉 again》, Dawn, 2025年3月24日, 页 4～6"),
        ("ar", "«Border “reopens” again», Dawn, 24 مارس 2025, ص 4–6"),
        ("ur", "”Border ’reopens‘ again“, Dawn, 24 مارچ 2025, ص 4–6"),
        ("not a language!", "“Border ‘reopens’ again”, Dawn, March 24, 2025, pp. 4–6"),
    ],
)
def test_words_dates_and_marks_follow_the_language_of_the_brief(language, printed):
    item = ARTICLE | {"title": 'Border "reopens" again', "issued": "2025-03-24"}
    shown = one(item, locator="pp. 4-6", language=language)
    assert shown.replace("p. ", "p.\xa0") == printed.replace("p. ", "p.\xa0")


def test_names_keep_their_first_letter_in_a_sentence():
    item = {"type": "book", "title": "All About Love", "author": [{"literal": "bell hooks"}]}
    assert one(item).startswith("bell hooks, All About Love")


def test_authors_whom_print_did_not_name_are_et_al():
    item = BOOK | {"author": [{"family": "Watkins", "given": "Andrew"}, {"literal": "et al."}]}
    rendered = render([[Cite("k")], ["."], [Cite("k", "4")]], {"k": item}, language="en")
    assert rendered.notes[0].text.startswith("Andrew Watkins et al., Descent")
    assert rendered.notes[2].text == "Watkins et al., Descent into Chaos, p. 4"
    assert rendered.references[0].text.startswith("Watkins, Andrew et al., Descent")


def test_a_missing_source_is_reported_and_shown():
    with pytest.raises(UnknownSource, match=r"do not exist: gone\.") as raised:
        render([["See ", Cite("gone"), "."], [Cite("k")]], {"k": ARTICLE}, language="en")
    assert raised.value.keys == ("gone",)
    assert [note.text for note in raised.value.rendered.notes] == [
        "See [unknown source gone].",
        "“Border reopens”, Dawn, March 2025",
    ]
