"""CSL-JSON made safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.citations import Cite, clean, render
from briefs.citations.csl import date, names, short_title

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["date-parts", "family", "literal", "given", "raw", "season"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
FIELDS = ["type", "title", "author", "issued", "accessed", "URL", "DOI", "page", "publisher"]


@pytest.mark.parametrize(
    ("given_date", "cleaned"),
    [
        ({"date-parts": [[2025, 3, 24]]}, {"date-parts": [[2025, 3, 24]]}),
        ({"date-parts": [["2025", "3"]]}, {"date-parts": [[2025, 3]]}),
        ({"date-parts": [[2025, 13, 1]]}, {"date-parts": [[2025]]}),
        ({"date-parts": [[2025, 2, 31]]}, {"date-parts": [[2025, 2]]}),
        ({"date-parts": [[2025], [2026, 1]]}, {"date-parts": [[2025], [2026, 1]]}),
        ({"date-parts": [[2025, None]]}, {"date-parts": [[2025]]}),
        ({"date-parts": [[]]}, {}),
        ("2025-03", {"date-parts": [[2025, 3]]}),
        (2025, {"date-parts": [[2025]]}),
        ("2025-03-24T10:00:00Z", {"date-parts": [[2025, 3, 24]]}),
        ("2024/2025", {"date-parts": [[2024], [2025]]}),
        ({"raw": "spring of that year"}, {"literal": "spring of that year"}),
        ({"date-parts": [[2025]], "season": 1}, {"date-parts": [[2025]], "season": 1}),
        (None, {}),
        ([2025], {}),
    ],
)
def test_dates_keep_the_parts_that_can_be(given_date, cleaned):
    assert date(given_date) == cleaned


def test_names_are_family_and_given_or_literal():
    assert names(
        ["WHO", {"family": "Khan", "given": " A. ", "x": 1}, {}, 5, {"given": "Pelé"}]
    ) == [
        {"literal": "WHO"},
        {"family": "Khan", "given": "A."},
        {"literal": "Pelé"},
    ]


def test_unknown_types_and_fields_are_left_out():
    item = clean({"type": "tweet", "title": "a\x00 \n b", "colour": "red", "event": "OIC"})
    assert item == {"type": "document", "title": "a b", "event-title": "OIC"}


def test_an_organisation_that_published_its_own_work_is_named_once():
    item = clean(
        {"type": "report", "author": [{"literal": "World Bank"}], "publisher": "World bank"}
    )
    assert "publisher" not in item


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Descent into Chaos: The United States", "Descent into Chaos"),
        ("Iran: A History", "Iran: A History"),
        ("The “Great Game: then” and now", "The “Great Game: then” and now"),
        ("At 10:30 in the morning", "At 10:30 in the morning"),
    ],
)
def test_a_short_title_ends_before_the_subtitle(title, short):
    assert short_title(title) == short


@given(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=5))
def test_cleaning_never_fails_and_is_done_once_for_all(item):
    cleaned = clean(item)
    assert clean(cleaned) == cleaned


def test_whatever_is_stored_can_be_printed():
    odd = {
        "type": ["x"],
        "title": {"a": 1},
        "author": [{"family": ["x"]}, None, 3],
        "issued": {"date-parts": [[0, 0, 0]]},
        "URL": 7,
        "volume": 3.5,
        "DOI": "not a doi",
    }
    assert render([[Cite("k")]], {"k": odd}, language="en").notes[0].text
    assert render([[Cite("k")]], {"k": {}}, language="en").notes[0].text == ""
