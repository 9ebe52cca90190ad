"""Footnotes at the desk: written, cited, edited, numbered, printed, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from briefs.models import Brief, Source
from tests.admin.desk import change_url
from tests.browser.desk import TEXT, Complaints, Desk, save
from tests.browser.waiting import until, until_the_editor
from tests.factories import cite, make_brief, make_source, make_user, note

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTE = ".note-dialog .ProseMirror"


def opened(desk: Desk, brief: Brief, **options: object) -> Page:
    page = desk(make_user(group="Editors"), **options)
    page.goto(change_url(brief))
    page.locator(TEXT).wait_for()
    page.locator("#notes-below").wait_for()
    return page


def put_caret_after(page: Page, words: str) -> None:
    """Where the words end that stand alone in an element of the text."""
    page.evaluate(
        """words => {
            const editor = document.querySelector(".ProseMirror[contenteditable='true']").editor;
            let place = null;
            editor.state.doc.descendants((node, position) => {
                const found = node.isText ? node.text.indexOf(words) : -1;
                if (found >= 0) place ??= position + found + words.length;
            });
            editor.chain().focus().setTextSelection(place).run();
        }""",
        words,
    )
    until_the_editor(page, "view.hasFocus()")


def test_a_note_with_a_source_is_written_by_the_keyboard_alone(
    desk: Desk, complaints: Complaints
) -> None:
    source = make_source("The Water War", container_title="Dawn")
    brief = make_brief(body="<p>Rivers fell. They rose.</p>")
    page = opened(desk, brief)
    put_caret_after(page, "fell.")
    page.keyboard.press("Control+Alt+f")
    page.locator(f"{NOTE}.ProseMirror-focused").wait_for()
    page.keyboard.type("See ")
    page.get_by_label("Cite a source").focus()
    page.keyboard.type("water")
    page.get_by_role("option", name="The Water War").wait_for()
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id === 'note-locator'")
    page.keyboard.type("p. 4")
    page.keyboard.press("Enter")
    page.keyboard.type("; but not all.")
    page.locator(".note-printed").get_by_text("but not all").wait_for()
    page.keyboard.press("Control+Enter")
    page.locator(".note-chip").wait_for()
    assert page.locator(".note-dialog").count() == 0
    page.keyboard.type(" Then")
    save(page)
    complaints.gather(page)
    brief.refresh_from_db()
    written = note(f"See {cite(source, 'p. 4')}; but not all.")
    assert brief.body == f"<p>Rivers fell.{written} Then They rose.</p>"
    assert not complaints


def test_what_is_pasted_becomes_a_source_to_confirm(desk: Desk, complaints: Complaints) -> None:
    known = make_source("The Water War", url="https://dawn.com/x")
    brief = make_brief(body="<p>Rivers fell.</p>")
    page = opened(desk, brief)
    put_caret_after(page, "fell.")
    page.get_by_role("button", name="Footnote").click()
    dialog = page.locator(".note-dialog")
    dialog.get_by_label("Cite a source").fill("https://dawn.com/y")
    dialog.get_by_role("option", name="Nothing found").click()
    dialog.get_by_label("Title", exact=True).fill("Rivers in Court")
    dialog.get_by_label("Authors").fill("Khan, Ali")
    dialog.get_by_label("Date").fill("in spring")
    dialog.get_by_role("button", name="Cite it").click()
    dialog.get_by_text("A date looks like").wait_for()
    dialog.get_by_label("Date").fill("2025-03")
    dialog.get_by_role("button", name="Cite it").click()
    page.locator("#note-locator").wait_for()
    page.locator(NOTE).get_by_text("Khan: Rivers in Court").wait_for()
    dialog.get_by_label("Cite a source").fill("https://dawn.com/x?utm_source=a")
    dialog.get_by_role("option", name="Nothing found").click()
    dialog.get_by_text("It has the same address.").wait_for()
    dialog.get_by_role("button", name="Cite it").click()
    page.locator(NOTE).get_by_text("The Water War").wait_for()
    dialog.get_by_role("button", name="Insert note").click()
    page.locator(".note-chip").wait_for()
    save(page)
    complaints.gather(page)
    brief.refresh_from_db()
    made = Source.objects.exclude(pk=known.pk).get()
    assert (made.title, made.issued) == ("Rivers in Court", "2025-03")
    assert note(f"{cite(made)}; {cite(known)}") in brief.body
    assert [line for line in complaints if "422" not in line] == []


def test_a_printed_note_is_turned_into_sources(desk: Desk) -> None:
    printed = 'See Ali Khan, “Water,” <em>Dawn</em>, March 4, 2020, <a href="https://e.org/">https://e.org/</a>; and more.'
    brief = make_brief(body=f"<p>Rivers fell.{note(printed)}</p>")
    page = opened(desk, brief)
    page.locator(".note-chip").click()
    page.get_by_role("button", name="Make sources of this text").click()
    page.get_by_role("button", name="Cite it").click()
    page.locator(NOTE).get_by_text("Khan: Water").wait_for()
    page.get_by_role("button", name="Done").click()
    save(page)
    brief.refresh_from_db()
    assert note(f"See {cite(Source.objects.get())}; and more.") in brief.body


def test_the_list_below_shows_notes_as_printed_and_opens_them(desk: Desk) -> None:
    source = make_source("The Water War", container_title="Dawn")
    body = f"<p>One{note('First.')} two{note(cite(source))} three{note(cite(source))}</p>"
    brief = make_brief(body=body)
    page = opened(desk, brief)
    rows = page.locator("#notes-below li")
    rows.nth(1).get_by_text("Dawn").wait_for()
    rows.nth(2).get_by_text("Ibid").wait_for()
    rows.nth(1).locator(".words").click()
    page.get_by_role("heading", name="Note 2").wait_for()
    page.keyboard.press("Escape")
    put_caret_after(page, "One")
    page.keyboard.press("Control+Alt+f")
    page.locator(f"{NOTE}.ProseMirror-focused").wait_for()
    page.keyboard.type("Before all.")
    page.keyboard.press("Control+Enter")
    rows.nth(3).wait_for()
    assert rows.first.get_by_role("button").inner_text() == "1"
    rows.first.get_by_text("Before all.").wait_for()
    page.keyboard.press("Control+z")
    until(page, "document.querySelectorAll('#notes-below li').length === 3")
    page.keyboard.press("Control+Shift+z")
    until(page, "document.querySelectorAll('#notes-below li').length === 4")
    assert page.locator(".note-chip").count() == 4


def test_a_note_is_edited_and_deleted_and_nothing_is_thrown_away_by_a_key(desk: Desk) -> None:
    brief = make_brief(body=f"<p>One{note('A <em>first</em> note')} two.</p>")
    page = opened(desk, brief)
    page.locator(".note-chip").click()
    page.locator(NOTE).press("End")
    page.keyboard.type(" indeed")
    page.keyboard.press("Escape")
    page.get_by_text("Discard what you wrote here?").wait_for()
    page.get_by_role("button", name="Go on writing").click()
    page.get_by_role("button", name="Done").click()
    until_the_editor(page, "getHTML().includes('note indeed')")
    page.locator(".note-chip").click()
    page.keyboard.press("Escape")
    assert page.locator(".note-dialog").count() == 0
    page.locator(".note-chip").click()
    page.get_by_role("button", name="Delete note").click()
    until(page, "!document.querySelector('.note-chip')")
    page.keyboard.press("Control+z")
    page.locator(".note-chip").wait_for()
    save(page)
    brief.refresh_from_db()
    assert brief.body == f"<p>One{note('A <em>first</em> note indeed')} two.</p>"


def test_the_caret_walks_over_a_note_and_backspace_takes_it_whole(desk: Desk) -> None:
    brief = make_brief(body=f"<p>One{note('Gone.')} two.</p>")
    page = opened(desk, brief)
    put_caret_after(page, "One")
    page.keyboard.press("ArrowRight")
    until_the_editor(page, "isActive('note')")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Note 1").wait_for()
    page.keyboard.press("Escape")
    until_the_editor(page, "view.hasFocus()")
    page.keyboard.press("Backspace")
    until_the_editor(page, "isActive('note') || !document.querySelector('.note-chip')")
    page.keyboard.press("Backspace")
    until(page, "!document.querySelector('.note-chip')")
    page.keyboard.press("Control+z")
    page.locator(".note-chip").wait_for()


def test_the_dialog_says_when_the_desk_does_not_answer(desk: Desk) -> None:
    page = opened(desk, make_brief(body="<p>Rivers fell.</p>"))
    put_caret_after(page, "fell.")
    page.keyboard.press("Control+Alt+f")
    page.route("**/source/**", lambda route: route.abort())
    page.get_by_label("Cite a source").fill("water")
    page.locator(".note-said").get_by_text("The desk does not answer").wait_for()


def test_saving_the_brief_saves_the_note_that_is_being_written(desk: Desk) -> None:
    brief = make_brief(body="<p>Rivers fell.</p>")
    page = opened(desk, brief)
    put_caret_after(page, "fell.")
    page.keyboard.press("Control+Alt+f")
    page.locator(f"{NOTE}.ProseMirror-focused").wait_for()
    page.keyboard.type("In March.")
    page.keyboard.press("Control+s")
    page.get_by_text("Saved.").wait_for()
    brief.refresh_from_db()
    assert brief.body == f"<p>Rivers fell.{note('In March.')}</p>"


def test_leaving_with_a_note_half_written_is_asked_about(desk: Desk) -> None:
    page = opened(desk, make_brief(body="<p>Rivers fell.</p>"))
    put_caret_after(page, "fell.")
    page.keyboard.press("Control+Alt+f")
    page.locator(f"{NOTE}.ProseMirror-focused").wait_for()
    page.keyboard.type("In March.")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]


def test_a_source_half_given_is_neither_lost_nor_taken_for_a_note(desk: Desk) -> None:
    page = opened(desk, make_brief(body="<p>Rivers fell.</p>"))
    put_caret_after(page, "fell.")
    page.keyboard.press("Control+Alt+f")
    dialog = page.locator(".note-dialog")
    dialog.get_by_label("Cite a source").fill("Amir Khan, Kabul Weekly")
    dialog.get_by_role("option", name="Nothing found").wait_for()
    dialog.get_by_role("button", name="Insert note").click()
    dialog.get_by_text("not chosen one").wait_for()
    dialog.get_by_role("option", name="Nothing found").click()
    dialog.get_by_label("Publisher", exact=True).fill("Weekly")
    page.keyboard.press("Escape")
    dialog.get_by_label("Cite a source").wait_for()
    page.keyboard.press("Escape")
    assert dialog.count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dialog_is_legible_to_everybody(
    desk: Desk, complaints: Complaints, scheme: str
) -> None:
    make_source("Rivers in Court", url="https://dawn.com/x")
    brief = make_brief(body=f"<p>Rivers fell.{note('In <em>March</em>.')}</p>")
    page = opened(desk, brief, color_scheme=scheme)
    page.locator(".note-chip").click()
    page.locator(".note-printed").get_by_text("March").wait_for()
    page.get_by_label("Cite a source").fill("river")
    page.get_by_role("option", name="Rivers in Court").wait_for()
    faults = Axe().run(page).response["violations"]
    page.get_by_role("option", name="None of these").click()
    page.get_by_label("Publisher", exact=True).wait_for()
    faults += Axe().run(page).response["violations"]
    complaints.gather(page)
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []
    assert not complaints
