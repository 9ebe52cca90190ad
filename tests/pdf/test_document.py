"""The document that goes to the engine: notices, lines of the edition, directions, names."""

import datetime as dt
import io
import re
from dataclasses import replace
from itertools import pairwise

import pdfplumber
import pytest

from briefs.composition import BylineLine, ComposedSource, Composition, Topic
from briefs.pdf import TypesettingError, typeset
from briefs.pdf.document import job_for
from briefs.pdf.labels import LABELS, date
from briefs.pdf.letters import spelt
from briefs.pdf.urls import breakable
from tests.pdf.compositions import make_composition, make_letterhead, with_notes

CHANGED = dt.datetime(2026, 5, 3, 9, tzinfo=dt.UTC)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
URDU = "پاکستان اور افغانستان کے درمیان تعلقات"


def first_page(composition: Composition) -> str:
    with pdfplumber.open(io.BytesIO(typeset(composition).content)) as document:
        return document.pages[0].extract_text(x_tolerance=1.5)


def html_of(**values: object) -> str:
    return job_for(make_composition(**values)).html


def test_a_correction_says_so_at_the_head_and_at_each_foot() -> None:
    page = first_page(
        make_composition(
            number=2, kind="correction", change_note="A figure.", public_from=CHANGED, series=""
        )
    )
    assert page.index("Corrected 3 May 2026") < page.index("A brief")
    assert "Edition 2 · corrected 3 May 2026: A figure." in page.splitlines()[-1]


def test_a_retraction_stands_above_the_title() -> None:
    page = first_page(
        make_composition(number=3, kind="retraction", change_note="Unsound.", public_from=CHANGED)
    )
    assert page.index("Retracted 3 May 2026") < page.index("Unsound.") < page.index("A brief")


def test_a_retraction_is_seen_on_every_page_and_in_the_title() -> None:
    brief = make_composition(
        title="Water", number=2, kind="retraction", body="<p>Words.</p>" * 90, public_from=CHANGED
    )
    with pdfplumber.open(io.BytesIO(typeset(brief).content)) as document:
        title = document.metadata["Title"]
        texts = [page.extract_text(x_tolerance=1.5) for page in document.pages]
        marks = [
            "".join(c["text"] for c in page.chars if not c["upright"]) for page in document.pages
        ]
        inks = {c["non_stroking_color"] for c in document.pages[1].chars if 10 < c["size"] < 11}
    assert title == "Retracted: Water"
    assert "\nRetracted: Water\n" in texts[0]
    assert len(texts) > 2
    assert all(text.startswith("Retracted: Water") for text in texts[1:])
    assert marks == ["RETRACTED"] * len(texts)
    assert len(inks) == 1
    assert max(inks.pop()) < 0.15, "the text is in full ink"


def test_only_a_retraction_bears_its_mark() -> None:
    html = html_of(kind="correction", number=2, change_note="A figure.")
    assert "Retracted" not in html


def test_lines_at_the_foot_end_between_words() -> None:
    note = (
        "We were wrong about the number of refugees, and about the date of the visit of the envoy."
    )
    html = html_of(kind="correction", number=2, change_note=note, title="Word " * 30)
    [line] = re.findall(r'running-edition" data-label="([^"]*)', html)
    assert line == (
        "Edition 2 · corrected: We were wrong about the number of refugees, and about the…"
    )
    [title] = re.findall(r'running-title" data-label="([^"]*)', html)
    assert title.endswith("Word…")


def test_a_word_longer_than_the_line_is_cut_with_an_ellipsis() -> None:
    assert f'data-label="{"X" * 63}…"' in html_of(title="X" * 200)


def test_line_breaks_of_disclaimer_and_summary_are_kept() -> None:
    html = html_of(disclaimer="One.\nTwo.", summary="Three.\nFour.")
    assert "One.<br>Two." in html
    assert "Three.<br>Four." in html


@pytest.mark.parametrize("kind", ["original", "typo"])
def test_an_original_and_a_slip_need_no_notice(kind: str) -> None:
    assert 'class="notice' not in html_of(kind=kind, number=2, change_note="A slip.")


def test_what_editors_type_is_text_not_markup() -> None:
    evil = '<img src=x><script>"&'
    html = html_of(
        title=evil,
        subtitle=evil,
        summary=evil,
        disclaimer=evil,
        series=evil,
        kind="correction",
        change_note=evil,
        licence=evil,
        byline=(BylineLine(evil, evil, evil, evil),),
        letterhead=make_letterhead(name=evil, short_name=evil, address=evil, phone=evil),
        address='javascript:"><img>',
    )
    assert "<script" not in html
    assert re.findall(r"<img[^>]*>", html) == [
        '<img class="mark" src="img/mark.svg" alt="">',
        '<img class="qr" src="img/address.svg" alt="">',
    ]


@pytest.mark.parametrize("accent", ["red", "#12345", "#123456; } body { display: none", ""])
def test_an_accent_that_is_no_colour_is_replaced(accent: str) -> None:
    job = job_for(make_composition(letterhead=make_letterhead(accent=accent)))
    assert re.findall(r"<html[^>]*style=\"([^\"]*)\"", job.html) == ["--institute: #1f4e5f"]


def test_the_accent_colours_letterhead_and_mark() -> None:
    job = job_for(make_composition(letterhead=make_letterhead(accent="#7A1F2B")))
    assert re.findall(r"<html[^>]*style=\"([^\"]*)\"", job.html) == ["--institute: #7a1f2b"]
    assert b"#7a1f2b" in job.assets["img/mark.svg"]


def test_the_colophon_carries_the_address_for_a_camera() -> None:
    job = job_for(make_composition(address="https://issi.example/a/"))
    other = job_for(make_composition(address="https://issi.example/b/"))
    assert '<img class="qr" src="img/address.svg" alt="">' in job.html
    assert job.assets["img/address.svg"].startswith(b"<svg")
    assert job.assets["img/address.svg"] != other.assets["img/address.svg"]
    assert "qr" not in job_for(make_composition(address="")).html


def test_numbers_are_in_the_language_s_digits_where_the_institute_asks() -> None:
    letterhead = make_letterhead(digits="own")
    brief = with_notes("<p>A*</p>" * 12, ["B"] * 12, language="ur", letterhead=letterhead)
    assert 'id="fn-12" data-number="۱۲"' in job_for(brief).html
    with pdfplumber.open(io.BytesIO(typeset(brief).content)) as document:
        assert "۱" in document.pages[0].extract_text().splitlines()[-1]
    assert '<span class="dated">۷ اپریل ۲۰۲۵</span>' in job_for(brief).html
    assert "<dd>۱</dd>" in job_for(brief).html
    assert "© ۲۰۲۵" in job_for(brief).html
    english = with_notes("<p>A*</p>", ["B"], letterhead=letterhead)
    assert 'data-number="1"' in job_for(english).html


def test_a_house_may_print_on_letter() -> None:
    letter = make_composition(letterhead=make_letterhead(paper="letter"))
    with pdfplumber.open(io.BytesIO(typeset(letter).content)) as document:
        assert (document.pages[0].width, document.pages[0].height) == (612, 792)


def test_references_stand_after_the_text_where_the_series_asks() -> None:
    source = ComposedSource(key="k", csl={}, html="A. Khan, <em>Ties</em>.", text="", notes=(1,))
    brief = make_composition(references=(source,))
    assert "<em>Ties</em>" not in job_for(brief).html
    listed = job_for(replace(brief, lists_references=True)).html
    assert re.search(
        r"</article>\s*<section class=\"reference-list\">\s*<h2>References</h2>", listed
    )
    assert "A. Khan, <em>Ties</em>." in listed


def test_logo_and_cover_come_from_the_given_assets() -> None:
    composition = make_composition(
        letterhead=make_letterhead(logo="images/aa/logo.png"),
        cover="images/bb/cover.png",
        cover_alt="A bridge",
    )
    assets = {"images/aa/logo.png": PNG, "images/bb/cover.png": PNG}
    assert typeset(composition, assets=assets).pages == 1
    html = job_for(composition, assets=assets).html
    assert '<img src="media/images/bb/cover.png" alt="A bridge">' in html


@pytest.mark.parametrize("assets", [{}, None])
def test_a_missing_picture_refuses_the_pdf(assets: dict[str, bytes] | None) -> None:
    with pytest.raises(TypesettingError, match=r"^The picture images/bb/cover\.png "):
        typeset(make_composition(cover="images/bb/cover.png"), assets=assets)


def test_a_picture_that_is_none_refuses_the_pdf() -> None:
    composition = make_composition(cover="images/bb/cover.png")
    with pytest.raises(TypesettingError, match="Failed to load image"):
        typeset(composition, assets={"images/bb/cover.png": b"not a picture"})


def test_letters_that_no_face_has_refuse_the_pdf() -> None:
    with pytest.raises(TypesettingError, match=r"no letter for “한” \(U\+D55C\)"):
        typeset(make_composition(title="한"))


def test_a_missing_letter_is_shown_among_its_words() -> None:
    with pytest.raises(TypesettingError) as caught:
        typeset(make_composition(body="<p>As said in ①, it <em>holds</em>.</p>"))
    assert str(caught.value).startswith(
        "The bundled faces have no letter for “①” (U+2460), as in “"
    )
    assert "As said in ①, it holds" in str(caught.value)


def test_signs_that_no_face_has_are_spelt_where_letters_say_the_same() -> None:
    page = first_page(make_composition(title="Volume Ⅳ", body="<p>It costs ₨\u00a0500.</p>"))
    assert "Volume IV" in page
    assert "costs Rs\u00a0500" in page.replace("Rs 500", "Rs\u00a0500")
    assert spelt('<a title="Ⅳ">ⅳ</a>') == '<a title="Ⅳ">iv</a>'


def test_a_brief_in_urdu_is_set_from_the_right_and_keeps_its_words() -> None:
    brief = with_notes(
        f"<p>{URDU}۔*</p>", [f"{URDU}۔"], language="ur", title=URDU, summary="یہ خلاصہ ہے۔"
    )
    job = job_for(brief)
    assert '<html lang="ur" dir="rtl" ' in job.html
    assert any("amiri" in name for name in job.assets)
    with pdfplumber.open(io.BytesIO(typeset(brief).content)) as document:
        page = document.pages[0]
        title = max(page.chars, key=lambda char: char["size"])
        mark = page.curves[0]["x0"]
    assert title["x0"] > 80
    assert mark > page.width / 2


@pytest.mark.parametrize("language", LABELS)
def test_every_language_has_every_label_of_its_own(language: str) -> None:
    words = LABELS[language]
    assert words.page.count("{}") == 2
    if language == "en":
        return
    own = {"topics", "edition", "address", "retracted", "corrected", "updated", "slips", "disowned"}
    assert all(getattr(words, name) != getattr(LABELS["en"], name) for name in own)


def test_a_language_without_labels_has_english_ones() -> None:
    assert "<dt>Edition</dt>" in html_of(language="de")
    assert "<dt>Édition</dt>" in html_of(language="fr-CA")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["Rétracté", "Thèmes", "mer, droit", "3 mai 2026", "Tous droits réservés."]),
        ("ru", ["Отозвано", "Темы", "mer, droit", "3 мая 2026", "Все права защищены."]),
        ("zh", ["已撤回", "主题", "mer、droit", "2026年5月3日"]),
        ("ar", ["تم السحب", "الموضوعات", "mer، droit", "جميع الحقوق محفوظة."]),
        ("ur", ["واپس لیا گیا", "موضوعات", "mer، droit", "جملہ حقوق محفوظ ہیں۔"]),
    ],
)
def test_labels_dates_and_commas_are_those_of_the_language(language: str, words: list[str]) -> None:
    html = html_of(
        language=language,
        kind="retraction",
        number=2,
        public_from=CHANGED,
        topics=(Topic("mer", "m"), Topic("droit", "d")),
        licence="all-rights-reserved",
    )
    assert [word for word in words if word not in html] == []
    assert "Retracted" not in html


def test_the_first_of_a_month_is_an_ordinal_in_french() -> None:
    assert date(dt.date(2026, 5, 1), "fr") == "1er mai 2026"
    assert date(dt.date(2026, 5, 11), "fr") == "11 mai 2026"


def test_addresses_in_a_text_from_the_right_stand_in_boxes_of_their_own() -> None:
    note = f'{URDU} <a href="https://a.example/b.">https://a.example/b</a>۔'
    html = job_for(with_notes(f"<p>{URDU}*</p>", [note], language="ur")).html
    box = '<span class="from-left">https://a\u200b.example/\u200bb</span></a>۔'
    assert box in html


def test_a_latin_note_in_a_text_from_the_right_runs_from_the_left() -> None:
    html = job_for(with_notes(f"<p>{URDU}*</p>", ["A. Khan, <em>Dawn</em>."], language="ur")).html
    assert '<span class="whole" dir="ltr">A. Khan, <em>Dawn</em>.</span>' in html


def test_paragraphs_from_the_right_stand_apart() -> None:
    brief = make_composition(language="ur", body=f"<p>{URDU}</p>" * 4)
    with pdfplumber.open(io.BytesIO(typeset(brief).content)) as document:
        chars = [c for c in document.pages[0].chars if 11 < c["size"] < 11.5]
        tops = sorted({round(c["doctop"]) for c in chars})
        edges = [max(c["x1"] for c in chars if round(c["doctop"]) == top) for top in tops]
    steps = [after - before for before, after in pairwise(tops)]
    assert len(steps) == 3
    assert min(steps) > 22
    assert max(edges) - min(edges) < 1


def test_arabic_faces_are_left_out_where_no_arabic_stands() -> None:
    assert not any("scheherazade" in name for name in job_for(make_composition()).assets)


def test_french_is_dated_in_french() -> None:
    assert "7\u00a0avril 2025" in html_of(language="fr")


def test_markup_in_a_heading_does_not_reach_its_bookmark() -> None:
    brief = with_notes("<h2>Heading*</h2><p>Text.</p>", ["A note."])
    content = typeset(brief).content
    with pdfplumber.open(io.BytesIO(content)) as document:
        titles = [title for _, title, *_ in document.doc.get_outlines()]
    assert [title.strip() for title in titles] == ["A brief", "Heading"]


@pytest.mark.parametrize(
    ("html", "broken"),
    [
        ("no address / at all.", "no address / at all."),
        ("https://a.org/b", "https://a|.org/|b"),
        ('<a href="https://a.org/b">x</a>', '<a href="https://a.org/b">x</a>'),
        ("<a>https://a.org/b?c=d&amp;e=f</a>.", "<a>https://a|.org/|b|?c|=d|&amp;e|=f</a>."),
        ("&lt;https://a.org/b/&gt;,", "&lt;https://a|.org/|b/|&gt;,"),
        ("(see https://a.org/b).", "(see https://a|.org/|b)."),
    ],
)
def test_addresses_break_before_their_punctuation(html: str, broken: str) -> None:
    assert breakable(html) == broken.replace("|", "\u200b")


def test_a_picture_of_the_text_comes_in_the_size_that_paper_needs() -> None:
    large, small = (f"images/{two}/{two}{'0' * 62}.jpg" for two in ("ab", "cd"))
    body = (
        f'<figure><img src="{large}" alt="A" width="2400" height="10"></figure>'
        f'<figure><img src="{small}" alt="B" width="1280" height="10"></figure>'
    )
    smaller = large.replace(".jpg", "-1280.jpg")
    job = job_for(make_composition(body=body), assets={smaller: b"1", small: b"2"})
    assert f'<img src="media/{smaller}" alt="A">' in job.html
    assert f'<img src="media/{small}" alt="B">' in job.html
