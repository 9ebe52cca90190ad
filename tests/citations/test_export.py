"""Citations for reference managers, read back by pandoc."""

import json
import re
from typing import Any

import pytest

from briefs import pandoc
from briefs.citations import bibtex, clean, csl_json, parse, ris

from .nine_notes import SOURCES

BRIEF = {
    "type": "report",
    "title": "Resetting Ties: Pakistan & Afghanistan, 100% of the way_",
    "author": [{"family": "Khan", "given": "Amina"}, {"literal": "Institute of Strategic Studies"}],
    "publisher": "Institute of Strategic Studies",
    "issued": {"date-parts": [[2025, 4, 9]]},
    "URL": "https://issi.example/briefs/x_y/?a=1&b=%7E#n~1",
}
ODD = {
    "type": "book",
    "title": "On {braces} and \\slashes, $5 #1 ~x ^y: the IMF in iPhone days “quoted” <i>Dawn</i>",
    "author": [
        {"family": "Schendel", "given": "Willem", "non-dropping-particle": "van"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
        {"literal": "Barnes and Noble, Inc."},
        {"literal": "et al."},
    ],
    "publisher": "Ä & Ö",
    "publisher-place": "Zürich",
    "issued": {"date-parts": [[1999]]},
    "DOI": "10.1000/a_b%c",
}
JOURNAL = {
    "type": "article-journal",
    "title": "پاک افغان تعلقات",
    "author": [{"family": "خان", "given": "طاہر"}],
    "container-title": "Strategic Studies",
    "volume": "45",
    "issue": "2",
    "page": "10-20",
    "issued": {"date-parts": [[2025, 6]]},
}


def read_back(text: str, reader: str) -> list[dict[str, Any]]:
    return json.loads(pandoc.run([f"--from={reader}", "--to=csljson"], text.encode()))


def plain(text: str) -> str:
    """Pandoc marks words whose case is protected, and sets quotation marks; neither is content."""
    text = re.sub(r"</?(?:span|i)\b[^>]*>", "", text).replace("\xa0", " ")
    return text.translate(str.maketrans("“”‘’–", "\"\"''-"))


@pytest.mark.parametrize("item", [BRIEF, ODD, JOURNAL, *SOURCES])
def test_bibtex_is_read_back_as_it_was(item):
    [back] = read_back(bibtex([item]), "bibtex")
    assert plain(back["title"]) == plain(item["title"])
    assert back["issued"]["date-parts"] == item["issued"]["date-parts"]
    assert back.get("URL") == item.get("URL")
    assert back.get("DOI") == item.get("DOI")
    assert (
        plain(back.get("publisher", "")) == item.get("publisher", "") or "container-title" in item
    )
    for field in ("volume", "issue", "container-title", "publisher-place"):
        if field in item:
            assert plain(back[field]) == item[field]


def test_names_of_people_and_organisations_survive_bibtex():
    [back] = read_back(bibtex([ODD]), "bibtex")
    first, second, third, *others = back["author"]
    assert (first["given"], first["family"]) == ("Willem", "Schendel")
    assert first.get("non-dropping-particle") or first.get("dropping-particle") == "van"
    assert (second["family"], second["suffix"]) == ("King", "Jr.")
    assert third == {"literal": "Barnes and Noble, Inc."}
    assert [name.get("literal", name.get("family")) for name in others] in ([], ["others"])


def test_capitals_of_a_bibtex_title_are_kept_by_braces():
    text = bibtex([{"type": "report", "title": "Why the IMF and iPhones matter to Kabul"}])
    assert "title = {{Why} the {IMF} and {iPhones} matter to {Kabul}}" in text


def test_addresses_stand_in_bibtex_as_they_are():
    text = bibtex([BRIEF])
    assert f"  url = {{{BRIEF['URL']}}}," in text
    assert r"{Pakistan} \& {Afghanistan}, 100\% of the way\_" in text
    assert "url = {https://e.org/%7Bx%7D%5C}" in bibtex([{"URL": "https://e.org/{x}\\"}])


@pytest.mark.parametrize("odd", ["Open { brace", "Shut } brace", "}}{", "\\{ {A} b"])
def test_lone_braces_do_not_unbalance_bibtex(odd):
    item = {"type": "report", "title": odd, "publisher": f"By {odd}", "author": [{"literal": odd}]}
    text = bibtex([item, {"type": "report", "title": "The next"}])
    depth = 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert text.count(r"\textbrace") == 3 * (odd.count("{") + odd.count("}"))
    back = read_back(text, "bibtex")  # pandoc leaves out what it does not know
    assert [plain(entry["title"]) for entry in back][1] == "The next"


@pytest.mark.parametrize(
    ("author", "title", "url", "key"),
    [
        ("王毅", "中国外交", "", "wangyi2026zhongguowaijiao"),
        ("خان", "پاک افغان تعلقات", "", "khn2026pk"),
        ("Сафранчук", "Афганистан", "", "safranchuk2026afganistan"),
        ("Müller", "Übergänge", "", "muller2026ubergange"),
        ("…", "— —", "https://example.org/briefs/resetting-ties/", "resettingties2026"),
        ("…", "— —", "", "source2026"),
    ],
)
def test_bibtex_keys_are_readable_in_any_script(author, title, url, key):
    item = {"type": "report", "author": [{"literal": author}], "title": title, "issued": "2026"}
    assert f"@techreport{{{key}," in bibtex([item | {"URL": url}])


def test_bibtex_keys_are_ascii_and_never_the_same():
    text = bibtex([BRIEF, BRIEF, BRIEF, JOURNAL, {}, {}])
    keys = re.findall(r"^@\w+\{(.*),$", text, re.MULTILINE)
    assert keys[:3] == ["khan2025resetting", "khan2025resettinga", "khan2025resettingb"]
    assert len(set(keys)) == 6
    assert all(re.fullmatch(r"[a-z0-9]+", key) for key in keys)


@pytest.mark.parametrize("item", [BRIEF, ODD, JOURNAL, *SOURCES])
def test_ris_is_read_back_as_it_was(item):
    [back] = read_back(ris([item]), "ris")
    assert plain(back["title"]) == plain(re.sub(r"</?i>", "", item["title"]))
    assert back["issued"]["date-parts"][0][0] == item["issued"]["date-parts"][0][0]
    assert back.get("URL") == item.get("URL")
    assert back.get("DOI") == item.get("DOI")
    assert len(back.get("author", ())) == len(item.get("author", ()))
    for field in ("volume", "issue", "container-title", "publisher"):
        if field in item:
            assert plain(back[field]) == item[field]


def test_ris_has_one_value_to_a_line_and_ends_each_record():
    text = ris([BRIEF | {"title": "Two\nlines"}, JOURNAL])
    assert text.count("ER  - \r\n") == 2
    assert "TI  - Two lines\r\n" in text
    assert "DA  - 2025/04/09/\r\n" in text
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.split("\r\n") if line)
    assert "SP  - 10\r\nEP  - 20\r\n" in text


def test_csl_json_is_the_sources_themselves():
    items = json.loads(csl_json([*SOURCES, BRIEF | {"id": "brief"}]))
    assert [item["id"] for item in items] == [*map(str, range(1, 10)), "brief"]
    assert [{key: value for key, value in item.items() if key != "id"} for item in items[:9]] == [
        clean(source) for source in SOURCES
    ]


def test_what_was_read_from_print_can_be_exported():
    [reference, _] = parse("Ahmed Rashid, *Taliban* (New Haven: Yale University Press, 2000), 21.")
    assert bibtex([reference.csl]).startswith("@book{rashid2000taliban,")


def test_nothing_exports_to_nothing():
    assert (bibtex([]), ris([]), json.loads(csl_json([]))) == ("", "", [])
