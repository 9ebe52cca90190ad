"""Revisions and conflicts in a real browser, two people at once."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from briefs.models import Brief
from tests.admin.desk import change_url
from tests.browser.desk import TEXT, Complaints, Desk, save
from tests.factories import make_brief, make_user, note

pytestmark = [
    pytest.mark.browser,
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
]
BODY = f"<p>The first paragraph of it.{note('A note.')}</p><p>The second paragraph of it.</p>"


def write(page: Page, words: str) -> None:
    """At the end of the text."""
    page.locator(TEXT).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)
    page.get_by_role("button", name="Save changes").first.wait_for()


def conflict(desk: Desk, brief: Brief) -> Page:
    """Dana's window after Omar has saved something else, and she too."""
    dana = desk(make_user("dana", group="Editors"))
    omar = desk(make_user("omar", group="Editors"))
    for page in (dana, omar):
        page.goto(change_url(brief))
        page.locator(TEXT).wait_for()
    write(omar, " Omar was here.")
    save(omar)
    write(dana, " Dana wrote this.")
    dana.get_by_label("Subtitle").fill("By Dana")
    dana.locator(".stage-bar").get_by_role("button", name="Save changes").click()
    dana.get_by_role("heading", name="Two versions of this brief").wait_for()
    return dana


def test_each_sees_what_the_other_did_and_keeps_mine(desk: Desk, complaints: Complaints) -> None:
    brief = make_brief(body=BODY)
    dana = conflict(desk, brief)
    theirs = dana.get_by_role("region", name="Saved since you opened it")
    mine = dana.get_by_role("region", name="Yours, not saved yet")
    expect(theirs).to_contain_text("Omar was here.")
    expect(theirs).not_to_contain_text("Dana wrote this.")
    expect(mine).to_contain_text("Dana wrote this.")
    assert not Axe().run(dana).response["violations"]
    dana.get_by_role("button", name="Keep mine, replace theirs").click()
    dana.get_by_text("Saved.").wait_for()
    brief.refresh_from_db()
    assert brief.subtitle == "By Dana"
    assert "Dana wrote this." in brief.body and "Omar" not in brief.body
    complaints.gather(dana)
    assert not complaints


def test_theirs_is_taken_and_mine_can_be_brought_back(desk: Desk, complaints: Complaints) -> None:
    brief = make_brief(body=BODY)
    dana = conflict(desk, brief)
    dana.get_by_role("button", name="Take theirs").click()
    expect(dana.locator(TEXT)).to_contain_text("Omar was here.")
    typed = dana.get_by_role("region", name="The text you had typed")
    expect(typed).to_contain_text("Dana wrote this.")
    assert not Axe().run(dana).response["violations"]
    dana.get_by_role("button", name="Bring them back").click()
    expect(dana.locator(TEXT)).to_contain_text("Dana wrote this.")
    complaints.gather(dana)
    assert not complaints


def test_both_ways_out_work_without_scripts(desk: Desk) -> None:
    brief = make_brief(body=BODY)
    page = desk(make_user("dana", group="Editors"), java_script_enabled=False)
    page.goto(change_url(brief))
    for taken in (True, False):
        page.get_by_label("Title", exact=True).fill("Of Dana")
        brief.refresh_from_db()
        brief.subtitle = f"Of Omar, {taken}"
        brief.save()
        page.locator(".stage-bar").get_by_role("button", name="Save").click()
        way = "Take theirs" if taken else "Keep mine, replace theirs"
        page.get_by_role("button", name=way).click()
        if taken:
            expect(page.get_by_label("Subtitle")).to_have_value("Of Omar, True")
            expect(page.get_by_role("definition").first).to_have_text("Of Dana")
    brief.refresh_from_db()
    assert brief.title == "Of Dana"


def test_revisions_are_compared_and_restored_by_keyboard(desk: Desk) -> None:
    brief = make_brief(body=BODY)
    page = desk(make_user("dana", group="Editors"))
    page.goto(change_url(brief))
    page.locator(TEXT).wait_for()
    write(page, " And more.")
    save(page)
    page.get_by_role("link", name="Revisions").click()
    page.get_by_role("radio", name="Compare to").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Revisions compared").wait_for()
    expect(page.get_by_role("insertion").last).to_contain_text("And more.")
    page.get_by_role("link", name="Restore the earlier one…").press("Enter")
    page.get_by_role("button", name="Restore this revision").press("Enter")
    page.get_by_text("The text is again as in the revision of").wait_for()
    brief.refresh_from_db()
    assert brief.body == BODY
