"""Pictures at the desk in a real browser: asked for, shown, moved, kept, with a keyboard alone too."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from briefs.models import Brief, Picture
from tests.admin.desk import change_url
from tests.browser.desk import TEXT, Complaints, Desk, save
from tests.browser.waiting import until, until_the_editor
from tests.factories import (
    figure,
    make_brief,
    make_picture,
    make_user,
    note,
    picture_file,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEND = """([kind, name, type, bytes]) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], name, {type}));
    const text = document.querySelector(".ProseMirror[contenteditable='true']");
    const box = text.getBoundingClientRect();
    const given = {bubbles: true, cancelable: true, clientX: box.x + 40, clientY: box.y + 40};
    text.dispatchEvent(kind === "paste"
        ? new ClipboardEvent("paste", {...given, clipboardData: data})
        : new DragEvent("drop", {...given, dataTransfer: data}));
}"""


def file(name: str = "map.jpg", **options: object) -> dict[str, object]:
    content = picture_file(**options).read()
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def at_desk(desk: Desk, brief: Brief, **options: object) -> Page:
    page = desk(make_user(group="Editors"), **options)
    page.goto(change_url(brief))
    page.locator(TEXT).wait_for()
    return page


def test_a_picture_is_asked_for_shown_and_stored(desk: Desk, complaints: Complaints) -> None:
    brief = make_brief(body="<p>Before.</p><p>After.</p>")
    page = at_desk(desk, brief)
    page.locator(TEXT).get_by_text("Before.").click()
    until_the_editor(page, "state.selection.$from.parent.textContent === 'Before.'")
    page.get_by_role("button", name="Picture").click()
    dialog = page.get_by_role("dialog", name="Insert a picture")
    dialog.get_by_label("File").set_input_files(file())
    dialog.get_by_label("Alternative text").fill('Trade  "grew"')
    dialog.get_by_label("Caption").fill("Trade since 2014.")
    dialog.get_by_label("Credit").fill("Photo: A. Khan")
    dialog.get_by_role("button", name="Insert").click()
    shown = page.locator(TEXT).get_by_role("img", name='Trade "grew"')
    shown.wait_for()
    until(page, "document.querySelector('.picture-frame img').naturalWidth === 640")
    page.keyboard.type(" And on.")
    save(page)
    complaints.gather(page)
    brief.refresh_from_db()
    assert brief.body == (
        "<p>Before.</p>"
        + figure(
            Picture.objects.get(),
            "Trade since 2014. And on.",
            alt='Trade "grew"',
            credit="Photo: A. Khan",
        )
        + "<p>After.</p>"
    )
    assert not complaints


def test_figures_survive_load_edit_and_save(desk: Desk, complaints: Complaints) -> None:
    one, two = make_picture(1), make_picture(2, size=(500, 300), kind="PNG")
    caption = f'Of <em>1912</em>{note("A <em>note</em>.")} by <a href="https://e.org/">us</a>'
    stored = (
        figure(one, caption, alt='A > B & "C"', credit="A & B")
        + f"<ul><li><p>Item</p>{figure(two)}</li></ul><table><tbody><tr><td><p>Cell</p>{figure(one)}</td></tr></tbody></table>"
        + f"{figure(two, 'Two')}{figure(one, credit='Only whose')}<p>End</p>"
    )
    brief = make_brief(body=stored)
    before = brief.body
    page = at_desk(desk, brief)
    page.locator(TEXT).locator("p", has_text="End").click()
    page.keyboard.press("End")
    page.keyboard.type("ing")
    save(page)
    complaints.gather(page)
    brief.refresh_from_db()
    assert brief.body == before.replace("<p>End</p>", "<p>Ending</p>")
    assert not complaints


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_file_pasted_or_dropped_into_the_text_opens_the_dialog(desk: Desk, kind: str) -> None:
    brief = make_brief(body="<p></p>")
    page = at_desk(desk, brief)
    page.locator(TEXT).click()
    page.evaluate(SEND, [kind, "map.jpg", "image/jpeg", list(picture_file().read())])
    dialog = page.get_by_role("dialog", name="Insert a picture")
    expect(dialog.get_by_label("Alternative text")).to_be_focused()
    dialog.get_by_label("Alternative text").fill("A map")
    page.keyboard.press("Enter")  # a line of its own words, as in any text
    dialog.get_by_role("button", name="Insert").click()
    page.locator(".picture-frame").wait_for()
    save(page)
    brief.refresh_from_db()
    assert brief.body == figure(Picture.objects.get())


def test_what_is_wrong_is_said_in_a_sentence_and_nothing_is_lost(
    desk: Desk, complaints: Complaints
) -> None:
    page = at_desk(desk, make_brief())
    page.get_by_role("button", name="Picture").click()
    dialog = page.get_by_role("dialog", name="Insert a picture")
    said, insert = dialog.get_by_role("alert"), dialog.get_by_role("button", name="Insert")
    insert.click()
    expect(said).to_have_text("Choose a picture.")
    words = {"name": "a.txt", "mimeType": "text/plain", "buffer": b"words"}
    dialog.get_by_label("File").set_input_files(words)
    expect(said).to_have_text("This is not a picture in JPEG, PNG or WebP.")
    dialog.get_by_label("File").set_input_files(file())
    expect(said).to_be_hidden()
    insert.click()
    expect(said).to_have_text("Say what the picture shows: it needs an alternative text.")
    expect(dialog.get_by_label("Alternative text")).to_be_focused()
    dialog.get_by_label("Alternative text").fill("A map")
    dialog.get_by_label("File").set_input_files(words | {"name": "a.png", "mimeType": "image/png"})
    insert.click()
    expect(said).to_have_text("This is not a picture in JPEG, PNG or WebP.")
    expect(dialog.get_by_label("Alternative text")).to_have_value("A map")
    page.context.clear_cookies(name="sessionid")
    dialog.get_by_label("File").set_input_files(file())
    insert.click()
    expect(said).to_contain_text("You are not logged in any more.")
    page.route("**/picture/", lambda route: route.abort())
    insert.click()
    expect(said).to_contain_text("there is no connection")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator(TEXT)).to_be_focused()
    assert not Picture.objects.exists()
    assert not [line for line in complaints if not re.search("422|403|404|ERR_FAILED", line)]


def test_a_picture_is_changed_in_the_dialog_by_click_button_and_key(desk: Desk) -> None:
    picture = make_picture()
    brief = make_brief(body=f"<p>Before.</p>{figure(picture, 'Map.', credit='A')}<p>After.</p>")
    page = at_desk(desk, brief)
    dialog = page.get_by_role("dialog", name="Picture")
    page.locator(".picture-frame").click()
    expect(dialog.get_by_label("Alternative text")).to_have_value("A map")
    expect(dialog.get_by_label("Caption")).to_be_hidden()
    dialog.get_by_label("Credit").fill("B")
    dialog.get_by_label("Credit").press("Enter")
    expect(page.locator(".picture-credit")).to_have_text("B")
    until_the_editor(page, "state.selection.node?.type.name === 'picture'")
    page.keyboard.press("Enter")
    dialog.get_by_label("Alternative text").fill("Another map")
    dialog.get_by_role("button", name="Apply").click()
    page.locator(TEXT).get_by_text("Map.").click()
    until_the_editor(page, "state.selection.$from.parent.type.name === 'pictureCaption'")
    page.get_by_role("button", name="Picture").click()
    dialog.get_by_label("Another file").set_input_files(file(shade=5, size=(800, 300)))
    dialog.get_by_role("button", name="Apply").click()
    page.locator(TEXT).get_by_role("img", name="Another map").and_(
        page.locator("[width='800']")
    ).wait_for()
    save(page)
    brief.refresh_from_db()
    other = Picture.objects.exclude(pk=picture.pk).get()
    shown = figure(other, "Map.", alt="Another map", credit="B")
    assert brief.body == f"<p>Before.</p>{shown}<p>After.</p>"


def test_a_keyboard_alone_writes_the_caption_selects_deletes_and_undoes(desk: Desk) -> None:
    picture = make_picture()
    brief = make_brief(body=f"<p>Before.</p>{figure(picture)}<p>After.</p>")
    page = at_desk(desk, brief)
    page.locator(TEXT).get_by_text("After.").click()
    page.keyboard.press("Home")
    until_the_editor(page, "state.selection.$from.parentOffset === 0")
    page.keyboard.press("Backspace")
    until_the_editor(page, "state.selection.node?.type.name === 'picture'")
    page.keyboard.press("ArrowDown")
    until_the_editor(page, "state.selection.$from.parent.type.name === 'pictureCaption'")
    page.keyboard.type("Crossings")
    page.keyboard.press("Enter")
    page.keyboard.type("Between.")
    page.locator(TEXT).get_by_text("Between.").wait_for()
    page.locator(TEXT).get_by_text("Crossings").click()
    until_the_editor(page, "state.selection.$from.parent.type.name === 'pictureCaption'")
    page.keyboard.press("ArrowUp")
    until_the_editor(page, "state.selection.node?.type.name === 'picture'")
    page.keyboard.press("Delete")
    page.locator(".picture").wait_for(state="detached")
    page.keyboard.press("Control+z")
    page.locator(".picture").wait_for()
    save(page)
    brief.refresh_from_db()
    assert brief.body == (
        f"<p>Before.</p>{figure(picture, 'Crossings')}<p>Between.</p><p>After.</p>"
    )


def test_no_tool_for_text_takes_a_picture_apart(desk: Desk) -> None:
    picture = make_picture()
    brief = make_brief(body=f"<p>Before.</p>{figure(picture, 'Crossings')}")
    page = at_desk(desk, brief)
    for act in (
        "toggleHeading({level: 2})", "setParagraph()", "toggleBulletList()", "toggleOrderedList()",
        "toggleBlockquote()", "setHorizontalRule()", "insertTable({rows: 2, cols: 2})",
    ):  # fmt: skip
        page.evaluate(
            f"""() => {{
                const {{editor}} = document.querySelector(".ProseMirror[contenteditable]");
                const at = editor.state.doc.content.size - 4;
                editor.chain().setTextSelection(at).{act}.run();
            }}"""
        )
        written = page.locator("#id_body").input_value()
        assert written.count(picture.address) == 1, act
        assert "Crossings</figcaption></figure>" in written, (act, written)


def test_a_picture_goes_by_the_clipboard_into_another_brief(desk: Desk) -> None:
    picture = make_picture()
    shown = figure(picture, f"Map.{note('A note.')}", credit="A. Khan")
    first, second = make_brief("First", body=shown), make_brief("Second", body="<p>x</p>")
    page = at_desk(desk, first)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(TEXT).get_by_text("Map.").click()
    until_the_editor(page, "state.selection.$from.parent.type.name === 'pictureCaption'")
    page.keyboard.press("ArrowUp")
    until_the_editor(page, "state.selection.node?.type.name === 'picture'")
    page.keyboard.press("Control+C")
    page.goto(change_url(second))
    page.locator(TEXT).click()
    until_the_editor(page, "view.hasFocus()")
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+V")
    page.locator(".picture").wait_for()
    save(page)
    second.refresh_from_db()
    assert second.body == f"<p>x</p>{shown}"


def test_what_is_pasted_into_a_caption_is_one_line(desk: Desk) -> None:
    picture = make_picture()
    brief = make_brief(body=figure(picture, "Map."))
    page = at_desk(desk, brief)
    page.locator(TEXT).get_by_text("Map.").click()
    page.keyboard.press("End")
    until_the_editor(page, "state.selection.$from.parentOffset === 4")
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
            document.querySelector(".ProseMirror[contenteditable='true']").dispatchEvent(paste);
        }""",
        "<h2>One</h2><ul><li><em>two</em></li></ul><p>three</p>",
    )
    save(page)
    brief.refresh_from_db()
    assert brief.body == figure(picture, "Map.One <em>two</em> three")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_picture_and_dialog_are_accessible(desk: Desk, width: int, scheme: str) -> None:
    brief = make_brief(
        body="<p>Before.</p>"
        + figure(make_picture(), "Map.", credit="A. Khan")
        + figure(make_picture(2))
    )
    page = at_desk(desk, brief, width=width, color_scheme=scheme)
    page.locator(".picture-frame img").first.wait_for()
    page.evaluate("document.fonts.ready")
    found = Axe().run(page).response["violations"]
    page.get_by_role("button", name="Picture").click()
    page.get_by_role("dialog").get_by_role("button", name="Insert").click()
    page.get_by_text("Choose a picture.").wait_for()
    assert not [*found, *Axe().run(page).response["violations"]]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
