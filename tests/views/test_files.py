import datetime as dt
import hashlib
import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from briefs.models import Address, Edition, Institute, Withdrawal
from briefs.models.clock import database_now
from briefs.models.files import store
from briefs.pandoc import run
from tests.factories import STUB_PDF, cite, make_author, make_brief, make_edition, make_source, note

pytestmark = pytest.mark.django_db
PDF = "/briefs/ties/ties.pdf"
EVERY_FILE = (
    PDF,
    "/briefs/ties/editions/1/ties.pdf",
    "/briefs/ties/edition.json",
    "/briefs/ties/cite.bib",
    "/briefs/ties/cite.ris",
    "/briefs/ties/cite.json",
)
RANGES = {
    "bytes=0-3": (0, 4),
    "bytes=5-": (5, len(STUB_PDF) - 5),
    "bytes=-6": (len(STUB_PDF) - 6, 6),
    "bytes=0-99999": (0, len(STUB_PDF)),
    "bytes=-99999": (0, len(STUB_PDF)),
}
IGNORED = ("bytes=", "bytes=-", "bytes=4-2", "bytes=0-1,4-5", "lines=0-3", "bytes=a-b", "bytes=²-3")
ENDLESS = tuple(form.format("9" * 5_000) for form in ("bytes={}-", "bytes=0-{}", "bytes=-{}"))


def content(response) -> bytes:
    """Reading a stream to its end closes it too; `close()` would close the test's connection."""
    return b"".join(response) if response.streaming else response.content


def tomorrow() -> dt.datetime:
    return database_now() + dt.timedelta(days=1)


def put_picture(data: bytes = b"\x89PNG a picture", suffix: str = "png") -> str:
    """Its name in storage."""
    name = f"{hashlib.sha256(data).hexdigest()}.{suffix}"
    store(f"images/{name[:2]}/{name}", data)
    return f"images/{name[:2]}/{name}"


def test_the_pdf_is_sent_as_published(client: Client) -> None:
    edition = make_edition(slug="ties")
    response = client.get(PDF)
    assert response.status_code == 200
    assert content(response) == STUB_PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(STUB_PDF))
    assert response["Content-Disposition"] == 'inline; filename="ties.pdf"'
    assert response["ETag"] == f'"{edition.pdf_sha256}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Link"] == '<http://localhost:8000/briefs/ties/>; rel="canonical"'
    assert not response.cookies
    assert "Vary" not in response


def test_head_sends_the_same_headers_and_no_body(client: Client) -> None:
    make_edition(slug="ties")
    full, head = client.get(PDF), client.head(PDF)
    assert content(head) == b""
    for name in ("Content-Length", "Content-Type", "ETag", "Accept-Ranges", "Cache-Control"):
        assert head[name] == full[name]
    content(full)


@pytest.mark.parametrize("path", EVERY_FILE)
def test_files_are_only_read(client: Client, path: str) -> None:
    make_edition(slug="ties")
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", EVERY_FILE)
def test_what_the_reader_has_is_not_sent_again(client: Client, path: str) -> None:
    make_edition(slug="ties")
    first = client.get(path)
    etag = first["ETag"]
    content(first)
    for headers in ({"If-None-Match": etag}, {"If-None-Match": f'"other", W/{etag}'}):
        again = client.get(path, headers=headers)
        assert (again.status_code, content(again)) == (304, b"")
        assert again["ETag"] == etag
        assert again["Cache-Control"] == "public, max-age=60"
    assert client.head(path, headers={"If-None-Match": etag}).status_code == 304
    assert client.get(path, headers={"If-Match": '"other"'}).status_code == 412


@pytest.mark.parametrize(("header", "part"), RANGES.items())
def test_a_part_of_a_pdf_is_sent(client: Client, header: str, part: tuple[int, int]) -> None:
    make_edition(slug="ties")
    start, length = part
    response = client.get(PDF, headers={"Range": header})
    assert response.status_code == 206
    assert content(response) == STUB_PDF[start : start + length]
    assert response["Content-Length"] == str(length)
    assert response["Content-Range"] == f"bytes {start}-{start + length - 1}/{len(STUB_PDF)}"


@pytest.mark.parametrize("header", (*IGNORED, *ENDLESS))
def test_other_ranges_are_answered_with_the_whole(client: Client, header: str) -> None:
    make_edition(slug="ties")
    response = client.get(PDF, headers={"Range": header})
    assert (response.status_code, content(response)) == (200, STUB_PDF)


@pytest.mark.parametrize("header", ["bytes=9999-", "bytes=9999-10000", "bytes=-0"])
def test_a_range_outside_the_file_is_refused(client: Client, header: str) -> None:
    make_edition(slug="ties")
    response = client.get(PDF, headers={"Range": header})
    assert (response.status_code, content(response)) == (416, b"")
    assert response["Content-Range"] == f"bytes */{len(STUB_PDF)}"
    assert "Cache-Control" not in response


def test_a_part_is_sent_only_of_the_file_that_the_reader_began_with(client: Client) -> None:
    etag = f'"{make_edition(slug="ties").pdf_sha256}"'
    for condition, status in ((etag, 206), ('"other"', 200), (f"W/{etag}", 200), ("nonsense", 200)):
        response = client.get(PDF, headers={"Range": "bytes=0-3", "If-Range": condition})
        assert response.status_code == status
        content(response)
    head = client.head(PDF, headers={"Range": "bytes=0-3"})
    assert head.status_code == 200
    both = client.get(PDF, headers={"Range": "bytes=0-3", "If-None-Match": etag})
    assert both.status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "/briefs/ties/other.pdf",
        "/briefs/ties/editions/1/other.pdf",
        "/briefs/ties/editions/2/ties.pdf",
        "/briefs/ties/editions/0/ties.pdf",
        "/briefs/ties/editions/99999999999999999999/ties.pdf",
        "/briefs/ties/cite.docx",
        "/briefs/ties/ties.pdf/",
    ],
)
def test_names_that_are_none_are_not_found(client: Client, path: str) -> None:
    make_edition(slug="ties")
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", EVERY_FILE)
def test_drafts_and_pending_editions_answer_like_unknown_addresses(
    client: Client, path: str
) -> None:
    make_brief(slug="draft")
    make_edition(slug="pending", public_from=tomorrow())
    answers = [
        client.get(path.replace("ties", slug), headers=headers)
        for slug in ("draft", "pending", "unknown")
        for headers in ({}, {"Range": "bytes=0-3"}, {"If-None-Match": "*"})
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1


def test_the_current_pdf_is_the_newest_and_older_ones_keep_their_bytes(client: Client) -> None:
    brief = make_brief(slug="ties")
    make_edition(brief)
    make_edition(brief, kind="correction", public_from=tomorrow())
    assert client.get("/briefs/ties/editions/2/ties.pdf").status_code == 404
    assert content(client.get("/briefs/ties/editions/1/ties.pdf")) == STUB_PDF
    assert json.loads(client.get("/briefs/ties/edition.json").content)["number"] == 1


@pytest.mark.parametrize("path", EVERY_FILE)
def test_after_a_withdrawal_every_file_is_gone(client: Client, path: str) -> None:
    edition = make_edition(slug="ties", title="Sentinel", body="<p>Sentinel words.</p>")
    Withdrawal.record(brief_id=edition.brief_id, notice="Taken back, for reasons.")
    for response in (client.get(path), client.get(path, headers={"If-None-Match": "*"})):
        assert response.status_code == 410
        assert b"Taken back, for reasons." in response.content
        assert b"Sentinel" not in response.content
    assert client.get("/briefs/ties/editions/2/ties.pdf").status_code == 404


@pytest.mark.parametrize("path", EVERY_FILE)
def test_former_addresses_lead_to_the_same_file(client: Client, path: str) -> None:
    edition = make_edition(slug="new")
    Address.objects.create(slug="ties", brief_id=edition.brief_id, current=False)
    response = client.get(path)
    assert response.status_code == 301
    assert response["Location"] == path.replace("ties", "new")
    assert response["Cache-Control"] == "public, max-age=60"
    followed = client.get(response["Location"])
    assert followed.status_code == 200
    content(followed)


def test_a_former_address_may_be_named_like_a_form_of_citation(client: Client) -> None:
    edition = make_edition(slug="new")
    Address.objects.create(slug="bib", brief_id=edition.brief_id, current=False)
    for old, new in (
        ("/briefs/bib/cite.bib", "/briefs/new/cite.bib"),
        ("/briefs/bib/bib.pdf", "/briefs/new/new.pdf"),
    ):
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (301, new)


def test_a_former_address_of_a_draft_leads_nowhere(client: Client) -> None:
    brief = make_brief(slug="new")
    Address.objects.create(slug="ties", brief=brief, current=False)
    assert client.get(PDF).status_code == 404


def test_the_edition_document_holds_text_byline_notes_and_hashes(client: Client) -> None:
    source = make_source("Envoy wraps up")
    body = f"<p>Words.{note(f'See {cite(source)}.')}</p>"
    edition = make_edition(slug="ties", body=body, authors=[make_author("Amina Khan")])
    response = client.get("/briefs/ties/edition.json")
    assert response["Content-Type"] == "application/json; charset=utf-8"
    document = json.loads(response.content)
    assert document["body"] == '<p>Words.<span data-note="1"></span></p>'
    assert document["byline"][0]["name"] == "Amina Khan"
    assert document["notes"][0]["sources"] == [str(source.pk)]
    assert document["references"][0]["csl"]["title"] == "Envoy wraps up"
    assert document["sha256"] == edition.sha256
    assert document["pdf"]["sha256"] == hashlib.sha256(STUB_PDF).hexdigest()
    assert document["pdf"]["address"] == "http://localhost:8000/briefs/ties/editions/1/ties.pdf"


def test_addresses_in_documents_never_come_from_the_request(client: Client) -> None:
    make_edition(slug="ties")
    for path in ("/briefs/ties/edition.json", "/briefs/ties/cite.json"):
        response = client.get(path, headers={"Host": "evil.example"})
        assert b"evil" not in response.content
        assert b"http://localhost:8000/briefs/ties/" in response.content


@pytest.mark.parametrize(
    ("form", "reader", "content_type"),
    [
        ("bib", "biblatex", "application/x-bibtex"),
        ("ris", "ris", "application/x-research-info-systems"),
        ("json", "csljson", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_citations_are_read_back_by_pandoc(
    client: Client, form: str, reader: str, content_type: str
) -> None:
    make_edition(
        slug="ties",
        title="Ties & Trade: 50% <more>",
        dated=dt.date(2025, 4, 7),
        authors=[make_author("Amina Khan"), make_author("Émile de Zola")],
    )
    response = client.get(f"/briefs/ties/cite.{form}")
    assert response["Content-Type"] == f"{content_type}; charset=utf-8"
    assert response["Content-Disposition"] == f'inline; filename="ties.{form}"'
    item = json.loads(run(["--from", reader, "--to", "csljson"], response.content))[0]
    assert "Ties & Trade: 50%" in item["title"]
    assert item["author"][0]["family"] == "Khan"
    assert item["issued"]["date-parts"][0][0] == 2025
    assert item["URL"] == "http://localhost:8000/briefs/ties/"


def test_a_cover_is_shown_while_a_public_edition_has_it(client: Client) -> None:
    name = put_picture()
    path = f"/images/{name.rpartition('/')[2]}"
    brief = make_brief(cover=name, cover_alt="A bridge.")
    assert client.get(path).status_code == 404
    make_edition(brief)
    response = client.get(path)
    assert content(response) == b"\x89PNG a picture"
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert response["X-Content-Type-Options"] == "nosniff"
    Withdrawal.record(brief_id=brief.pk, notice="Taken back.")
    for headers in ({}, {"If-None-Match": response["ETag"]}):
        assert client.get(path, headers=headers).status_code == 404


def test_the_cover_of_a_pending_edition_is_not_shown(client: Client) -> None:
    name = put_picture(b"another picture")
    make_edition(cover=name, cover_alt="A bridge.", public_from=tomorrow())
    assert client.get(f"/images/{name.rpartition('/')[2]}").status_code == 404


def test_a_logo_is_shown_by_the_institute_and_by_the_editions_that_carry_it(client: Client) -> None:
    name = put_picture(b"a logo", "jpg")
    path = f"/images/{name.rpartition('/')[2]}"
    Institute.objects.update_or_create(id=1, defaults={"logo": name})
    response = client.get(path)
    assert response["Content-Type"] == "image/jpeg"
    content(response)
    make_edition()
    Institute.objects.update(logo="")
    assert content(client.get(path)) == b"a logo"
    Withdrawal.record(brief_id=Edition.objects.get().brief_id, notice="Taken back.")
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/images/../../manage.py",
        "/images/%2e%2e/%2e%2e/manage.py",
        f"/images/{'a' * 64}.svg",
        f"/images/{'a' * 64}.png%00.jpg",
        f"/images/{'A' * 64}.png",
        f"/images/{'a' * 64}.png",
        f"/images/{'a' * 64}.png%0A",
        "/media/pdf/",
    ],
)
def test_nothing_else_in_storage_has_an_address(client: Client, path: str) -> None:
    default_storage.save("images/aa/stray.png", ContentFile(b"x"))
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(("path", "queries"), [(PDF, 1), ("/briefs/ties/edition.json", 5)])
def test_a_file_costs_few_queries(
    client: Client, django_assert_num_queries, path: str, queries: int
) -> None:
    make_edition(slug="ties")
    with django_assert_num_queries(queries):
        content(client.get(path))
