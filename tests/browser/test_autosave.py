"""What is typed at the desk is kept before it is saved."""

import pytest
from django.db import OperationalError
from playwright.sync_api import Route, expect

from briefs.admin import working
from briefs.models import Brief, Contribution, WorkingCopy
from tests.admin.desk import change_url
from tests.browser.desk import TEXT, Complaints, Desk, save
from tests.browser.keeping import (
    ADD,
    KEPT,
    QUICK,
    bring_back,
    eventually,
    field,
    kept,
    no_copy,
    opened,
    signs,
)
from tests.browser.waiting import until
from tests.factories import PASSWORD, make_author, make_brief, make_centre, make_user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
]

COPY = "**/working-copy/"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same as at the desk, in a fraction of the time."""
    monkeypatch.setattr(working, "PACE", QUICK)


def test_a_browser_killed_in_mid_sentence_loses_what_was_typed_last_at_most(
    desk: Desk, complaints: Complaints
) -> None:
    user, brief = make_user(group="Editors"), make_brief()
    page = opened(desk(user), change_url(brief))
    page.locator(TEXT).click()
    page.keyboard.type("Typed for an hour. ")
    kept(page, lambda copy: "Typed for an hour." in field(copy, "body"))
    until(page, KEPT)
    page.keyboard.type("And on")
    page.context.close()  # without unloading
    token = brief.token
    page = opened(desk(user), change_url(brief))
    expect(page.locator(".offer")).to_contain_text("You have changes from ")
    bring_back(page)
    expect(page.locator(TEXT)).to_contain_text("Typed for an hour.")
    brief.refresh_from_db()
    assert brief.token == token
    assert not Contribution.objects.exists()
    save(page)
    brief.refresh_from_db()
    assert "Typed for an hour." in brief.body
    opened(page, change_url(brief))
    eventually(page, no_copy)
    assert page.locator(".offer").count() == 0
    assert not complaints


def test_every_kind_of_field_comes_back(desk: Desk) -> None:
    user, ann, bob = make_user(group="Editors"), make_author("Ann"), make_author("Bob")
    centre = make_centre("Centre of Rivers")
    brief = make_brief(authors=[ann])
    page = opened(desk(user), change_url(brief))
    page.get_by_label("Subtitle").fill("Under")
    page.get_by_label("Date", exact=True).fill("2026-11-26")
    page.get_by_label("Topics").fill("Rivers, Trade")
    page.get_by_label("Language").select_option("fr")
    page.evaluate(
        """centre => {
            const field = document.getElementById("id_centre");
            field.add(new Option("Centre of Rivers", centre));
            field.value = centre;
            django.jQuery(field).trigger("change");
        }""",
        str(centre.pk),
    )
    page.locator("#id_bylines-0-role").fill("Fellow")
    page.get_by_text("Add another author").click()
    page.evaluate(
        """bob => {
            const field = document.getElementById("id_bylines-1-author");
            field.add(new Option("Bob", bob));
            field.value = bob;
            django.jQuery(field).trigger("change");
        }""",
        str(bob.pk),
    )
    kept(page, lambda copy: field(copy, "bylines-1-author") == str(bob.pk))
    page.context.close()
    page = opened(desk(user), change_url(brief))
    bring_back(page)
    expect(page.locator(".field-centre .select2-selection")).to_contain_text("Centre of Rivers")
    save(page)
    brief.refresh_from_db()
    lines = [(line.author.name, line.role) for line in brief.bylines.all()]
    assert lines == [("Ann", "Fellow"), ("Bob", "")]
    assert (brief.subtitle, brief.language, brief.centre) == ("Under", "fr", centre)
    assert str(brief.dated) == "2026-11-26"
    assert set(brief.topics.values_list("name", flat=True)) == {"Rivers", "Trade"}


def test_new_briefs_are_kept_before_their_first_save_each_for_itself(desk: Desk) -> None:
    user = make_user(group="Editors")
    page = opened(desk(user), ADD)
    other = opened(page.context.new_page(), ADD)
    for window, title in ((page, "On rivers"), (other, "On roads")):
        window.get_by_label("Title", exact=True).fill(title)
        kept(window, lambda copy, title=title: copy.title == title)
    page.context.close()
    page = opened(desk(user), ADD)
    listed = page.get_by_role("region", name="Begun, but never saved")
    expect(listed).to_contain_text("You began 2 briefs that were never saved:")
    page.get_by_role("button", name="Discard it: On roads").click()
    expect(page.get_by_role("button", name="Bring it back: On rivers")).to_be_focused()
    page.get_by_role("button", name="Bring it back: On rivers").click()
    listed.wait_for(state="detached")
    assert page.get_by_label("Title", exact=True).input_value() == "On rivers"
    save(page)
    assert Brief.objects.get().title == "On rivers"
    assert no_copy()


def test_what_is_discarded_is_gone(desk: Desk) -> None:
    user, brief = make_user(group="Editors"), make_brief()
    page = opened(desk(user), change_url(brief))
    page.get_by_label("Subtitle").fill("Not meant")
    kept(page, lambda copy: field(copy, "subtitle") == "Not meant")
    page.context.close()
    page = opened(desk(user), change_url(brief))
    page.get_by_role("button", name="Discard them").click()
    eventually(page, no_copy)
    assert page.locator(".offer").count() == 0
    assert page.get_by_label("Subtitle").input_value() == ""


def test_nothing_is_sent_while_nothing_changed_and_nothing_kept_of_what_was_undone(
    desk: Desk,
) -> None:
    page = desk(make_user(group="Editors"))
    said = signs(page)
    opened(page, change_url(make_brief()))
    page.locator(TEXT).click()
    while len(said) < 3:
        page.evaluate("new Promise(requestAnimationFrame)")
    assert not [sign for sign in said if "fields" in sign or sign["typed"]]
    page.get_by_label("Subtitle").fill("Words")
    until(page, KEPT)
    page.get_by_label("Subtitle").fill("")
    until(page, "document.querySelector('.keeping').textContent === ''")
    assert no_copy()


def test_typing_without_a_pause_is_kept_all_the_same(desk: Desk) -> None:
    page = opened(desk(make_user(group="Editors")), change_url(make_brief()))
    page.evaluate(
        """{
            const field = document.getElementById("id_subtitle");
            setInterval(() => {
                field.value += "x";
                field.dispatchEvent(new Event("input", {bubbles: true}));
            }, 40);
        }"""
    )
    kept(page, lambda copy: "x" in field(copy, "subtitle"))


def test_hostile_text_that_was_kept_neither_runs_nor_loads(
    desk: Desk, complaints: Complaints
) -> None:
    user, brief = make_user(group="Editors"), make_brief()
    body = '<p>Kept<img src="/nowhere.png" onerror="window.ran = 1"><script>window.ran = 2</script></p>'
    title = '<img src="/nowhere.png" onerror="window.ran = 3">'
    for target in (brief, None):
        lines = [["title", title, ""], ["body", body, ""]]
        WorkingCopy.keep(by=user, brief=target, sitting=f"{target}", turn=1, base="", fields=lines)
    page = desk(user)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, change_url(brief))
    bring_back(page)
    expect(page.locator(TEXT)).to_contain_text("Kept")
    complaints.gather(page)
    opened(page, ADD)
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator(TEXT)).to_contain_text("Kept")
    assert page.evaluate("window.ran") is None
    assert not [url for url in asked if "nowhere" in url]
    complaints.gather(page)
    assert not complaints


def test_while_the_server_does_not_answer_the_text_stays_in_the_browser(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, brief = make_user(group="Editors"), make_brief()
    page = opened(desk(user), change_url(brief))

    def gone(**_given: object) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(WorkingCopy, "keep", gone)
        page.get_by_label("Subtitle").fill("Offline")
        expect(page.locator(".keeping")).to_contain_text("Not saved on the server since ")
        other = page.context.new_page()
        page.close()
    page = opened(other, change_url(brief))
    bring_back(page)
    assert page.get_by_label("Subtitle").input_value() == "Offline"
    until(page, KEPT)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('brief'))") == []
    kept(page, lambda copy: field(copy, "subtitle") == "Offline")


def test_a_log_in_in_another_tab_goes_on_where_the_session_ended(desk: Desk) -> None:
    user, brief = make_user(group="Editors"), make_brief()
    page = opened(desk(user), change_url(brief))
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Subtitle").fill("Typed on")
    expect(page.locator(".keeping")).to_contain_text("You are logged out.")
    other = page.context.new_page()
    other.goto("/admin/")
    other.get_by_label("Username").fill(user.username)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Log in").click()
    other.get_by_role("heading", name="Your desk").wait_for()
    kept(page, lambda copy: field(copy, "subtitle") == "Typed on")
    until(page, KEPT)
    save(page)
    brief.refresh_from_db()
    assert brief.subtitle == "Typed on"


def test_nothing_of_a_text_stays_in_the_browser_of_who_logged_out(desk: Desk) -> None:
    page = opened(desk(make_user(group="Editors")), change_url(make_brief()))
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.route(COPY, lambda route: route.abort())
    page.get_by_label("Subtitle").fill("Private")
    held = "Object.keys(localStorage).some(key => key.startsWith('brief'))"
    until(page, held)
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/logout/")
    assert not page.evaluate(held)


def test_a_page_that_goes_takes_its_last_words_along(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "PACE", dict.fromkeys(working.PACE, 600_000))
    user, brief = make_user(group="Editors"), make_brief()
    page = opened(desk(user), change_url(brief))
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("Subtitle").fill("Last words")
    page.goto("/admin/")
    kept(page, lambda copy: field(copy, "subtitle") == "Last words")
    opened(page, change_url(brief))
    bring_back(page)
    page.locator("#id_summary").fill("Too long for a page that goes. " * 3000)
    page.goto("/admin/")
    opened(page, change_url(brief))
    bring_back(page)
    assert len(page.locator("#id_summary").input_value()) == 93_000


def test_a_form_that_was_sent_leaves_one_offer_and_the_newest(desk: Desk) -> None:
    user, brief = make_user(group="Editors"), make_brief()
    page = opened(desk(user), change_url(brief))
    page.get_by_label("Subtitle").fill("Kept")
    kept(page, lambda copy: field(copy, "subtitle") == "Kept")

    def gone(route: Route) -> None:
        route.fulfill(
            status=503, body="gone"
        ) if route.request.method == "POST" else route.continue_()

    page.route(f"**{change_url(brief)}", gone)
    page.get_by_label("Subtitle").fill("Sent")
    page.get_by_label("Subtitle").press("Control+s")
    page.get_by_text("gone").wait_for()
    opened(page, change_url(brief))
    expect(page.locator(".offer")).to_have_count(1)
    bring_back(page)
    assert page.get_by_label("Subtitle").input_value() == "Sent"
