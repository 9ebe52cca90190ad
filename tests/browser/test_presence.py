"""Who has a brief's form open at once know of each other, and write over nothing unasked."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from briefs.admin import working
from briefs.models import WorkingCopy
from briefs.models.working import PRESENT
from tests.admin.desk import change_url, client_of, filled
from tests.browser.desk import Desk, save
from tests.browser.keeping import (
    ADD,
    KEPT,
    QUICK,
    bring_back,
    field,
    kept,
    no_copy,
    opened,
)
from tests.browser.waiting import until
from tests.factories import make_brief, make_user

SAVED = re.compile(r"(maheen|Maheen Shafeeq) saved this brief on [^,]+, \d\d:\d\d\. (If|Your save)")
# Milliseconds: at once, but where a sign of life overtook the farewell.
LEFT = (PRESENT.total_seconds() + 15) * 1000
pytestmark = [
    pytest.mark.browser,
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same as at the desk, in a fraction of the time."""
    monkeypatch.setattr(working, "PACE", QUICK)


def test_two_windows_of_one_person_know_of_each_other_and_lose_nothing(desk: Desk) -> None:
    user, brief = make_user(group="Editors"), make_brief()
    page = opened(desk(user), change_url(brief))
    other = opened(page.context.new_page(), change_url(brief))
    expect(other.locator(".people")).to_contain_text("You have this open in another window too")
    page.get_by_label("Subtitle").fill("In one")
    other.get_by_label("Subtitle").fill("In the other")
    for window, words in ((page, "In one"), (other, "In the other")):
        kept(window, lambda copy, words=words: field(copy, "subtitle") == words)
    assert WorkingCopy.objects.count() == 2
    page.context.close()
    page = opened(desk(user), change_url(brief))
    page.get_by_role("button", name="Discard them").click()
    expect(page.get_by_role("button", name="Bring them back")).to_be_focused()
    bring_back(page)
    expect(page.get_by_label("Title", exact=True)).to_be_focused()
    assert page.get_by_label("Subtitle").input_value() in {"In one", "In the other"}


def test_two_persons_see_each_other_come_save_and_go(desk: Desk) -> None:
    brief = make_brief()
    maheen = make_user(group="Editors", first_name="Maheen", last_name="Shafeeq")
    hers = opened(desk(maheen), change_url(brief))
    his = opened(desk(make_user("omar", group="Editors")), change_url(brief))
    expect(his.locator(".people")).to_have_text("Maheen Shafeeq has this open.")
    hers.get_by_label("Subtitle").fill("Hers")
    expect(his.locator(".people")).to_contain_text("Maheen Shafeeq has this open, last typed ")
    expect(hers.locator(".people")).to_have_text("omar has this open.")
    save(hers)
    expect(his.locator(".events")).to_contain_text(SAVED)
    link = his.get_by_role("link", name="Open the saved version")
    assert link.get_attribute("href") == change_url(brief)
    hers.goto("/admin/")
    expect(his.locator(".people")).to_be_hidden(timeout=LEFT)


def test_what_is_brought_back_over_a_newer_save_is_stopped_by_the_comparison(desk: Desk) -> None:
    user, brief = make_user(group="Editors"), make_brief()
    page = opened(desk(user), change_url(brief))
    page.get_by_label("Subtitle").fill("Mine")
    kept(page, lambda copy: field(copy, "subtitle") == "Mine")
    page.context.close()
    theirs = client_of(make_user("maheen", group="Editors"))
    theirs.post(change_url(brief), filled(brief, subtitle="Theirs"))
    page = opened(desk(user), change_url(brief))
    expect(page.locator(".offer")).to_contain_text(SAVED)
    bring_back(page)
    page.locator(".stage-bar").get_by_role("button", name="Save changes").click()
    page.get_by_role("heading", name="Two versions of this brief").wait_for()
    brief.refresh_from_db()
    assert brief.subtitle == "Theirs"
    assert page.get_by_role("textbox", name="Subtitle").input_value() == "Mine"
    assert page.locator(".offer").count() == 0
    page.get_by_role("button", name="Keep mine, replace theirs").click()
    page.get_by_text("Saved.", exact=True).wait_for()
    brief.refresh_from_db()
    assert brief.subtitle == "Mine"
    assert no_copy()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 390)])
def test_bar_and_banner_are_legible_to_everybody(desk: Desk, scheme: str, width: int) -> None:
    brief, user = make_brief(), make_user(group="Editors")
    maheen = make_user(group="Editors", first_name="Maheen", last_name="Shafeeq")
    WorkingCopy.keep(
        by=user, brief=brief, sitting="x", turn=1, base="", fields=[["title", "Mine", ""]]
    )
    for title in ("One", "Two"):
        fields = [["title", title, ""]]
        WorkingCopy.keep(by=user, brief=None, sitting=title, turn=1, base="", fields=fields)
    hers = opened(desk(maheen), change_url(brief))
    page = opened(desk(user, color_scheme=scheme, width=width), change_url(brief))
    hers.get_by_label("Subtitle").fill("Hers")
    save(hers)
    page.get_by_label("Subtitle").fill("Mine")
    until(page, KEPT)
    page.locator(".events").wait_for()
    page.locator(".people").wait_for()
    page.locator(".offer").wait_for()
    for url in (None, ADD):
        if url:
            page.on("dialog", lambda dialog: dialog.accept())
            opened(page, url)
            page.locator(".offers").wait_for()
        page.locator(".select2-selection[aria-label]").first.wait_for()
        page.evaluate("document.fonts.ready")
        assert not Axe().run(page).response["violations"]
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
