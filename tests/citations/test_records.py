"""What is given to be cited is read, whatever program wrote it; what is broken takes nothing with it."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs import citations
from briefs.citations import RecordError, Reference

BIBTEX = r"""
@string{dawn = "Dawn"}
@article{khan2020,
  title = {The {Water} War: A Study of NATO}, author = {Khan, A. and {World Bank}},
  journal = dawn, year = 2020, month = mar, url = {https://x.org/a%20b_c},
}
@book{broken, title = {Never closed
@inproceedings(z, title = "A Quoted Title", booktitle = "Talks on {W}ater", pages = {3--9})
"""
RIS = """TY  - JOUR
AU  - Khan, Ali
AU  - World Bank
TI  - The Water War
 goes on
T2  - Dawn
PY  - 2020/03/04
SP  - 3
EP  - 9
AB  - Long.
UR  - https://x.org/a
ER  -
TY  - BOOK
T1  - Rivers
Y1  - 1998//
SN  - 978-3
ER  -
"""


def fields(text: str) -> list[dict[str, object]]:
    return [part.csl for part in citations.read(text) if isinstance(part, Reference)]


def test_bibtex_is_read_entry_by_entry() -> None:
    article, talk = fields(BIBTEX)
    assert article == {
        "type": "article-journal",
        "title": "The Water War: A Study of NATO",
        "author": [{"family": "Khan", "given": "A."}, {"literal": "World Bank"}],
        "container-title": "Dawn",
        "issued": {"date-parts": [[2020, 3]]},
        "URL": "https://x.org/a%20b_c",
    }
    assert (talk["title"], talk["container-title"]) == ("A Quoted Title", "Talks on Water")


def test_ris_is_read_as_programs_write_it() -> None:
    article, book = fields(RIS)
    assert article == {
        "type": "article-journal",
        "title": "The Water War goes on",
        "author": [{"family": "Khan", "given": "Ali"}, {"literal": "World Bank"}],
        "container-title": "Dawn",
        "issued": {"date-parts": [[2020, 3, 4]]},
        "page": "3–9",
        "URL": "https://x.org/a",
    }
    assert book == {
        "type": "book",
        "title": "Rivers",
        "issued": {"date-parts": [[1998]]},
        "ISBN": "978-3",
    }


ITEM = {
    "type": "article-newspaper",
    "title": "A Title",
    "author": [{"family": "Khan", "given": "Ali"}],
    "container-title": "Dawn",
    "issued": {"date-parts": [[2025, 3, 24]]},
    "URL": "https://dawn.com/1",
}


def test_what_is_exported_is_read_back() -> None:
    assert fields(citations.csl_json([ITEM])) == [ITEM]
    for written in (citations.ris([ITEM]), citations.bibtex([ITEM])):
        (read,) = fields(written)
        assert {name: read[name] for name in ("title", "author", "URL")} == {
            name: ITEM[name] for name in ("title", "author", "URL")
        }


def test_several_records_are_parted_as_in_a_note() -> None:
    assert citations.read(citations.csl_json([ITEM, ITEM]))[1] == "; "


@pytest.mark.parametrize(
    ("text", "csl"),
    [
        ("https://www.dawn.com/news/1", {"type": "webpage", "URL": "https://www.dawn.com/news/1"}),
        (
            "https://doi.org/10.1234/ab.c",
            {"type": "webpage", "URL": "https://doi.org/10.1234/ab.c"},
        ),
        ("10.1234/ab.c", {"type": "article-journal", "DOI": "10.1234/ab.c"}),
    ],
)
def test_an_address_alone_is_a_source(text: str, csl: dict[str, str]) -> None:
    assert fields(text) == [csl]


def test_a_printed_reference_keeps_the_words_around_it() -> None:
    before, reference, after = citations.read(
        "See Ali Khan, “The Water War,” Dawn, March 4, 2020, https://dawn.com/x; and the paper."
    )
    assert (before, after) == ("See ", "; and the paper.")
    assert reference.csl["title"] == "The Water War"


@pytest.mark.parametrize(
    "text", ['{"title":', "[{]", "@misc{z, title={", "TY  - JOUR\nER  - ", '[{"a":' * 3000]
)
def test_broken_records_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(RecordError, match=r"^[A-Z].*\.$"):
        citations.read(text)


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(RecordError, match="longer than 200,000"):
        citations.read("x" * 200_001)


@given(st.text(alphabet=st.sampled_from('@{}()",=aTYER -\n0:/[]'), max_size=200))
def test_whatever_is_given_is_read_or_refused(text: str) -> None:
    try:
        segments = citations.read(text)
    except RecordError:
        return
    assert all(isinstance(part, str | Reference) for part in segments)


def test_entries_that_never_end_take_no_time() -> None:
    begun = process_time()
    with pytest.raises(RecordError):
        citations.read("@a{" * 60_000)
    assert process_time() - begun < 5
