"""The desk in a real browser: the text survives the editor, nothing breaks the policy, everything
can be told without seeing it."""

import re
from pathlib import Path

import pytest
from django.db import OperationalError

from briefs.models import Brief, StageChange
from briefs.stages import Stage
from tests.admin.desk import change_url, verb_url
from tests.browser.desk import TEXT, Complaints, Desk, everything, save
from tests.browser.waiting import until, until_the_editor
from tests.factories import (
    PASSWORD,
    make_brief,
    make_user,
    note,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
]

SAMPLE = Path(__file__).resolve().parents[2] / "briefs/samples/resetting-ties.docx"


def test_the_stored_form_survives_load_edit_and_save(desk: Desk, complaints: Complaints) -> None:
    brief = make_brief(body=everything())
    stored = brief.body
    page = desk(make_user(group="Editors"))
    page.goto(change_url(brief))
    page.locator(TEXT).locator("p").last.click()
    page.keyboard.press("End")
    page.keyboard.type("ing")
    save(page)
    complaints.gather(page)
    brief.refresh_from_db()
    assert brief.body == stored.replace("<p>End</p>", "<p>Ending</p>")
    assert not complaints


def test_a_sentence_becomes_a_pull_quote_and_a_quotation_again(desk: Desk) -> None:
    brief = make_brief(body="<p>Trade fell.</p><p>End.</p>")
    page = desk(make_user(group="Editors"))
    page.goto(change_url(brief))
    page.locator(TEXT).get_by_text("Trade fell.").click()
    (button := page.get_by_title("Pull quote")).click()
    page.locator(f"{TEXT} blockquote[data-pull]").get_by_text("Trade fell.").wait_for()
    button.click()
    page.locator(f"{TEXT} blockquote:not([data-pull])").wait_for()
    button.click()
    save(page)
    brief.refresh_from_db()
    assert brief.body == '<blockquote data-pull=""><p>Trade fell.</p></blockquote><p>End.</p>'


def test_no_icon_stands_on_the_words_of_a_message(desk: Desk) -> None:
    page = desk(make_user(group="Editors"))
    page.goto(change_url(make_brief()))
    page.locator(".stage-bar").get_by_role("button", name="Save").click()
    message = page.locator(".messagelist li")
    message.wait_for()
    assert message.evaluate("item => getComputedStyle(item).backgroundImage") == "none"


def test_notes_are_numbered_chips_that_say_their_text(desk: Desk) -> None:
    brief = make_brief(body=everything())
    page = desk(make_user(group="Editors"))
    page.goto(change_url(brief))
    chips = page.locator(".note-chip")
    chips.nth(3).wait_for()
    assert chips.count() == 4
    titles = [chip.get_attribute("title") for chip in chips.all()]
    assert titles[1] == "See this, A Report, p. 4; Other. And more."
    assert titles[3] == "A Report"
    page.locator(TEXT).locator("p").first.click()
    page.keyboard.press("Home")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.press("Control+Z")
    chips.nth(3).wait_for()
    assert chips.count() == 4


def test_a_note_is_copied_with_the_words_around_it(desk: Desk) -> None:
    brief = make_brief(body=f"<p>Words{note('A <em>note</em>.')} more.</p>")
    page = desk(make_user(group="Editors"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(change_url(brief))
    page.locator(TEXT).click()
    page.locator(f"{TEXT}.ProseMirror-focused").wait_for()
    page.keyboard.press("Control+A")
    until(page, "!getSelection().isCollapsed")
    page.keyboard.press("Control+C")
    page.keyboard.press("ArrowRight")
    until_the_editor(page, "state.selection.empty")
    page.keyboard.type("!")
    page.locator(TEXT).get_by_text("more.!").wait_for()
    page.keyboard.press("Control+V")
    page.locator(TEXT).locator(".note-chip").nth(1).wait_for()
    save(page)
    brief.refresh_from_db()
    assert brief.body.count(note("A <em>note</em>.")) == 2


def test_pasted_script_and_pictures_are_neither_run_nor_stored(
    desk: Desk, complaints: Complaints
) -> None:
    brief = make_brief()
    page = desk(make_user(group="Editors"))
    page.goto(change_url(brief))
    page.locator(TEXT).click()
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
            document.querySelector(".ProseMirror[contenteditable='true']").dispatchEvent(paste);
        }""",
        "<p style='color:red'>Pasted<span data-note>x<img src=/nowhere.png onerror=alert(1)><script>alert(2)</script>"
        '<a href="javascript:alert(3)">y</a></span></p>',
    )
    save(page)
    complaints.gather(page)
    brief.refresh_from_db()
    assert 'Pasted<span data-note="">x' in brief.body
    assert not re.search(r"script|img|alert\(1\)|javascript", brief.body)
    assert not complaints


def test_from_manuscript_to_published_by_the_desk_alone(desk: Desk, complaints: Complaints) -> None:
    contributor = desk(make_user("maheen", group="Contributors"))
    contributor.get_by_role("link", name="From a manuscript").click()
    contributor.get_by_label("Manuscript").set_input_files(SAMPLE)
    complaints.gather(contributor)
    contributor.get_by_role("button", name="Read the manuscript").click()
    contributor.get_by_text("9 notes, 9 new sources").wait_for()
    brief = Brief.objects.get()
    contributor.get_by_role("button", name="Submit for review").click()
    contributor.get_by_role("button", name="Submit for review").click()
    contributor.get_by_text("Submitted for review.").wait_for()
    assert contributor.locator(TEXT).count() == 0
    complaints.gather(contributor)

    publisher = desk(make_user("omar", group="Publishers"))
    publisher.get_by_role("link", name=brief.title).click()
    for verb, done in (("Approve", "Approved."), ("Publish", "Published: edition 1")):
        publisher.locator(".stage-bar").get_by_role("button", name=verb).click()
        publisher.locator(".act").get_by_role("button", name=verb).dblclick()
        publisher.get_by_text(done).wait_for()
        complaints.gather(publisher)
    assert [change.verb for change in StageChange.objects.order_by("id")] == [
        *("submit", "approve", "publish")
    ]
    brief.refresh_from_db()
    assert brief.stage == Stage.PUBLISHED
    assert not complaints


def test_a_verbs_button_loses_no_unsaved_word(desk: Desk) -> None:
    brief = make_brief()
    page = desk(make_user(group="Editors"))
    page.goto(change_url(brief))
    page.get_by_label("Title", exact=True).fill("A better title")
    page.get_by_role("button", name="Submit for review").click()
    page.wait_for_url(f"**{verb_url(brief, 'submit')}")
    brief.refresh_from_db()
    assert (brief.title, brief.stage) == ("A better title", Stage.DRAFT)


def test_a_new_brief_begins_at_its_title(desk: Desk) -> None:
    page = desk(make_user(group="Editors"))
    page.goto("/admin/briefs/brief/add/")
    page.locator(TEXT).wait_for()
    assert page.evaluate("document.activeElement.id") == "id_title"


def test_leaving_unsaved_words_behind_is_asked_about(desk: Desk) -> None:
    brief = make_brief()
    page = desk(make_user(group="Editors"))
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(change_url(brief))
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Sources").click()
    page.goto(change_url(brief))
    assert asked == []
    page.get_by_label("Subtitle").fill("Words")
    page.get_by_role("link", name="Sources").click()
    page.wait_for_url("**/source/")
    assert asked == ["beforeunload"]


def test_a_text_sent_after_the_session_expired_is_offered_back(desk: Desk) -> None:
    brief, user = make_brief(), make_user(group="Editors")
    page = desk(user)
    page.goto(change_url(brief))
    page.locator(TEXT).click()
    page.keyboard.type("Typed for an hour. ")
    page.get_by_label("Subtitle").fill("Mine")
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Subtitle").press("Control+s")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Bring them back").click()
    save(page)
    brief.refresh_from_db()
    assert (brief.subtitle, "Typed for an hour." in brief.body) == ("Mine", True)
    assert not page.get_by_role("button", name="Bring them back").is_visible()


def test_a_text_sent_while_the_database_was_gone_is_offered_back(
    desk: Desk, complaints: Complaints, monkeypatch: pytest.MonkeyPatch
) -> None:
    brief = make_brief()
    page = desk(make_user(group="Editors"))
    page.goto(change_url(brief))
    page.locator(TEXT).click()
    page.keyboard.type("Typed for an hour. ")

    def gone(*_args: object, **_options: object) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(Brief, "save", gone)
        page.get_by_label("Subtitle").press("Control+s")
        page.get_by_role("heading", name="The desk does not answer").wait_for()
    page.get_by_role("link", name="open the page anew").click()
    page.get_by_role("button", name="Bring them back").click()
    save(page)
    assert "Typed for an hour." in Brief.objects.get().body
    assert [line for line in complaints if "503" not in line] == []


RUNS = "element => getComputedStyle(element).direction"


def test_each_block_runs_as_its_words_do_and_the_rest_as_the_language(desk: Desk) -> None:
    blocks = "<h2>عنوان النص.</h2><p>English words.</p><ul><li>بند أول.</li></ul><p>OPEC وأسعار النفط</p>"
    brief = make_brief("عنوان", body=blocks)
    page = desk(make_user(group="Editors"))
    page.goto(change_url(brief))
    text = page.locator(TEXT)
    text.wait_for()

    def runs() -> list[str]:
        return [block.evaluate(RUNS) for block in text.locator("h2, p, ul").all()]

    assert text.evaluate(RUNS) == "ltr"
    assert runs() == ["rtl", "ltr", "rtl", "rtl", "ltr"]
    assert page.get_by_label("Title", exact=True).evaluate(RUNS) == "rtl"
    assert page.get_by_label("Subtitle").evaluate(RUNS) == "ltr"
    page.get_by_label("Language").select_option("ar")
    assert text.evaluate(RUNS) == "rtl"
    assert runs() == ["rtl", "ltr", "rtl", "rtl", "rtl"]
    assert page.get_by_label("Subtitle").evaluate(RUNS) == "rtl"
    save(page)
    brief.refresh_from_db()
    assert brief.body == blocks
