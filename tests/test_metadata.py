import datetime as dt
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.test import Client

from briefs import metadata
from briefs.composition import (
    BylineLine,
    ComposedNote,
    ComposedSource,
    Composition,
    Letterhead,
    Topic,
    digest,
)
from tests.factories import make_edition

LINKS = metadata.Links("resetting-ties")
LOGO = "ab" * 32 + ".png"
NOON = dt.datetime(2026, 4, 7, 12, tzinfo=dt.UTC)
CSL = {
    "id": "s1",
    "type": "article-newspaper",
    "title": "Envoy wraps up",
    "author": [{"family": "Yousaf", "given": "Kamran"}],
    "container-title": "Express Tribune",
    "issued": {"date-parts": [[2025, 3, 24]]},
    "URL": "https://tribune.example/1?a=b",
}


def make_composition(**fields):
    whole = {
        "title": "Resetting Ties",
        "body": '<p>Words<span data-note="1"></span> and more.</p>',
        "dated": dt.date(2026, 4, 7),
        "letterhead": Letterhead(
            name="Institute of Tests", short_name="IT", logo=f"images/ab/{LOGO}"
        ),
        "summary": "What happened.",
        "byline": (
            BylineLine("Amina Khan", "Director", "CAMEA, IT", "a@example.org", "amina-khan"),
            BylineLine("Simone de Beauvoir"),
        ),
        "topics": (Topic("Trade", "trade"), Topic("Borders", "borders")),
        "centre": "Centre for Afghanistan",
        "centre_slug": "camea",
        "series": "Issue Brief",
        "series_slug": "issue-brief",
        "series_number": 12,
        "licence": "cc-by-4.0",
        "notes": (ComposedNote(1, "See.", "See.", ("s1",)),),
        "references": (ComposedSource("s1", CSL, "Yousaf", "Yousaf", (1,)),),
        "public_from": NOON,
    }
    return Composition(**whole | fields)


def make_later(kind="correction"):
    return make_composition(number=2, kind=kind, change_note="A figure was wrong.")


def test_the_citation_item_says_who_published_what_and_when() -> None:
    item = metadata.citation_item(make_composition(subtitle="A Start"), LINKS)
    assert item == {
        "id": "resetting-ties",
        "type": "report",
        "title": "Resetting Ties: A Start",
        "author": [
            {"family": "Khan", "given": "Amina"},
            {"family": "de Beauvoir", "given": "Simone"},
        ],
        "publisher": "Institute of Tests",
        "collection-title": "Issue Brief",
        "number": "12",
        "issued": {"date-parts": [[2026, 4, 7]]},
        "URL": "http://localhost:8000/briefs/resetting-ties/",
        "language": "en",
        "abstract": "What happened.",
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Amina Khan", {"family": "Khan", "given": "Amina"}),
        ("Ludwig van der Rohe", {"family": "van der Rohe", "given": "Ludwig"}),
        ("Plato", {"literal": "Plato"}),
        ("王毅", {"literal": "王毅"}),
        ("محمد صادق", {"literal": "محمد صادق"}),
        ("Иван Петров", {"literal": "Иван Петров"}),
        ("Ji-Young O'Neill", {"family": "O'Neill", "given": "Ji-Young"}),
        ("van Gogh", {"family": "Gogh", "given": "van"}),
    ],
)
def test_names_are_split_only_where_that_is_the_custom(name: str, expected: dict) -> None:
    assert metadata.csl_name(name) == expected


def test_a_later_edition_says_in_its_citation_what_it_is() -> None:
    item = metadata.citation_item(make_later(), LINKS)
    assert item["version"] == "2"
    assert item["note"] == "Edition 2. Correction: A figure was wrong."
    assert "status" not in item


def test_a_retraction_is_marked_in_every_title() -> None:
    composition = make_later("retraction")
    item = metadata.citation_item(composition, LINKS)
    assert item["title"] == "RETRACTED: Resetting Ties"
    assert item["status"] == "retracted"
    assert metadata.json_ld(composition, LINKS)["name"] == "RETRACTED: Resetting Ties"
    assert metadata.json_ld(composition, LINKS)["creativeWorkStatus"] == "Retracted"
    assert ("citation_title", "RETRACTED: Resetting Ties") in metadata.highwire(composition, LINKS)
    assert ("og:title", "RETRACTED: Resetting Ties") in metadata.open_graph(composition, LINKS)


def test_linked_data_names_authors_publisher_series_sources_and_pdf() -> None:
    item = metadata.json_ld(make_composition(), LINKS)
    assert item["@type"] == "Report"
    assert item["datePublished"] == "2026-04-07"
    assert item["author"][0]["url"] == "http://localhost:8000/authors/amina-khan/"
    assert item["author"][1] == {"@type": "Person", "name": "Simone de Beauvoir"}
    assert item["publisher"]["name"] == "Institute of Tests"
    assert item["publisher"]["logo"] == f"http://localhost:8000/images/{LOGO}"
    assert item["isPartOf"]["name"] == "Issue Brief"
    assert item["reportNumber"] == "12"
    assert item["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert item["encoding"]["contentUrl"].endswith("/briefs/resetting-ties/resetting-ties.pdf")
    assert item["citation"] == [
        {
            "@type": "CreativeWork",
            "name": "Envoy wraps up",
            "author": [{"@type": "Person", "name": "Kamran Yousaf"}],
            "datePublished": "2025-03-24",
            "isPartOf": "Express Tribune",
            "url": "https://tribune.example/1?a=b",
        }
    ]
    assert "correction" not in item


def test_linked_data_of_a_correction_says_what_changed() -> None:
    assert metadata.json_ld(make_later(), LINKS)["correction"] == {
        "@type": "CorrectionComment",
        "name": "Correction",
        "text": "A figure was wrong.",
        "datePublished": "2026-04-07T12:00:00+00:00",
    }


def test_addresses_of_one_edition_name_its_number() -> None:
    links = metadata.Links("resetting-ties", 3)
    assert links.page.endswith("/briefs/resetting-ties/editions/3/")
    assert links.pdf.endswith("/briefs/resetting-ties/editions/3/resetting-ties.pdf")


class Scripts(HTMLParser):
    """Start tags, and the text of scripts, as a browser's parser sees them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.data = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append(tag)

    def handle_data(self, data) -> None:
        self.data += data


def test_no_title_can_break_out_of_the_script_of_linked_data() -> None:
    payload = '</script><script>alert(1)</script><!--<script>"&quot;\u2028'
    data = metadata.json_ld(make_composition(title=payload), LINKS)
    template = Template("{% load linked_data %}{% linked_data data %}")
    parsed = Scripts(template.render(Context({"data": data})))
    assert parsed.tags == ["script"]
    assert json.loads(parsed.data)["name"] == payload


@pytest.mark.django_db
def test_the_page_of_a_brief_carries_linked_data_that_parses(client: Client) -> None:
    make_edition(slug="ties", title='Ties & "Trade" </script>')
    page = client.get("/briefs/ties/").content.decode()
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(data)["name"] == 'Ties & "Trade" </script>'


def test_without_linked_data_the_tag_prints_nothing() -> None:
    template = Template("{% load linked_data %}{% linked_data nothing %}")
    assert template.render(Context()) == ""


def test_highwire_tags_are_those_that_scholars_tools_read() -> None:
    tags = metadata.highwire(make_composition(), LINKS)
    assert tags == [
        ("citation_title", "Resetting Ties"),
        ("citation_author", "Amina Khan"),
        ("citation_author_institution", "CAMEA, IT"),
        ("citation_author", "Simone de Beauvoir"),
        ("citation_publication_date", "2026/04/07"),
        ("citation_technical_report_institution", "Institute of Tests"),
        ("citation_technical_report_number", "12"),
        ("citation_series_title", "Issue Brief"),
        ("citation_publisher", "Institute of Tests"),
        ("citation_language", "en"),
        ("citation_keywords", "Trade; Borders"),
        ("citation_public_url", "http://localhost:8000/briefs/resetting-ties/"),
        (
            "citation_pdf_url",
            "http://localhost:8000/briefs/resetting-ties/resetting-ties.pdf",
        ),
    ]


def test_a_shared_link_shows_the_summary_or_the_beginning_of_the_text() -> None:
    assert dict(metadata.open_graph(make_composition(), LINKS))["og:description"] == (
        "What happened."
    )
    bare = dict(metadata.open_graph(make_composition(summary="", cover_alt="x"), LINKS))
    assert bare["og:description"] == "Words and more."
    assert "og:image" not in bare
    assert "og:image:alt" not in bare


def test_the_edition_document_can_be_checked_against_its_own_hash() -> None:
    composition = make_composition()
    document = metadata.edition_document(
        composition,
        LINKS,
        sha256=digest(composition),
        pdf_sha256="0" * 64,
        pdf_size=10,
        pdf_pages=2,
    )
    assert document["byline"][0]["name"] == "Amina Khan"
    assert document["notes"][0]["sources"] == ["s1"]
    assert document["references"][0]["csl"] == CSL
    assert document["pdf"] == {
        "address": "http://localhost:8000/briefs/resetting-ties/editions/1/resetting-ties.pdf",
        "sha256": "0" * 64,
        "bytes": 10,
        "pages": 2,
    }
    frozen = {
        name: value for name, value in document.items() if name not in {"address", "sha256", "pdf"}
    }
    text = json.dumps(frozen, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert hashlib.sha256(text.encode()).hexdigest() == document["sha256"]


def test_rights_name_the_licence_and_its_deed() -> None:
    assert metadata.rights("Institute", 2026, "all-rights-reserved") == (
        "© 2026 Institute. All rights reserved."
    )
    assert metadata.rights("Institute", 2026, "cc-by-4.0") == (
        "© 2026 Institute. CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)"
    )
