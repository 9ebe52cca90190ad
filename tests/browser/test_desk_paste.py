"""What is pasted from other programs comes with its notes, lists, tables and emphasis. The fixtures
follow what each program puts on the clipboard."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from briefs.models import Brief
from tests.admin.desk import change_url
from tests.browser.desk import TEXT, Complaints, Desk, save
from tests.browser.waiting import until, until_the_editor
from tests.factories import cite, make_brief, make_source, make_user, note

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIXTURES = Path(__file__).with_name("clipboard")
REFERENCE = 'Ali Khan, <em>Dawn</em>, p. 4, <a href="https://dawn.com/x">https://dawn.com/x</a>.'
PASTE = """html => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
    document.querySelector(".ProseMirror[contenteditable='true']").dispatchEvent(paste);
}"""


def pasted(desk: Desk, html: str) -> tuple[str, str]:
    """The stored text, and what was said."""
    brief = make_brief(body="")
    page = desk(make_user(group="Editors"))
    page.goto(change_url(brief))
    page.locator(TEXT).click()
    page.evaluate(PASTE, html)
    said = page.locator(".paste-report").inner_text()
    save(page)
    brief.refresh_from_db()
    return brief.body, said


def text_of(first: str, second: str) -> str:
    """The same document from each program, but for its notes."""
    return (
        f"<h2>Water and War</h2><p>Rivers fell in <strong>March</strong>.{first} They <em>rose</em>.{second}"
        ' See <a href="https://example.org/a?b=1&amp;c=2">this</a>.</p>'
        "<ul><li>One<ul><li>Inner</li></ul></li><li>Two</li></ul><h3>Figures</h3><ol><li>First</li></ol>"
        "<table><tbody><tr><td>Year</td><td>2025</td></tr></tbody></table><p>H<sub>2</sub>O new</p>"
    )


def test_word_brings_notes_lists_and_tables(desk: Desk, complaints: Complaints) -> None:
    body, said = pasted(desk, (FIXTURES / "word.html").read_text())
    assert body == text_of(note(f"{REFERENCE}<br>Second line."), note("An endnote."))
    assert said == "2 notes came along. Left out: 1 picture, 1 comment, 1 deleted passage."
    assert not complaints


def test_libreoffice_brings_notes_lists_and_tables(desk: Desk, complaints: Complaints) -> None:
    body, said = pasted(desk, (FIXTURES / "libreoffice.html").read_text())
    assert body == text_of(note(f"{REFERENCE}<br>Second line."), note("An endnote."))
    assert said == "2 notes came along. Left out: 1 picture."
    assert not complaints


def test_google_docs_keeps_its_notes_to_itself_and_that_is_said(
    desk: Desk, complaints: Complaints
) -> None:
    body, said = pasted(desk, (FIXTURES / "google-docs.html").read_text())
    assert body == text_of("<sup>1</sup>", "")
    assert said.startswith("Left out: 1 picture. 1 note number came without a note")
    assert not complaints


def test_a_page_with_notes_brings_them(desk: Desk) -> None:
    body, said = pasted(desk, (FIXTURES / "google-page.html").read_text())
    assert body == (
        f"<p>Rivers fell in <strong>March</strong>.{note('Ali Khan, <em>Dawn</em>.')}"
        f" They rose.{note('A second.')}</p>"
    )
    assert said == "2 notes came along."


def selected_all_and_copied(page: Page) -> None:
    page.locator(TEXT).click()
    page.keyboard.press("Control+A")
    until(page, "!getSelection().isCollapsed")
    page.keyboard.press("Control+C")


def opened(desk: Desk, brief: Brief) -> Page:
    page = desk(make_user(group="Editors"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(change_url(brief))
    page.locator(TEXT).wait_for()
    return page


def test_notes_go_along_from_brief_to_brief_and_window_to_window(desk: Desk) -> None:
    source = make_source("The Water War")
    written = f"<p>Rivers{note(f'See <em>this</em>, {cite(source, "p. 4")}.')} fell.</p>"
    other = make_brief("Other", body="")
    first, second = opened(desk, make_brief(body=written)), opened(desk, other)
    selected_all_and_copied(first)
    second.locator(TEXT).click()
    second.keyboard.press("Control+V")
    second.locator(".note-chip[title='See this, The Water War, p. 4.']").wait_for()
    save(second)
    other.refresh_from_db()
    assert other.body == written
    assert other.citations.get().source == source


def test_a_note_is_dragged_to_another_place(desk: Desk) -> None:
    brief = make_brief(body=f"<p>One{note('First.')} two.</p><p>Three</p>")
    page = opened(desk, brief)
    page.locator(".note-chip").drag_to(page.locator(TEXT).get_by_text("Three"))
    until_the_editor(page, "state.doc.firstChild.childCount === 1")
    save(page)
    brief.refresh_from_db()
    assert brief.body.startswith("<p>One two.</p>")
    assert brief.body.count(note("First.")) == 1


HOSTILE = (
    '<p style="color:red" onclick="alert(1)">Words<a href="javascript:alert(2)">link</a>'
    '<img src="https://nowhere.example/x.png" onerror="alert(3)"><iframe src="https://e.org/"></iframe>'
    '<sup><a href="#n1" id="r1">1</a></sup></p><ol><li id="n1"><a href="#r1">1</a>'
    "<img src=x onerror=alert(4)><script>alert(5)</script>A note<svg onload=alert(6)></svg></li></ol>"
)


def test_what_is_hostile_neither_runs_nor_loads(desk: Desk, complaints: Complaints) -> None:
    body, _ = pasted(desk, HOSTILE)
    assert body == f"<p>Wordslink{note('A note')}</p>"
    assert not complaints
