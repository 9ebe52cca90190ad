"""The preview of what is typed and not saved: the same as after saving, and nothing is left of it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefs import pandoc
from briefs.citations.render import _kept_answer
from briefs.composition import Draft, gather
from briefs.forms.cover import SALT
from briefs.licences import Licence
from briefs.models import Author, Brief, Contribution, Topic, User
from briefs.stages import Stage
from tests.admin.desk import change_url, client_of, filled
from tests.admin.test_screens import picture
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

NEW = "admin:briefs_brief_new_draft"
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE|SAVEPOINT|BEGIN|.* FOR UPDATE)", re.IGNORECASE)


def draft(user: User, brief: Brief, page: str = "draft", **changes: Any) -> Any:
    return client_of(user).post(change_url(brief, page), filled(brief, **changes))


def article(html: str) -> str:
    return html[html.index("<article") : html.index("</article>")]


def saved_article(user: User, brief: Brief) -> str:
    return article(client_of(user).get(change_url(brief, "preview")).content.decode())


def whole_brief() -> Brief:
    brief = make_brief(
        authors=[make_author("One", role="Fellow"), make_author("Two"), make_author("Three")],
        topics=("Trade",),
        centre=make_centre("Centre", "C"),
        series=make_series(),
        series_number=3,
    )
    make_author("Four", email="four@example.org", centre=make_centre("Other"))
    return brief


def everything_changed(brief: Brief) -> dict[str, Any]:
    """Every field, and the byline: one row goes, two change places, one is new."""
    source = make_source("Cited", authors=[{"family": "Khan", "given": "Amina"}])
    four = Author.objects.get(name="Four")
    return {
        "title": "Another <i>title</i>",
        "subtitle": "And its subtitle",
        "summary": "Two\r\nlines.",
        "language": "fr",
        "dated": "2024-02-29",
        "centre": make_centre("New Centre", "NC").pk,
        "series": "",
        "series_number": "",
        "topics": "trade, Rivers and dams",
        "disclaimer": "Mine alone.",
        "slug": "another",
        "body": f"<h2>Head</h2><p>Text{note('See ' + cite(source, 'p. 4') + '.')} and<b> more</b>"
        f"<script>x()</script>.</p><p></p><p>End{note(cite(source))}</p>",
        "bylines-TOTAL_FORMS": 4,
        "bylines-0-DELETE": "on",
        "bylines-1-position": 9,
        "bylines-2-affiliation": "Elsewhere",
        "bylines-3-brief": brief.pk,
        "bylines-3-author": four.pk,
        "bylines-3-role": "Guest",
        "bylines-3-position": "",
    }


def test_the_preview_of_what_is_typed_is_the_page_after_saving() -> None:
    user, brief = make_user(group="Editors"), whole_brief()
    changes = everything_changed(brief)
    answer = draft(user, brief, **changes)
    assert answer.json()["amiss"] == ""
    assert saved_article(user, brief) != article(answer.json()["page"])
    client_of(user).post(change_url(brief), filled(brief, **changes))
    saved = saved_article(user, brief)
    assert "Three" in saved
    assert "Guest" in saved
    assert article(answer.json()["page"]) == saved


def test_the_composition_of_what_is_typed_is_that_after_saving(monkeypatch) -> None:
    """Also what only the PDF and the freezing take: topics, address, licence."""
    seen: list[Draft] = []
    monkeypatch.setattr("briefs.admin.beside.render", lambda draft: seen.append(draft))
    user, brief = make_user(group="Editors"), whole_brief()
    Topic.objects.create(name="Rivers and dams")
    changes = everything_changed(brief) | {"licence": "cc-by-4.0"}
    monkeypatch.setattr("briefs.admin.beside.render_to_string", lambda *_: "")
    draft(user, brief, **changes)
    client_of(user).post(change_url(brief), filled(brief, **changes))
    brief = Brief.objects.get()
    assert seen[0].text == gather(brief).text
    typed, saved = seen[0].frame, gather(brief).frame
    assert typed.topics == saved.topics
    assert [topic.name for topic in typed.topics] == ["Rivers and dams", "Trade"]
    for name in saved.__dataclass_fields__.keys() - {"public_from"}:
        assert getattr(typed, name) == getattr(saved, name), name


def test_a_brief_that_was_never_saved_is_previewed_with_its_byline() -> None:
    user = make_user(group="Contributors")
    author = make_author("Ada", role="Fellow")
    data = {
        "title": "New",
        "language": "en",
        "licence": Licence.ALL_RIGHTS,
        "body": f"<p>Words{note('A note.')}</p>",
        "bylines-TOTAL_FORMS": 1,
        "bylines-INITIAL_FORMS": 0,
        "bylines-0-author": author.pk,
    }
    answer = client_of(user).post(reverse(NEW), data).json()
    assert answer["amiss"] == ""
    assert "Ada</span>, Fellow" in answer["page"]
    assert 'id="fnref-1"' in answer["page"]
    assert not Brief.objects.exists()


@pytest.fixture
def media(tmp_path: Path, settings) -> Iterator[Path]:
    settings.MEDIA_ROOT = tmp_path / "media"
    yield tmp_path / "media"


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_to_the_database_or_the_disk(tmp_path: Path, media: Path) -> None:
    user, brief = make_user(group="Editors"), whole_brief()
    client = client_of(user)
    changes = everything_changed(brief) | {"cover_alt": "Teal.", "cover": picture(tmp_path, "PNG")}
    data = filled(brief, **changes)
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(change_url(brief, "draft"), data)
    assert answer.status_code == 200
    assert not [query["sql"] for query in captured if WRITES.match(query["sql"])]
    before = (brief.token, brief.updated_at)
    brief.refresh_from_db()
    assert (brief.token, brief.updated_at, brief.title) == (*before, "A Brief")
    assert not Contribution.objects.exists()
    assert not brief.stage_changes.exists()
    assert not media.exists()


@pytest.mark.django_db(transaction=True)
def test_pandoc_runs_outside_of_any_transaction(monkeypatch) -> None:
    seen = []

    def run(*given: Any) -> bytes:
        seen.append(connection.in_atomic_block)
        return original(*given)

    original = pandoc.run
    _kept_answer.cache_clear()
    monkeypatch.setattr(pandoc, "run", run)
    brief = make_brief(body=f"<p>x{note(cite(make_source()))}</p>")
    assert draft(make_user(group="Editors"), brief).status_code == 200
    assert seen == [False]


def test_what_is_missing_is_named_in_a_sentence_and_the_rest_is_shown() -> None:
    brief = make_brief(series=make_series(), series_number=3)
    answer = draft(
        make_user(group="Editors"), brief, title=" ", dated="soon", body="<p>Words.</p>"
    ).json()
    assert answer["amiss"] == "Before this can be saved, see to: Title, Date."
    assert ">Untitled</h1>" in answer["page"]
    assert "<p>Words.</p>" in answer["page"]


def test_a_rule_of_several_fields_is_told_too() -> None:
    brief = make_brief()
    answer = draft(make_user(group="Editors"), brief, series_number="3").json()
    assert answer["amiss"] == "A number needs a series."


def test_a_wrong_byline_shows_what_it_can() -> None:
    brief = make_brief(authors=[make_author("One"), make_author("Two")])
    changes = {"bylines-1-author": "", "bylines-0-role": "Fellow"}
    answer = draft(make_user(group="Editors"), brief, **changes).json()
    assert answer["amiss"] == "Before this can be saved, see to: Byline."
    assert "One</span>, Fellow" in answer["page"]


def test_what_another_saved_meanwhile_does_not_stop_the_preview() -> None:
    brief = make_brief()
    answer = draft(make_user(group="Editors"), brief, seen="old", title="Typed")
    assert "Typed" in answer.json()["page"]
    assert answer.json()["amiss"] == ""


def test_a_text_that_cannot_be_composed_is_one_sentence() -> None:
    user, brief = make_user(group="Editors"), make_brief()
    answer = draft(user, brief, body="<b>" * 1_200_000)
    assert answer.status_code == 422
    assert answer.json()["sentence"].startswith("The text has more than")
    gone = f"<p>x{note('''<cite data-source="00000000-0000-4000-8000-000000000000"></cite>''')}</p>"
    answer = draft(user, brief, body=gone)
    assert answer.json() == {"sentence": "A note cites a source that does not exist any more."}
    assert "no-store" in answer["Cache-Control"]


def test_a_hostile_text_is_cleaned() -> None:
    hostile = (
        '<p onclick="x()">a<img src="//evil.example/x.png" onerror="x()"><script>x()</script>'
        '<iframe src="//evil.example"></iframe><a href="javascript:x()">b</a>'
        f"{note('<svg onload=x()>c</svg>')}</p>"
    )
    page = draft(make_user(group="Editors"), make_brief(), body=hostile, title="<img src=x>")
    html = page.json()["page"]
    assert not re.search(r"<(img|script|iframe|svg)|javascript:|\son\w+=|evil", html)


def test_the_answer_is_private() -> None:
    answer = draft(make_user(group="Editors"), make_brief())
    assert answer["Cache-Control"].startswith("no-store, private")
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize("page", ["draft", "draft_pdf"])
def test_only_who_may_edit_the_brief_may_preview_it(page: str) -> None:
    contributor, other = make_user(group="Contributors"), make_user(group="Contributors")
    brief = make_brief(by=contributor)
    assert draft(other, brief, page).status_code == 404
    assert draft(make_user(), brief, page).status_code in (403, 404)
    Brief.objects.update(stage=Stage.IN_REVIEW)
    assert draft(contributor, brief, page).status_code == 403
    stranger = Client().post(change_url(brief, page), filled(brief))
    assert stranger["Location"].startswith("/admin/login/")
    make_edition(published := make_brief())
    assert draft(make_user(group="Editors"), published, page).status_code == 403
    assert client_of(make_user()).post(reverse(NEW), {}).status_code == 403


@pytest.mark.parametrize("page", ["draft", "draft_pdf"])
def test_a_preview_is_posted_with_the_token_of_the_form(page: str) -> None:
    user, brief = make_user(group="Editors"), make_brief()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert strict.post(change_url(brief, page), filled(brief)).status_code == 403
    assert client_of(user).get(change_url(brief, page)).status_code == 405


def test_only_a_saved_cover_is_shown(tmp_path: Path, media: Path) -> None:
    user, brief = make_user(group="Editors"), make_brief()
    data = filled(brief, cover=picture(tmp_path, "PNG"), cover_alt="Teal.")
    client_of(user).post(change_url(brief), data)
    brief.refresh_from_db()
    picture_url = change_url(brief, "preview_cover")
    assert (
        f'src="{picture_url}" alt="Green."' in draft(user, brief, cover_alt="Green.").json()["page"]
    )
    without = draft(user, brief, **{"cover-clear": "on"}).json()["page"]
    assert picture_url not in without
    sealed = signing.dumps("images/aa/other.jpg", salt=SALT)
    assert picture_url not in draft(user, brief, uploaded=sealed).json()["page"]


def test_the_pdf_is_of_what_is_typed(monkeypatch) -> None:
    seen = []
    brief = make_brief()
    user = make_user(group="Editors")
    answer = draft(user, brief, "draft_pdf", title="Typed")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"].startswith("no-store, private")
    assert answer.content.startswith(b"%PDF")
    monkeypatch.setattr(
        "briefs.pdf.typeset", lambda composition, limits: seen.append((composition.title, limits))
    )
    with pytest.raises(AttributeError):
        draft(user, brief, "draft_pdf", title="Typed")
    assert (seen[0][0], seen[0][1].wall) == ("Typed", 45)


def test_an_upload_that_comes_along_is_not_looked_at(media: Path) -> None:
    upload = SimpleUploadedFile("cover.png", b"no picture")
    answer = draft(make_user(group="Editors"), make_brief(), cover=upload)
    assert answer.json()["amiss"] == ""
    assert not media.exists()
