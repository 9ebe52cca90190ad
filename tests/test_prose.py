import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs import prose
from briefs.prose import NoteCite

SOURCE = "11111111-2222-3333-4444-555555555555"
OWN = f"images/ab/ab{'0' * 62}.jpg"
CITE = f'<cite data-source="{SOURCE}" data-locator="p. 4"></cite>'


@pytest.mark.parametrize(
    ("given_html", "stored"),
    [
        ("loose words", "<p>loose words</p>"),
        ("<div>a</div><div>b</div>", "<p>a</p><p>b</p>"),
        ("<section>a<p>b</p>c</section>", "<p>a</p><p>b</p><p>c</p>"),
        ("<h1>Top</h1><h6>low</h6>", "<h2>Top</h2><h4>low</h4>"),
        ("<p><b>x</b> <i>y</i> <u>z</u></p>", "<p><strong>x</strong> <em>y</em> z</p>"),
        ("<p> </p><p>kept</p>", "<p>kept</p>"),
        ('<p onclick="x()" style="color:red" class="k" id="i">a</p>', "<p>a</p>"),
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ('<p><a href="javascript:alert(1)">a</a></p>', "<p>a</p>"),
        ('<p><a href="/relative">a</a></p>', "<p>a</p>"),
        ('<p><a href=" https://x.org/?a=1&b=2">a</a></p>',
         '<p><a href="https://x.org/?a=1&amp;b=2">a</a></p>'),
        ('<p lang="ur" dir="rtl">ا</p>', '<p lang="ur" dir="rtl">ا</p>'),
        ('<p dir="sideways">a</p>', "<p>a</p>"),
        ("<blockquote data-pull=x><p data-pull>a</p></blockquote>",
         '<blockquote data-pull=""><p>a</p></blockquote>'),
        ('<table><tr><td colspan="99999">a</td></tr></table>',
         '<table><tbody><tr><td colspan="100">a</td></tr></tbody></table>'),
        ("<p>a\x00b\x07c\ud800</p>", "<p>abc</p>"),
        ("<p>a\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffffb</p>", "<p>ab</p>"),
        ("<p>a&#xFFFF;&#x1;&#xFDD0;&#xD800;b</p>", "<p>a\ufffdb</p>"),
        ("<p>a" + f"&#{'9' * 5000};</p>", "<p>a\ufffd</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("a <3 &eacute;&copy &nosuch; b", "<p>a &lt;3 é© &amp;nosuch; b</p>"),
        ('<p><a href="https://x.org/?a=1&copy=2">a</a></p>',
         '<p><a href="https://x.org/?a=1&amp;copy=2">a</a></p>'),
        ('<ol start="۱۲"><li>a</ol>', "<ol><li>a</li></ol>"),
    ],
)  # fmt: skip
def test_cleaning_keeps_what_a_brief_may_hold(given_html: str, stored: str) -> None:
    assert prose.clean(given_html) == stored


@pytest.mark.parametrize(
    ("given_html", "stored"),
    [
        ("<p>a<math><mi>x</mi></math> b", "<p>ax b</p>"),
        ("<p>a<object data=x>old</object> b", "<p>aold b</p>"),
        ("<p>a<noscript><b>seen</b></noscript> b", "<p>a<strong>seen</strong> b</p>"),
        ("<p>a<svg><text>drawn</text></svg> b", "<p>adrawn b</p>"),
        ("<p>a<style>p { }</style><SCRIPT>x('</p>')</SCRIPT ><template><p>t</p></template>b",
         "<p>ab</p>"),
        ("<p>a<template>x<template>y</template>z</template>b", "<p>ab</p>"),
        ("<p>a<iframe>no frames</iframe>b<!-- no --><!>", "<p>ab</p>"),
        ("<p>a<script>never ended", "<p>anever ended</p>"),
        ("<p>a<!-- never ended", "<p>a&lt;!-- never ended</p>"),
        ("<p>a<b never ended", "<p>a&lt;b never ended</p>"),
        ('<p>a<a href="https://x.org>never ended</a> b', "<p>anever ended b</p>"),
    ],
)  # fmt: skip
def test_what_a_reader_would_have_seen_stays(given_html: str, stored: str) -> None:
    assert prose.clean(given_html) == stored


@pytest.mark.parametrize(
    ("given_html", "stored"),
    [
        ("<table>a<tr><td>b</table>",
         "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>"),
        ("<table><caption>a<p>b</p><tr><th>c<td>d</table>e",
         ('<table><caption>a<br>b</caption><tbody><tr><th scope="row">c</th><td>d</td></tr></tbody>'
          "</table><p>e</p>")),
        ("<tr><td>a<td>b", "<p>a</p><p>b</p>"),
        ("<table><form><tr><td>a</form></table>",
         "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        ("<table><tr><td>a<table><tr><td>b</table>c</table>d",
         ("<table><tbody><tr><td>a<table><tbody><tr><td>b</td></tr></tbody></table>c</td></tr>"
          "</tbody></table><p>d</p>")),
        ("<ul>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul><li>a</li> <ul><li>b</ul></ul>", "<ul><li>a<ul><li>b</li></ul></li> </ul>"),
        ("<li>a<li>b</li><p>c", "<ul><li>a</li><li>b</li></ul><p>c</p>"),
        ("<ul><li>a<p></p>b</ul>", "<ul><li>a b</li></ul>"),
        ("<h1>a</h3>b<p>c<em>d</p>e", "<h2>a</h2><p>b</p><p>c<em>d</em></p><p>e</p>"),
        ('<div lang="ur" dir="rtl">a<p>b<p dir="ltr">c</div>',
         '<p lang="ur" dir="rtl">a</p><p lang="ur" dir="rtl">b</p><p lang="ur" dir="ltr">c</p>'),
        ("<a href=https://x.org>a<em>b<a href=https://y.org>c",
         '<p><a href="https://x.org">a<em>b</em></a><a href="https://y.org">c</a></p>'),
    ],
)  # fmt: skip
def test_words_get_the_element_that_they_lack_and_keep_their_order(
    given_html: str, stored: str
) -> None:
    assert prose.clean(given_html) == stored


def test_a_note_keeps_text_italics_links_and_citations() -> None:
    body = (
        f'<p>Said.<span data-note="">See <em>Dawn</em> {CITE}, '
        '<a href="https://x.org">here</a></span> More.</p>'
    )
    assert prose.clean(body) == body


@pytest.mark.parametrize(
    ("given_html", "stored"),
    [
        ("<span data-note>a<span data-note>b</span></span>", '<span data-note="">ab</span>'),
        ('<a href="https://x.org">w<span data-note>n</span></a>', 'w<span data-note="">n</span>'),
        (f"outside {CITE}", "outside "),
        ('<span data-note>x<cite data-source="nonsense">word</cite></span>',
         '<span data-note="">xword</span>'),
        (f'<span data-note>{CITE.replace("></cite>", ">inside</cite>")}</span>',
         f'<span data-note="">{CITE}inside</span>'),
        ("<span data-note> </span>kept", "kept"),
        (f'<span data-note>{CITE.replace("></cite>", ">a<cite>b</cite></cite>")}</span>',
         f'<span data-note="">{CITE}ab</span>'),
        (f'<span data-note>{CITE.replace("></cite>", f">a{CITE}b</cite>")}c</span>',
         f'<span data-note="">{CITE}a{CITE}bc</span>'),
        (f'<span data-note>see <a href="https://x.org">in <em>{CITE}</em> link</a></span>',
         f'<span data-note="">see in <em>{CITE}</em> link</span>'),
    ],
)  # fmt: skip
def test_notes_and_citations_stand_only_where_they_may(given_html: str, stored: str) -> None:
    assert prose.clean(f"<p>{given_html}</p>") == f"<p>{stored}</p>"


@pytest.mark.parametrize(
    ("given_html", "note"),
    [
        ("<em>a</em><br>b", "<em>a</em><br>b"),
        ("First.<p>Second.</p>", "First.<br>Second."),
        ("<p>First.</p> <p>Second.</p>", "First.<br>Second."),
        ("<p>First.<p>Second.", "First.<br>Second."),
        ("x<ul><li>a</li><li><b>b</b></li></ul>y", "x<br>a<br><strong>b</strong><br>y"),
        ("<table><tr><td>a<td>b</table>", "a<br>b"),
        ("<span class=k><div>a</div><hr>b</span>", "a<br>b"),
        (f"<p>{CITE}</p><p>b</p>", f"{CITE}<br>b"),
        ("<h2>a</h2><blockquote>b</blockquote>", "a<br>b"),
    ],
)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Said", " tail.</p>"),
        ("<ul><li>Said", " tail.</li></ul>"),
        ("<h2><em>Said", " tail.</em></h2>"),
        ("<table><tbody><tr><td>Said", " tail.</td></tr></tbody></table>"),
    ],
)
def test_the_blocks_of_a_note_become_its_lines(
    given_html: str, note: str, before: str, after: str
) -> None:
    stored = prose.clean(f"{before}<span data-note>{given_html}</span>{after}")
    assert stored == f'{before}<span data-note="">{note}</span>{after}'


def test_a_note_ends_with_the_block_that_holds_it() -> None:
    assert prose.clean("<p>a<span data-note>b</p><p>c</p>") == (
        '<p>a<span data-note="">b</span></p><p>c</p>'
    )


def test_a_locator_longer_than_any_becomes_words_of_the_note() -> None:
    fits, long = "p" * 200, "q" * 201
    stored = prose.clean(
        f'<p>x<span data-note><cite data-source="{SOURCE}" data-locator="{fits}"></cite>; '
        f'<cite data-source="{SOURCE}" data-locator="{long}"></cite>.</span></p>'
    )
    assert prose.take_notes(stored)[1] == [
        (NoteCite(SOURCE, fits), "; ", NoteCite(SOURCE), f", {long}.")
    ]


def test_a_note_in_another_language_still_says_so_when_taken() -> None:
    body = f'<p>x<span data-note="" lang="ar" dir="rtl">مرحبا {CITE}.</span></p>'
    frozen, [note] = prose.take_notes(prose.clean(body))
    assert frozen == '<p>x<span data-note="1"></span></p>'
    assert note == ('<span lang="ar" dir="rtl">مرحبا ', NoteCite(SOURCE, "p. 4"), ".</span>")
    html = f'<span lang="ar" dir="rtl">مرحبا {CITE}.</span>'
    again = prose.clean(prose.put_notes(frozen, {1: html}))
    assert prose.take_notes(again) == (frozen, [note])


def test_taking_notes_out_and_putting_them_back_changes_nothing() -> None:
    body = prose.clean(
        f"<p>One<span data-note>First {CITE}; also <em>b {CITE}</em></span>, "
        "two&nbsp;<span data-note>Prose &amp; more</span>.</p>"
    )
    frozen, notes = prose.take_notes(body)
    assert frozen == '<p>One<span data-note="1"></span>, two\xa0<span data-note="2"></span>.</p>'
    assert notes == [
        ("First ", NoteCite(SOURCE, "p. 4"), "; also <em>b ", NoteCite(SOURCE, "p. 4"), "</em>"),
        ("Prose &amp; more",),
    ]
    inner = {1: f"First {CITE}; also <em>b {CITE}</em>", 2: "Prose &amp; more"}
    assert prose.clean(prose.put_notes(frozen, inner)) == body


def test_segments_tell_which_note_is_called_after_each_piece() -> None:
    body = '<p>a<span data-note="1"></span>b<span data-note="2"></span></p>'
    assert list(prose.segments(body)) == [("<p>a", 1), ("b", 2), ("</p>", None)]


def test_deep_nesting_is_refused_with_a_sentence() -> None:
    with pytest.raises(prose.ProseError, match="levels deep"):
        prose.clean("<ul><li>" * 100 + "x")


FORTY = "".join(f"<em lang=e{chr(97 + n % 26)}{chr(97 + n // 26)}>" for n in range(40))
TANGLES = {
    "blocks that never end": "<div>" * 100_000,
    "tags that are not stored": "<u>a</u>" * 60_000,
    "as many as allowed": "<p>" + "<u>a</u>" * 24_000,
    "reopened in each paragraph": f"<p>{FORTY}x" + "<p>x" * 8_000,
    "tags that never end": "<a " * 600_000 + "='>'",
    "quotations that never end": '<a b="' * 300_000,
    "comments that never end": "<!--" * 49_000 + ">",
    "scripts that never end": "<script>" * 49_000,
    "references": "&notx" * 390_000,
    "signs": "&amp;" * 390_000,
    "spaces": "\xa0" * 900_000,
    "end tags in vain": "<p>" + "<span>" * 50 + "</em>" * 49_000,
    "notes": "<p>" + "<span data-note>x</span>" * 12_000,
    "citations": f"<p><span data-note>{CITE * 10_000}",
    "cells": "<table>" + "<tr><td>x" * 12_000,
    "items": "<ul>" + "<ul><li>x</ul>" * 8_000,
    "languages": f"<div lang={'a' * 900_000}>" + "<p>x" * 24_000,
    "plain words": "word " * 199_000,
}


@pytest.mark.parametrize("tangle", TANGLES.values(), ids=TANGLES.keys())
def test_any_text_is_stored_or_refused_within_seconds(tangle: str) -> None:
    began = time.process_time()
    try:
        stored = prose.clean(tangle)
        prose.take_notes(stored)
    except prose.ProseError as error:
        stored = str(error)
        assert stored.endswith(".")
    assert time.process_time() - began < 4
    assert len(stored) <= 1_000_000 + 6 * 20_000


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("x" * 2_000_001, "2,000,000 characters"),
        ("x" * 1_000_001, "longer than 1,000,000 characters"),
        ("<br>" * 50_001, "50,000 tags"),
        ("<p>" + "&" * 20_001, "20,000 no-break spaces and signs"),
    ],
)
def test_what_is_longer_than_any_brief_is_refused_with_a_sentence(text: str, refusal: str) -> None:
    with pytest.raises(prose.ProseError, match=refusal):
        prose.clean(text)


def test_a_long_brief_is_cleaned_in_a_moment() -> None:
    note = f'<span data-note="">See <em>Dawn</em> {CITE}, <a href="https://x.org">a</a>.</span>'
    body = f"<h2>Head</h2><p>{'word ' * 50}{note} More.</p>" * 200
    began = time.process_time()
    assert prose.clean(body) == body
    assert time.process_time() - began < 0.5  # 0.03 s at rest


def test_plain_text_keeps_blocks_apart() -> None:
    assert prose.plain("<p>a</p><ul><li>b</li><li>c</li></ul>").split("\n") == ["a", "b", "c"]


def test_an_excerpt_says_that_it_goes_on() -> None:
    assert prose.excerpt("<p>one two three</p>", words=2) == "one two…"
    assert prose.excerpt("<p>one two</p>", words=2) == "one two"


def test_an_excerpt_is_short_in_a_script_that_does_not_part_words() -> None:
    clause = "汉字" * 20 + "，"
    assert prose.excerpt(f"<p>{clause * 50}</p>") == (clause * 7).removesuffix("，") + "…"
    assert prose.excerpt(f"<p>{'汉字' * 5000}</p>") == "汉字" * 160 + "…"
    assert prose.excerpt(f"<p>{'कि' * 5000}</p>", characters=101) == "कि" * 50 + "…"


def test_an_excerpt_is_not_cut_within_a_word() -> None:
    assert prose.excerpt("<p>one two three four</p>", characters=12) == "one two…"
    assert prose.excerpt("<p>one two, three</p>", characters=10) == "one two…"
    assert prose.excerpt("<p>one two</p>", characters=7) == "one two"


def test_a_line_of_html_has_no_blocks_and_no_notes() -> None:
    assert prose.clean_inline("<p>a <b>b</b></p><p>c<span data-note>n</span></p>") == (
        "a <strong>b</strong> cn"
    )


TAGS = st.sampled_from(
    ["p", "div", "b", "em", "ul", "li", "table", "tr", "td", "th", "caption", "tfoot", "h1", "dl",
     "blockquote", "section", "figure", "figcaption", "a", 'a href="https://x.org"', "q", "font",
     "span data-note", "span data-note lang=ar dir=rtl", "span lang=fr", "span class=x", "svg",
     "cite", f"cite data-source={SOURCE}", f"cite data-source={SOURCE} data-locator='p. >4'",
     "div dir=rtl", "td colspan=2", "object", "span data-credit", "figcaption"]
)  # fmt: skip
VOIDS = st.sampled_from(
    ["<br>", "<hr>", "<img alt=x>", "<!-- no -->", "</p>", "</span>", "</td>", "<b>", "<p>", "<td>",
     "<!doctype html>", "<?xml?>", "</>", " ", "\n", "<script>1</script>",
     f'<img src="{OWN}" alt=x>', "<span data-credit>"]
)  # fmt: skip
WORDS = st.text(alphabet="abc ۱ü漢<&\xa0", min_size=1, max_size=8)
TREES = st.recursive(
    WORDS.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")) | VOIDS,
    lambda children: st.tuples(TAGS, st.lists(children, max_size=4)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0].split()[0]}>"
    ),
    max_leaves=25,
)


def letters(html: str) -> str:
    html = re.sub(r"<!--.*?-->|<script>.*?</script>|'p. >4'|\"p. &gt;4\"", "", html)
    text = re.sub(r"<[^>]*>", "", html).replace("&lt;", "<").replace("&nbsp;", " ")
    return re.sub(r"\s", "", text.replace("&amp;", "&"))


@given(TREES)
def test_cleaning_is_idempotent_and_keeps_every_letter_in_order(html: str) -> None:
    once = prose.clean(html)
    assert prose.clean(once) == once
    assert letters(once) == letters(html)


@given(TREES)
def test_a_line_keeps_every_letter_in_order(html: str) -> None:
    once = prose.clean_inline(html)
    assert prose.clean_inline(once) == once
    assert letters(once) == letters(html)
    assert not re.search(r"<(p|li|td|h2|cite|hr)\b|data-note", once)


@given(st.text(max_size=200))
def test_cleaning_never_fails_on_any_text(text: str) -> None:
    once = prose.clean(text)
    assert prose.clean(once) == once


@given(TREES)
def test_taking_notes_leaves_numbers_from_one_in_order(html: str) -> None:
    frozen, notes = prose.take_notes(prose.clean(html))
    assert [n for _, n in prose.segments(frozen) if n] == list(range(1, len(notes) + 1))
