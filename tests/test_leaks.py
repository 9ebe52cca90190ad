"""A sentinel word in everything that is not public: it appears at no public address.

Addresses come from the URLconf itself, each filled with every slug, number and form that exists or
might be guessed, so that a new address is swept without anybody remembering it."""

import datetime as dt
import logging
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import product
from typing import Any

import pdfplumber
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern
from PIL import Image

from briefs import comments, search, urls, workflow
from briefs.models import (
    Address,
    Author,
    Brief,
    Centre,
    Edition,
    Institute,
    Series,
    Topic,
)
from briefs.models.clock import database_now
from briefs.models.images import normalise_image
from briefs.prose.anchors import Anchor
from briefs.stages import Stage
from tests.factories import (
    approve,
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

SENTINEL = "xyzzyplugh"
FINDER = "quuxfrobble"  # stands beside the sentinel, and is what the sweep searches for
SECRET = f"{SENTINEL} {FINDER}"
PUBLIC = "plainword"
AFTER = dt.timedelta(days=30)


def picture(shade: int) -> "ContentFile[bytes]":
    buffer = BytesIO()
    Image.new("RGB", (30, 20), (shade, shade, shade)).save(buffer, "PNG")
    return normalise_image(ContentFile(buffer.getvalue(), name="x.png"))


def secret_fields(number: int) -> dict[str, Any]:
    """Every field of a draft, with the sentinel in it. Slugs have none: the sweep asks for them."""
    source = make_source(
        f"{SECRET} source {number}",
        authors=[{"family": SECRET, "given": "A"}],
        container_title=SECRET,
        publisher=SECRET,
    )
    centre = make_centre(f"{SECRET} centre {number}", slug=f"hidden-centre-{number}")
    Topic.objects.get_or_create(
        name=f"{SECRET} topic {number}", defaults={"slug": f"hidden-topic-{number}"}
    )
    author = make_author(
        f"{SECRET} author {number}",
        slug=f"hidden-author-{number}",
        role=SECRET,
        email=f"{SENTINEL}{number}@example.org",
        biography=SECRET,
        centre=centre,
    )
    return {
        "title": f"{SECRET} title {number}",
        "subtitle": SECRET,
        "summary": SECRET,
        "body": f"<h2>{SECRET}</h2><p>{SECRET}{note(SECRET + cite(source))}</p>",
        "disclaimer": SECRET,
        "authors": [author],
        "topics": (f"{SECRET} topic {number}",),
        "centre": centre,
        "series": make_series(f"{SECRET} series {number}", slug=f"hidden-series-{number}"),
        "cover": picture(number),
        "cover_alt": SECRET,
    }


def make_hidden() -> None:
    """A draft, a brief in review, a scheduled and a withdrawn one, and one discarded."""
    for number, stage in enumerate((Stage.DRAFT, Stage.IN_REVIEW, Stage.DISCARDED)):
        Brief.objects.filter(
            pk=make_brief(slug=f"hidden-{number}", **secret_fields(number)).pk
        ).update(stage=stage)
    scheduled = make_brief(slug="scheduled", **secret_fields(10))
    search.index(make_edition(scheduled, public_from=database_now() + AFTER))
    withdrawn = make_brief(slug="withdrawn", **secret_fields(11))
    search.index(make_edition(withdrawn))
    withdrawn.refresh_from_db()
    workflow.withdraw(
        brief=withdrawn, by=make_user(group="Publishers"), comment="Withdrawn by the institute."
    )


def make_published_with_changes() -> None:
    """Public words in its edition; the sentinel in the draft behind it and in a pending edition."""
    boss = make_user(group="Publishers")
    brief = make_brief(
        f"{PUBLIC} title",
        slug="open",
        body=f"<p>{PUBLIC} text{note(f'{PUBLIC} note')}</p>",
        authors=[make_author("Ada Open", slug="open-author")],
        centre=make_centre("Open Centre", slug="open-centre"),
        topics=("Open topic",),
    )
    comments.begin(brief=brief, by=boss, words=SECRET, anchor=Anchor(f"{PUBLIC} text"))
    approve(brief)
    workflow.publish(brief=brief, by=boss)
    said = comments.begin(brief=brief, by=boss, words=SECRET, anchor=Anchor(f"{PUBLIC} text"))
    comments.reply(thread=said, by=boss, words=SECRET)
    workflow.revise(brief=brief, by=boss, comment=SECRET)
    change(brief)
    approve(brief)
    workflow.schedule(
        brief=brief, by=boss, at=database_now() + AFTER, kind="update", comment=SECRET
    )


def change(brief: Brief) -> None:
    fields = secret_fields(20)
    topics, authors = fields.pop("topics"), fields.pop("authors")
    for name, value in fields.items():
        setattr(brief, name, value)
    brief.save()
    brief.topics.add(*topics)
    brief.bylines.create(author=authors[0], position=5)


def values() -> dict[str, list[str]]:
    """What each parameter of an address may be filled with."""
    slugs = [
        slug
        for model in (Address, Author, Centre, Series, Topic)
        for slug in model.objects.values_list("slug", flat=True)
    ]
    covers = Edition.objects.exclude(cover="").values_list("cover", flat=True)
    drafts = Brief.objects.exclude(cover="").values_list("cover", flat=True)
    return {
        "slug": slugs,
        "number": ["1", "2", "3"],
        "form": ["bib", "ris", "json"],
        "page": ["1", "2"],
        "name": [*slugs, *{cover.rpartition("/")[2] for cover in [*covers, *drafts]}, "site"],
    }


def addresses() -> Iterator[str]:
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern), "teach the sweep about included URLconfs"
        route = str(pattern.pattern)
        names = re.findall(r"<(?:\w+:)?(\w+)>", route)
        template = re.sub(r"\(\?P<(\w+)>.*\)", r"<\1>", route).strip("^$")
        template = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", template).replace("\\", "")
        for filling in product(*(values()[name] for name in names)):
            given = dict(zip(names, filling, strict=True))
            if {"slug", "name"} <= given.keys() and given["slug"] != given["name"]:
                continue  # the sweep's own test below asks for crossed names
            yield "/" + template.format(**given)


QUERIES = (
    f"/search/?q={FINDER}",
    f"/search/?q={FINDER[:6]}",
    f"/search/?q=%22{FINDER}%22",
    f"/search/?q={PUBLIC}",
    "/search/?q=topic",
    "/briefs/?centre=hidden-centre-0",
    "/briefs/?author=hidden-author-10",
    "/briefs/?series=hidden-series-11",
    "/briefs/?topic=open-topic",
    "/briefs/?year=2026",
    "/briefs/?page=2",
    "/briefs/scheduled",
    "/briefs/SCHEDULED/",
    "/briefs/open/open.pdf?draft=1",
    "/briefs/open/?preview=1&edition=2",
)


def words(response: Any) -> str:
    """Body (of a PDF: its text and metadata) and headers, as text."""
    body: bytes = response.getvalue()
    if response.headers.get("Content-Type") == "application/pdf":
        with pdfplumber.open(BytesIO(body)) as document:
            pages = [page.extract_text() or "" for page in document.pages]
            text = "\n".join([*pages, str(document.metadata)])
    else:
        text = body.decode()
    return f"{text}\n{dict(response.headers)}"


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """A thousand missing pages are no news."""
    caplog.set_level(logging.ERROR, "django.request")


@pytest.mark.django_db
def test_nothing_hidden_appears_at_any_public_address() -> None:
    Institute(name="An Institute").save()
    make_hidden()
    make_published_with_changes()
    client = Client(raise_request_exception=True)
    statuses: dict[int, int] = {}
    seen = ""
    for address in [*addresses(), *QUERIES]:
        for ask in (client.get, client.head):
            response = ask(address)
            text = words(response) if ask == client.get else str(dict(response.headers))
            response.getvalue()
            assert SENTINEL not in text.replace("\xad", ""), address
            if FINDER not in address:
                assert FINDER not in text, address
            statuses[response.status_code] = statuses.get(response.status_code, 0) + 1
            seen += text if "open" in address else ""
    # The sweep looked at something: public pages, missing ones, withdrawn ones and a real PDF.
    assert {200, 404, 410} <= statuses.keys()
    assert f"{PUBLIC} note" in seen
    assert "%PDF" not in seen
    assert client.get("/briefs/open/open.pdf").getvalue().startswith(b"%PDF")


@pytest.mark.django_db
def test_a_draft_a_pending_and_an_unknown_brief_look_the_same() -> None:
    Institute(name="An Institute").save()
    make_brief("Draft", slug="draft")
    make_edition(make_brief("Pending", slug="pending"), public_from=database_now() + AFTER)
    client = Client()
    for path in ("/", "/{slug}.pdf", "/editions/1/", "/cite.bib", "/edition.json"):
        answers = {
            (response.status_code, response.content.decode().replace(slug, "SLUG"))
            for slug in ("draft", "pending", "nowhere")
            for response in [client.get(f"/briefs/{slug}{path.format(slug=slug)}")]
        }
        assert len(answers) == 1, path
        assert next(iter(answers))[0] == 404


@pytest.mark.django_db
def test_a_picture_of_a_draft_is_not_served() -> None:
    brief = make_brief("Draft", cover=picture(99), cover_alt="A picture.")
    name = brief.cover.name.rpartition("/")[2]
    assert Client().get(f"/images/{name}").status_code == 404
    make_edition(brief)
    response = Client().get(f"/images/{name}")
    assert response.status_code == 200
    assert response.getvalue()
