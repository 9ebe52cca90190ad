"""Titles, bylines, dates and disclaimers as briefs print them, and what is not recognised."""

import datetime

import pytest

from briefs.manuscripts import BylineEntry, Manuscript, read
from briefs.manuscripts.byline import looks_like_name, units
from briefs.manuscripts.dates import parse
from briefs.manuscripts.languages import language
from briefs.manuscripts.titles import title_case

from .files import LONG, make_docx, paragraph, run


def read_text(*lines: str) -> Manuscript:
    return read("\n\n".join(lines).encode(), "brief.txt")


def read_word(*blocks: str) -> Manuscript:
    return read(make_docx(*blocks), "brief.docx")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("April 7, 2025", (2025, 4, 7)),
        ("7 April 2025", (2025, 4, 7)),
        ("7th April, 2025", (2025, 4, 7)),
        ("Apr. 7, 2025", (2025, 4, 7)),
        ("Sept 7 2025", (2025, 9, 7)),
        ("the 7 April 2025", None),
        ("Monday, April 7, 2025", (2025, 4, 7)),
        ("Date: 2025-04-07", (2025, 4, 7)),
        ("2025-04-07T10:00:00Z", (2025, 4, 7)),
        ("07/04/2025", (2025, 4, 7)),
        ("04/17/2025", (2025, 4, 17)),
        ("7.4.2025", (2025, 4, 7)),
        ("2025年4月7日", (2025, 4, 7)),
        ("(April 7, 2025)", (2025, 4, 7)),
        ("Published on 7 April 2025", (2025, 4, 7)),
        ("April 2025", (2025, 4, 1)),
        ("31 February 2025", None),
        ("On 7 April 2025 the border closed", None),
        ("1899846", None),
    ],
)
def test_a_line_is_a_date_or_it_is_not(line, day):
    assert parse(line) == (datetime.date(*day) if day else None)


@pytest.mark.parametrize(
    ("printed", "body", "title"),
    [
        ("PAKISTAN-AFGHANISTAN: RESETTING TIES", "", "Pakistan-Afghanistan: Resetting Ties"),
        (
            "THE TTP AND U.S. POLICY IN KABUL",
            "The TTP and the U.S.",
            "The TTP and U.S. Policy in Kabul",
        ),
        ("CHINA'S RISE: A VIEW FROM THE EAST", "China’s", "China's Rise: A View from the East"),
        ("PHASE II OF CPEC", "CPEC, and CPEC again", "Phase II of CPEC"),
        ("WHAT THEY AGREED ON", "", "What They Agreed On"),
        ("THE MCKINSEY REPORT", "as McKinsey says", "The McKinsey Report"),
        ("Kept as It Is", "", "Kept as It Is"),
        ("پاکستان اور افغانستان", "", "پاکستان اور افغانستان"),
        ("US AND IRAN", "The US and us all", "US and Iran"),
    ],
)
def test_a_title_in_capitals_is_given_title_case_with_care(printed, body, title):
    assert title_case(printed, body) == title


@pytest.mark.parametrize(
    ("affiliation", "found"),
    [
        ("Centre for Afghanistan (CAMEA), ISSI", ("Centre for Afghanistan", "CAMEA", "ISSI")),
        ("China Pakistan Study Centre (CPSC)", ("China Pakistan Study Centre", "CPSC", "")),
        ("CAMEA, ISSI", ("", "CAMEA", "ISSI")),
        ("Institute of Strategic Studies Islamabad (ISSI)", ("", "", "ISSI")),
        ("Arms Centre (ACDC), Institute of Studies (ISSI)", ("Arms Centre", "ACDC", "ISSI")),
        ("Quaid-i-Azam University, Islamabad", ("", "", "")),
    ],
)
def test_centre_and_institute_are_read_from_an_affiliation(affiliation, found):
    assert units(affiliation) == found


@pytest.mark.parametrize(
    ("line", "is_name"),
    [
        ("Amina Khan", True),
        ("Dr. Amina Khan", True),
        ("Khalid ibn al-Walid", True),
        ("Ambassador (R) Sohail Mahmood", True),
        ("آمنہ خان", True),
        ("Research Fellow", False),
        ("Department of Peace", False),
        ("the way forward", False),
        ("Towards 2030", False),
        ("It is over.", False),
    ],
)
def test_a_line_looks_like_a_name_or_it_does_not(line, is_name):
    assert looks_like_name(line) is is_name


def test_a_general_brief_in_word_styles_with_several_authors_and_a_date_below():
    found = read_word(
        paragraph("Water and Peace", style="Title"),
        paragraph("What the basin needs", style="Subtitle"),
        paragraph("By"),
        paragraph("Amina Khan and Sara Ali"),
        paragraph("Research Associates"),
        paragraph("Centre for Water (CFW), ISSI"),
        paragraph("Introduction", style="Heading1"),
        paragraph(LONG),
        paragraph("The way forward", style="Heading1"),
        paragraph("It is short."),
        paragraph("12 May 2024"),
    )
    assert (found.title, found.subtitle) == ("Water and Peace", "What the basin needs")
    assert [entry.name for entry in found.byline] == ["Amina Khan", "Sara Ali"]
    assert {entry.affiliation for entry in found.byline} == {"Centre for Water (CFW), ISSI"}
    assert found.centre_acronym == "CFW"
    assert found.dated == datetime.date(2024, 5, 12)
    assert found.disclaimer == ""
    assert found.body == (
        f"<h2>Introduction</h2><p>{LONG}</p><h2>The way forward</h2><p>It is short.</p>"
    )
    assert found.lost == ()
    assert found.warnings == ()


def test_authors_one_below_the_other_each_keep_their_lines():
    found = read_text(
        "Water and Peace",
        "By\nAmina Khan\nDirector\nCAMEA, ISSI\na.khan@issi.org.pk\n"
        "Sara Ali\nResearch Fellow\nUniversity of Lahore\ns.ali@example.org",
        "2025-01-31",
        LONG,
    )
    assert found.byline == (
        BylineEntry("Amina Khan", "Director", "CAMEA, ISSI", "a.khan@issi.org.pk"),
        BylineEntry("Sara Ali", "Research Fellow", "University of Lahore", "s.ali@example.org"),
    )
    assert found.lost == ()


@pytest.mark.parametrize(
    "lines",
    [
        ("By Amina Khan, Director, CAMEA",),
        ("Amina Khan, Director, CAMEA",),
        ("By: Amina Khan", "Director", "CAMEA"),
        ("Author: Amina Khan\nDirector, CAMEA",),
        ("Amina Khan\nDirector\nCAMEA",),
        ("AMINA KHAN", "Director", "CAMEA"),
        ("By Amina Khan | Director | CAMEA",),
    ],
)
def test_a_byline_is_recognised_in_its_usual_forms(lines):
    found = read_text("Water and Peace in the Basin", *lines, "7 April 2025", LONG)
    assert found.title == "Water and Peace in the Basin"
    assert found.byline == (BylineEntry("Amina Khan", "Director", "CAMEA"),)
    assert found.dated == datetime.date(2025, 4, 7)
    assert found.body == f"<p>{LONG}</p>"
    assert found.lost == ()


def test_a_title_in_bold_over_several_lines_is_one_title():
    found = read_text("WATER AND PEACE:\nTHE BASIN", "By\nAmina Khan", "April 7, 2025", LONG)
    assert found.title == "Water and Peace: The Basin"
    assert found.title_as_printed == "WATER AND PEACE: THE BASIN"


@pytest.mark.parametrize(
    ("line", "disclaimer"),
    [
        (
            "(Views expressed here are those of the author.)",
            "Views expressed here are those of the author.",
        ),
        (
            "Disclaimer: The views expressed are the author's own.",
            "The views expressed are the author's own.",
        ),
        ("*The opinions expressed here are personal*", "The opinions expressed here are personal"),
    ],
)
def test_a_disclaimer_is_recognised_above_and_below(line, disclaimer):
    above = read_text("Water and Peace", "By Amina Khan", line, LONG)
    below = read_text("Water and Peace", "By Amina Khan", LONG, line)
    assert above.disclaimer == below.disclaimer == disclaimer
    assert above.body == below.body == f"<p>{LONG}</p>"
    assert above.lost == below.lost == ()


def test_what_is_not_recognised_stays_in_the_text_and_is_reported():
    found = read_text("ISSUE BRIEF", "Water and Peace", "By Amina Khan", "7 April 2025", LONG)
    assert found.title == "Water and Peace"
    assert found.body == f"<p>ISSUE BRIEF</p><p>{LONG}</p>"
    assert any("ISSUE BRIEF" in warning for warning in found.warnings)


def test_a_text_without_front_matter_is_all_body():
    found = read_text(LONG, "A second paragraph, which is short.", "And a third.")
    assert found.title == ""
    assert found.byline == ()
    assert found.dated is None
    assert found.body.count("<p>") == 3
    assert found.lost == ()
    for what in ("title", "author", "date"):
        assert f"No {what} could be identified; look for it in the text." in found.warnings


def test_sections_are_not_taken_for_a_title_or_a_role():
    found = read_word(
        paragraph("Introduction", style="Heading1"),
        paragraph(LONG),
        paragraph("Conclusion", style="Heading1"),
        paragraph("It is short."),
    )
    assert found.title == ""
    assert found.body.startswith("<h2>Introduction</h2>")


def test_a_title_in_bold_letters_is_told_without_styles():
    found = read_word(paragraph(run("Water and Peace", "<w:b/>")), paragraph(LONG))
    assert found.title == "Water and Peace"


def test_a_vague_date_is_reported():
    found = read_text("Water and Peace", "By Amina Khan", "April 2025", LONG)
    assert found.dated == datetime.date(2025, 4, 1)
    assert any("April 2025" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("declared", "text", "found"),
    [
        ("en-US", "Plain words", "en"),
        ("", "Plain words", ""),
        ("en-US", "یہ اردو ہے، اور یہ ٹھیک ہے", "ur"),
        ("en-US", "هذه مقالة باللغة العربية", "ar"),
        ("ar-SA", "Plain words", ""),
        ("en-US", "巴基斯坦与阿富汗", "zh"),
        ("x; drop", "Plain words", ""),
        ("fr_FR", "Des mots", "fr"),
    ],
)
def test_the_language_is_told_by_letters_first(declared, text, found):
    assert language(declared, text) == found


@pytest.mark.parametrize(
    "lines",
    [
        ("7 April 2025", "Water and Peace", "Amina Khan", "Director"),
        ("Water and Peace", "7 April 2025", "Amina Khan", "Director"),
        ("ISSI", "Water and Peace", "By Amina Khan", "Director", "7 April 2025"),
        ("Institute of Studies", "Issue Brief", "Water and Peace", "By\nAmina Khan\nDirector\n2025-04-07"),
        ("Water and Peace", "Amina Khan*", "Director", "7 April 2025"),
    ],
)  # fmt: skip
def test_letterhead_and_order_of_lines_do_not_mislead(lines):
    found = read_text(*lines, LONG)
    assert found.title == "Water and Peace"
    assert found.byline == (BylineEntry("Amina Khan", "Director"),)
    assert found.dated == datetime.date(2025, 4, 7)
    assert found.lost == ()


def test_names_and_addresses_on_one_line_go_together():
    line = "By Amina Khan (amina@x.org) and Sara Ali (sara@x.org)"
    found = read_text("Water and Peace", line, "7 April 2025", LONG)
    assert found.byline == (
        BylineEntry("Amina Khan", email="amina@x.org"),
        BylineEntry("Sara Ali", email="sara@x.org"),
    )
    assert found.lost == ()


def test_an_address_without_an_author_stays_in_the_text():
    found = read_text("Water and Peace", "Emails: a@x.org, b@x.org", "By Amina Khan", LONG)
    assert found.subtitle == ""
    assert "a@x.org, b@x.org" in found.body


def test_a_short_sentence_under_a_name_is_no_role():
    found = read_text("Why Kabul Matters", "By Amina Khan", "The border closed. Why?", LONG)
    assert found.byline == (BylineEntry("Amina Khan"),)
    assert found.body.startswith("<p>The border closed. Why?</p>")


def test_a_title_told_by_its_place_alone_is_reported():
    found = read_text("Water and Peace", LONG)
    assert found.title == "Water and Peace"
    assert "The first line was taken for the title; look whether it is." in found.warnings


def test_a_title_style_under_a_letterhead_is_still_the_title():
    found = read_word(
        paragraph("ISSI"), paragraph("Water and Peace", style="Title"), paragraph(LONG)
    )
    assert found.title == "Water and Peace"
    assert found.body == f"<p>ISSI</p><p>{LONG}</p>"


def test_a_page_is_named_by_its_heading_and_not_by_its_tab():
    page = f"<title>Doc - Google</title><h1>Water and Peace</h1><p>By Amina Khan<br>Director</p><p>{LONG}</p>"
    found = read(page.encode(), "brief.html")
    assert found.title == "Water and Peace"
    assert found.byline == (BylineEntry("Amina Khan", "Director"),)
    assert found.body == f"<p>{LONG}</p>"
