import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs import prose
from briefs.prose import NoteCite

SOURCE = "11111111-2222-3333-4444-555555555555"
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
        ('<table><tr><td colspan="99999">a</td></tr></table>',
         '<table><tbody><tr><td colspan="100">a</td></tr></tbody></table>'),
        ("<p>a\x00b\x07c\ud800</p>", "<p>abc</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
    ],
)  # fmt: skip
def test_cleaning_keeps_what_a_brief_may_hold(given_html: str, stored: str) -> None:
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
    ],
)  # fmt: skip
def test_notes_and_citations_stand_only_where_they_may(given_html: str, stored: str) -> None:
    assert prose.clean(f"<p>{given_html}</p>") == f"<p>{stored}</p>"


def test_the_blocks_of_a_note_outside_a_paragraph_become_lines() -> None:
    stored = prose.clean("<ul><li>w<span data-note><em>a</em><br>b</span></li></ul>")
    assert stored == '<ul><li>w<span data-note=""><em>a</em><br>b</span></li></ul>'


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


def test_plain_text_keeps_blocks_apart() -> None:
    assert prose.plain("<p>a</p><ul><li>b</li><li>c</li></ul>").split("\n") == ["a", "b", "c"]


def test_an_excerpt_says_that_it_goes_on() -> None:
    assert prose.excerpt("<p>one two three</p>", words=2) == "one two…"
    assert prose.excerpt("<p>one two</p>", words=2) == "one two"


def test_a_line_of_html_has_no_blocks_and_no_notes() -> None:
    assert prose.clean_inline("<p>a <b>b</b></p><p>c<span data-note>n</span></p>") == (
        "a <strong>b</strong> cn"
    )


TAGS = st.sampled_from(
    ["p", "div", "b", "em", "ul", "li", "table", "tr", "td", "h1", "blockquote", "section", "a",
     "span data-note", "cite", "q", "font"]
)  # fmt: skip
WORDS = st.text(alphabet="abc ۱ü漢<&\xa0", min_size=1, max_size=8)
TREES = st.recursive(
    WORDS.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda children: st.tuples(TAGS, st.lists(children, max_size=4)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0].split()[0]}>"
    ),
    max_leaves=25,
)


def letters(html: str) -> str:
    text = re.sub(r"<[^>]*>", "", html).replace("&lt;", "<").replace("&nbsp;", " ")
    return re.sub(r"\s", "", text.replace("&amp;", "&"))


@given(TREES)
def test_cleaning_is_idempotent_and_keeps_every_letter_in_order(html: str) -> None:
    once = prose.clean(html)
    assert prose.clean(once) == once
    assert sorted(letters(once)) == sorted(letters(html))


@given(st.text(max_size=200))
def test_cleaning_never_fails_on_any_text(text: str) -> None:
    once = prose.clean(text)
    assert prose.clean(once) == once


@given(TREES)
def test_taking_notes_leaves_numbers_from_one_in_order(html: str) -> None:
    frozen, notes = prose.take_notes(prose.clean(html))
    assert [n for _, n in prose.segments(frozen) if n] == list(range(1, len(notes) + 1))
