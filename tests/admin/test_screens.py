"""The other screens: front page, list, preview, manuscripts, sources."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from briefs import forms
from briefs.models import Brief, Institute, Source
from briefs.stages import Stage
from tests.admin.desk import change_url, client_of, filled, read_to_end
from tests.factories import (
    cite,
    make_author,
    make_brief,
    make_centre,
    make_edition,
    make_series,
    make_source,
    make_user,
    note,
)

pytestmark = pytest.mark.django_db

SAMPLE = Path(__file__).resolve().parents[2] / "briefs/samples/resetting-ties.docx"
LIST = "admin:briefs_brief_changelist"


def shelves(user) -> dict[str, list[str]]:
    response = client_of(user).get(reverse("admin:index"))
    return {
        shelf.title: [brief.title for brief in shelf.briefs]
        for shelf in response.context["shelves"]
    }


def test_the_front_page_shows_each_their_own_work() -> None:
    contributor, editor = make_user(group="Contributors"), make_user(group="Editors")
    publisher = make_user(group="Publishers")
    make_brief("Begun", by=contributor)
    make_brief("Handed in", by=contributor, stage=Stage.IN_REVIEW)
    make_brief("Written by the editor", authors=[make_author(user=editor)], stage=Stage.IN_REVIEW)
    make_brief("Ready", stage=Stage.APPROVED)
    make_edition(make_brief("Out"))
    assert shelves(contributor) == {"Your drafts": ["Begun"], "With the editors": ["Handed in"]}
    mine = shelves(editor)
    assert mine["Waiting for your review"] == ["Handed in"]
    assert mine["Your briefs, waiting for another’s review"] == ["Written by the editor"]
    assert mine["Other drafts"] == ["Begun"]
    assert mine["Recently published"] == ["Out"]
    assert "Approved, ready to publish" not in mine
    theirs = shelves(publisher)
    assert theirs["Approved, ready to publish"] == ["Ready"]
    assert theirs["Waiting for your review"] == ["Written by the editor", "Handed in"]


def fill(number: int) -> None:
    for index in range(number):
        brief = make_brief(
            f"Brief {index}",
            authors=[make_author(f"A{index}"), make_author(f"B{index}")],
            centre=make_centre(f"Centre {index}"),
            series=make_series(f"Series {index}"),
            topics=("Trade", f"T{index}"),
        )
        if index % 2:
            make_edition(brief)


@pytest.mark.parametrize("name", [LIST, "admin:index"])
def test_lists_take_as_many_queries_for_few_briefs_as_for_many(name: str) -> None:
    client = client_of(make_user(group="Publishers"))
    client.get(reverse(name))
    fill(2)
    few = queries(lambda: client.get(reverse(name)))
    fill_more()
    assert queries(lambda: client.get(reverse(name))) == few


def fill_more() -> None:
    for index in range(20):
        brief = make_brief(
            f"More {index}",
            authors=[make_author()],
            topics=("Trade",),
            centre=make_centre(f"M{index}"),
        )
        if index % 2:
            make_edition(brief)


def queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


@pytest.mark.parametrize(
    "query",
    ["stage=nonsense", "q=%27%22%5B%5D", "topic=x", "mine=no", "language=xx", "p=99", "o=9.9"],
)
def test_no_parameter_breaks_the_list(query: str) -> None:
    make_brief()
    client = client_of(make_user(group="Editors"))
    assert client.get(f"{reverse(LIST)}?{query}").status_code in (200, 302)


def test_filters_narrow_the_list() -> None:
    user = make_user(group="Editors")
    make_brief("French", language="fr", by=user, topics=("Trade",))
    make_brief("English")
    client = client_of(user)
    for query in ("language=fr", "mine=yes", "topic=trade"):
        page = client.get(f"{reverse(LIST)}?{query}").content.decode()
        assert "French" in page
        assert ">English</a>" not in page.partition("result_list")[2]


@pytest.mark.parametrize(
    ("kind", "state"),
    [("retraction", "retracted"), ("correction", "corrected"), (None, "")],
)
def test_list_and_front_page_say_what_has_become_of_a_published_brief(
    kind: str | None, state: str
) -> None:
    brief = make_brief("Out")
    make_edition(brief)
    if kind:
        make_edition(brief, kind=kind, change_note="It was wrong.")
    client = client_of(make_user(group="Editors"))
    listed = client.get(reverse(LIST)).content.decode()
    assert f'field-edition">{f"2, {state}" if state else 1}</td>' in listed
    front = client.get(reverse("admin:index")).content.decode()
    assert ("· retracted" in front, "· corrected" in front) == (
        state == "retracted",
        state == "corrected",
    )


def test_every_time_at_the_desk_is_written_alike_and_by_the_institutes_clock() -> None:
    Institute.objects.create(time_zone="Asia/Karachi")
    at = dt.datetime(2025, 11, 30, 21, 5, tzinfo=dt.UTC)
    edition = make_edition(public_from=at, dated=dt.date(2025, 9, 3))
    client = client_of(make_user(group="Editors"))
    for url in (
        reverse("admin:briefs_edition_changelist"),
        reverse("admin:briefs_edition_change", args=[edition.pk]),
    ):
        page = client.get(url).content.decode()
        assert "1 Dec 2025, 02:05" in page
        assert "3 Sep 2025" in page


def test_what_is_empty_is_no_dash_and_a_filter_for_it_has_a_name() -> None:
    make_brief("Without a centre")
    make_brief("With one", centre=make_centre("A Centre"))
    page = client_of(make_user(group="Editors")).get(reverse(LIST)).content.decode()
    assert ">None</a>" in page
    assert not re.search(r">\s*-\s*<", page)
    assert '<td class="field-centre_shown"></td>' in page


def test_the_preview_is_private_and_shows_the_saved_draft() -> None:
    user = make_user(group="Contributors")
    body = f"<p>Saved words.{note('A note.')}</p>"
    brief = make_brief(by=user, body=body, title="A <b>bold</b> title")
    response = client_of(user).get(change_url(brief, "preview"))
    page = response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert 'role="doc-noteref"' in page
    assert "Saved words." in page
    assert "<b>bold" not in page


def test_the_preview_as_pdf_is_a_pdf_and_private() -> None:
    brief = make_brief()
    response = client_of(make_user(group="Editors")).get(change_url(brief, "preview_pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert "no-store" in response["Cache-Control"]


def test_a_preview_that_cannot_be_made_says_why() -> None:
    source = make_source()
    brief = make_brief(body=f"<p>x{note(cite(source))}</p>")
    brief.citations.all().delete()
    source.delete()
    response = client_of(make_user(group="Editors")).get(change_url(brief, "preview"))
    assert response.status_code == 422
    assert "cites a source that does not exist any more" in response.content.decode()


def upload(user, name: str, content: bytes, **fields):
    data = {"file": SimpleUploadedFile(name, content), **fields}
    return client_of(user).post(reverse("admin:briefs_brief_manuscript"), data, follow=True)


def test_a_manuscript_becomes_a_brief_and_the_page_reports() -> None:
    user = make_user(group="Contributors")
    series = make_series()
    response = upload(user, "resetting-ties.docx", SAMPLE.read_bytes(), series=series.pk)
    brief = Brief.objects.get()
    page = response.content.decode()
    assert response.redirect_chain[-1][0] == change_url(brief)
    assert (brief.created_by, brief.series) == (user, series)
    assert "9 notes, 9 new sources" in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.docx", b"PK\x03\x04 nothing"),
        ("empty.docx", b""),
        ("program.exe", b"MZ\x00\x00"),
        ("scan.pdf", b"%PDF-1.7"),
        ("../../etc/passwd", b"\x00\x01\x02"),
        ("a" * 90 + "\u202excod.docx", b"x"),
    ],
)
def test_a_wrong_file_is_one_error_in_the_form_and_leaves_nothing(
    name: str, content: bytes
) -> None:
    response = upload(make_user(group="Contributors"), name, content)
    assert response.status_code == 400
    assert response.content.decode().count('class="errorlist"') == 1
    assert not Brief.objects.exists()
    assert not Source.objects.exists()


def test_too_large_a_file_is_refused(settings) -> None:
    settings.MANUSCRIPT_MAX_BYTES = 1024**2
    response = upload(make_user(group="Contributors"), "a.txt", b"x" * (1024**2 + 1))
    assert "larger than 1 MB" in response.content.decode()


def picture(tmp_path: Path, kind: str) -> SimpleUploadedFile:
    path = tmp_path / f"cover.{kind.lower()}"
    Image.new("RGB", (40, 30), "teal").save(path, kind)
    return SimpleUploadedFile(path.name, path.read_bytes())


def test_a_cover_is_stored_by_its_content_and_needs_words(tmp_path: Path) -> None:
    brief = make_brief()
    client = client_of(make_user(group="Editors"))
    response = client.post(change_url(brief), filled(brief, cover=picture(tmp_path, "PNG")))
    assert "The cover needs an alternative text." in response.content.decode()
    data = filled(brief, cover=picture(tmp_path, "PNG"), cover_alt="Teal.")
    client.post(change_url(brief), data)
    brief.refresh_from_db()
    assert brief.cover.name.startswith("images/")
    response = client.get(change_url(brief, "preview_cover"))
    read_to_end(response)
    assert response["Content-Type"] == "image/png"


@pytest.mark.parametrize("content", [b"<svg onload='alert(1)'/>", b"GIF89a", b"%PDF-1.7"])
def test_what_is_no_picture_is_no_cover(content: bytes) -> None:
    brief = make_brief()
    client = client_of(make_user(group="Editors"))
    upload = SimpleUploadedFile("cover.png", content)
    response = client.post(change_url(brief), filled(brief, cover=upload, cover_alt="x"))
    assert "This is not a picture" in response.content.decode()


def source_form(source: Source, **changes) -> forms.SourceForm:
    form = forms.SourceForm(instance=source)
    data = {name: form[name].value() for name in form.fields} | changes
    data = {name: form.fields[name].prepare_value(value) for name, value in data.items()}
    return forms.SourceForm(data, instance=source)


def test_names_are_lines_and_untouched_ones_keep_what_else_csl_says() -> None:
    beauvoir = {"family": "Beauvoir", "given": "Simone", "non-dropping-particle": "de"}
    source = make_source(authors=[beauvoir, {"literal": "World Bank"}], more={"volume": "3"})
    form = source_form(source, authors="de Beauvoir, Simone\nKhan, Amina\nUnited Nations")
    assert form.is_valid(), form.errors
    assert form.save().authors == [
        beauvoir,
        {"family": "Khan", "given": "Amina"},
        {"literal": "United Nations"},
    ]


def test_further_fields_are_lines_and_what_is_no_text_survives() -> None:
    editors = [{"family": "Khan", "given": "Amina"}]
    source = make_source(more={"volume": "3", "editor": editors})
    form = source_form(source, title="New")
    assert form.is_valid(), form.errors
    assert form.save().more == {"volume": "3", "editor": editors}
    assert not source_form(source, more="no colon").is_valid()
    assert not source_form(source, more="URL: https://example.org").is_valid()


def test_a_source_is_shown_in_house_style_and_made_at_the_desk() -> None:
    client = client_of(make_user(group="Contributors"))
    data = {"type": "article-newspaper", "title": "A Title", "container_title": "Dawn"}
    client.post(reverse("admin:briefs_source_add"), data | {"authors": "Khan, Amina", "more": ""})
    source = Source.objects.get()
    url = reverse("admin:briefs_source_change", args=[source.pk])
    assert "Amina Khan" in client.get(url).content.decode()
    assert client.get(reverse("admin:briefs_source_changelist") + "?q=khan").status_code == 200


def test_the_institute_is_saved_once_and_names_the_desk() -> None:
    client = client_of(make_user(group="Administrators"))
    url = reverse("admin:briefs_institute_change", args=[1])
    page = client.get(url)
    values = page.context["adminform"].form.initial
    data = {name: value or "" for name, value in values.items() if name != "own_approval"}
    client.post(url, data | {"name": "Institute of Tests", "accent": "#112233"})
    assert Institute.objects.get().name == "Institute of Tests"
    assert "Institute of Tests" in client.get(reverse("admin:index")).content.decode()
    assert b"#112233" in client.get(reverse("admin:colours")).content
