"""Every page of the desk can be read by everybody, in light and dark and on a phone, and keeps the
policy."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from briefs import revisions
from briefs.models import Brief, BriefRevision
from briefs.stages import Stage
from tests.admin.desk import change_url, verb_url
from tests.browser.desk import TEXT, Complaints, Desk, everything
from tests.factories import make_author, make_brief, make_centre, make_edition, make_user, note

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def kept(brief: Brief) -> BriefRevision:
    """An earlier text of it, in which much was otherwise."""
    body = brief.body
    brief.body = f"<p>This went away.</p>{body.replace('quoted', 'said')}"
    brief.save()
    revisions.keep(brief=brief)
    brief.title, brief.body = f"{brief.title} of today", f"{body}<p>{note('A new note')}</p>"
    brief.save()
    revisions.record(brief=brief, by=make_user(), comment="Saved at the desk")
    return brief.revisions.last()


def newsroom() -> dict[str, str]:
    """One of everything; the addresses of the desk's pages."""
    author, centre = make_author(), make_centre()
    brief = make_brief(body=everything(), authors=[author], centre=centre, topics=("Trade",))
    approved = make_brief("Approved", stage=Stage.APPROVED, authors=[author])
    published = make_brief("Published", authors=[author], centre=centre)
    edition = make_edition(published)
    source = brief.citations.first().source
    revision = kept(brief)
    return {
        "front": "/admin/",
        "list": "/admin/briefs/brief/",
        "form": change_url(brief),
        "add": "/admin/briefs/brief/add/",
        "closed": change_url(published),
        "history": change_url(brief, "history"),
        "preview": change_url(brief, "preview"),
        "revisions": change_url(brief, "revisions"),
        "revision": f"{change_url(brief, 'revisions')}{revision.pk}/",
        "compared": f"{change_url(brief, 'compare')}?from={revision.pk}&to=now",
        "restore": f"{change_url(brief, 'revisions')}{revision.pk}/restore/",
        "since": change_url(published, "changes"),
        "upload": "/admin/briefs/brief/manuscript/",
        "publish": verb_url(approved, "publish"),
        "schedule": verb_url(approved, "schedule"),
        "withdraw": verb_url(published, "withdraw"),
        "sources": "/admin/briefs/source/",
        "source": f"/admin/briefs/source/{source.pk}/change/",
        "author": f"/admin/briefs/author/{author.pk}/change/",
        "edition": f"/admin/briefs/edition/{edition.pk}/change/",
        "institute": "/admin/briefs/institute/1/change/",
        "user": "/admin/briefs/user/add/",
    }


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 390)])
def test_every_page_is_legible_to_everybody_and_keeps_the_policy(
    desk: Desk, complaints: Complaints, scheme: str, width: int
) -> None:
    pages = newsroom()
    page = desk(make_user(is_superuser=True), color_scheme=scheme, width=width)
    faults = []
    for name, url in pages.items():
        page.goto(url)
        if name in {"form", "add"}:
            page.locator(TEXT).wait_for()
            page.locator(".select2-selection[aria-label]").first.wait_for()
            page.evaluate("document.fonts.ready")  # without their face, icons are words to axe
        for violation in Axe().run(page).response["violations"]:
            where = "; ".join(str(node["html"])[:160] for node in violation["nodes"][:3])
            faults.append(f"{name}: {violation['id']}: {where}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{name}: wider than the window")
        complaints.gather(page)
    assert not faults, "\n".join(faults)
    assert not complaints


def test_the_log_in_page_is_legible_to_everybody(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    for scheme in ("light", "dark"):
        page = open_page(color_scheme=scheme)
        page.goto(f"{live_server.url}/admin/")
        assert not Axe().run(page).response["violations"]
