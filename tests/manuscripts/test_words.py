"""Words in against words out, and the promise that none goes in silence."""

import json
import string

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs import pandoc
from briefs.manuscripts import read
from briefs.manuscripts.tree import BARE_URL, Element, bare_url, call, html, printed, tidy
from briefs.manuscripts.words import missing, tokens


def test_nothing_is_missing_when_only_marks_differ():
    assert missing(["Don’t — stop: “now”."], ["don't stop, NOW"]) == ()


def test_missing_words_are_shown_as_they_stand():
    source = ["The first sentence.", "A box says: don’t go there.", "The last sentence."]
    assert missing(source, ["The first sentence. The last sentence."]) == (
        "A box says: don’t go there",
    )


def test_counts_matter_and_neighbours_tell_which_is_meant():
    source = ["the cat and the dog", "the end"]
    assert missing(source, ["the cat and the dog end"]) == ("the",)


def test_words_joined_or_parted_in_another_place_are_not_missing():
    assert missing(["until 2011and then more"], ["until 2011 and then more"]) == ()
    assert missing(["until 2011 and then more"], ["until 2011and then more"]) == ()


def test_raised_figures_part_words_and_invisible_characters_do_not():
    assert tokens("2011⁸ co\u00adoperate") == ["2011", "8", "cooperate"]


def test_an_address_leaves_the_punctuation_of_its_sentence():
    found = BARE_URL.search("see https://a.org/b_(c)). Then")
    assert found is not None
    assert bare_url(found[0]) == "https://a.org/b_(c)"


# Random documents, written by pandoc itself from random syntax trees

WORD = st.text(string.ascii_letters + "éüßñ", min_size=1, max_size=9)
TEXT = st.lists(WORD, min_size=1, max_size=8).map(
    lambda words: [part for word in words for part in ({"t": "Str", "c": word}, {"t": "Space"})]
)


def _mark(kind):
    return TEXT.map(lambda inlines: [{"t": kind, "c": inlines}])


LINK = TEXT.map(
    lambda inlines: [{"t": "Link", "c": [["", [], []], inlines, ["https://a.org", ""]]}]
)
PARA = st.lists(
    st.one_of(TEXT, _mark("Emph"), _mark("Strong"), _mark("Superscript"), LINK),
    min_size=1,
    max_size=3,
).map(lambda runs: {"t": "Para", "c": [part for run in runs for part in [*run, {"t": "Space"}]]})
NOTE = st.lists(PARA, min_size=1, max_size=2).map(lambda blocks: [{"t": "Note", "c": blocks}])
NOTED = st.tuples(PARA, NOTE).map(lambda pair: {"t": "Para", "c": pair[0]["c"] + pair[1]})


def _list(items):
    return st.lists(items, min_size=1, max_size=3).map(
        lambda blocks: {"t": "BulletList", "c": [[block] for block in blocks]}
    )


def _cell(block):
    return [["", [], []], {"t": "AlignDefault"}, 1, 1, [block]]


def _table(blocks):
    empty = ["", [], []]
    column = [{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]
    rows = [[empty, [_cell(block)]] for block in blocks]
    return {
        "t": "Table",
        "c": [
            empty,
            [None, []],
            [column],
            [empty, rows[:1]],
            [[empty, 0, [], rows[1:]]],
            [empty, []],
        ],
    }


BLOCK = st.one_of(
    PARA,
    NOTED,
    _list(PARA),
    _list(PARA).map(lambda block: {"t": "BlockQuote", "c": [block]}),
    TEXT.map(lambda inlines: {"t": "Header", "c": [1, ["", [], []], inlines]}),
    st.lists(PARA, min_size=2, max_size=3).map(_table),
)
DOCUMENT = st.lists(BLOCK, min_size=1, max_size=6)


def _words(value):
    if isinstance(value, dict):
        return [value["c"]] if value["t"] == "Str" else _words(value.get("c"))
    return [word for entry in value for word in _words(entry)] if isinstance(value, list) else []


@given(DOCUMENT, st.sampled_from(["docx", "odt", "html", "markdown"]))
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_word_of_any_document_is_lost_in_silence(blocks, kind):
    tree = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks}
    data = pandoc.run(["-f", "json", "-t", kind, "-s", "-o", "-"], json.dumps(tree).encode())
    found = read(data, f"brief.{'md' if kind == 'markdown' else kind}")
    fields = [found.title_as_printed, found.subtitle, found.disclaimer, *found.lost]
    fields += [value for entry in found.byline for value in vars(entry).values()]
    fields += [note.html.replace("<", " <") for note in found.notes]
    have = set(tokens(" ".join([found.body.replace("<", " <"), *fields])))
    assert {token for word in _words(blocks) for token in tokens(word)} <= have
    assert found.lost == ()


def test_white_space_is_single_absent_at_the_ends_and_before_a_call():
    nodes = tidy(
        [" a ", Element("em"), " b", Element("em", [" c "]), call("1"), " d", Element("br"), " e "]
    )
    assert html(nodes) == 'a b<em> c</em><span data-note="1"></span> d<br>e'


def test_italics_are_printed_without_the_space_at_their_edge():
    assert printed(["See ", Element("em", ["Dawn "]), "of May."]) == "See *Dawn* of May."
