"""Tables at the desk in a real browser: made, changed and named, with a keyboard alone too."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from briefs.models import Brief
from tests.admin.desk import change_url
from tests.browser.desk import TEXT, Complaints, Desk, save
from tests.browser.waiting import until, until_the_editor
from tests.factories import cite, make_brief, make_source, make_user, note

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLE = (
    '<table>{caption}<thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
    "<tbody><tr><td>c</td><td>d</td></tr></tbody></table>"
)


def at_desk(desk: Desk, brief: Brief, **options: object) -> Page:
    page = desk(make_user(group="Editors"), **options)
    page.goto(change_url(brief))
    page.locator(TEXT).wait_for()
    return page


def into(page: Page, cell: str) -> None:
    page.locator(TEXT).get_by_role("cell", name=cell, exact=True).click()
    until_the_editor(page, f"state.selection.$from.parent.textContent === '{cell}'")


def saved(page: Page, brief: Brief) -> str:
    save(page)
    brief.refresh_from_db()
    return brief.body


def test_a_table_is_made_with_a_head_and_filled(desk: Desk, complaints: Complaints) -> None:
    brief = make_brief(body="<p></p>")
    page = at_desk(desk, brief)
    page.locator(TEXT).click()
    page.get_by_role("button", name="Insert table").click()
    page.locator(f"{TEXT} table").wait_for()
    page.keyboard.type("Year")
    page.keyboard.press("Tab")
    page.keyboard.type("Trade")
    body = saved(page, brief)
    complaints.gather(page)
    assert body.startswith(
        '<table><thead><tr><th scope="col">Year</th><th scope="col">Trade</th><th scope="col"></th>'
    )
    assert (body.count("<tr>"), body.count("<td>")) == (3, 6)
    assert not complaints


@pytest.mark.parametrize(
    ("tool", "cell", "body"),
    [
        ("Row below", "c", "<tr><td>c</td><td>d</td></tr><tr><td></td><td></td></tr>"),
        ("Row above", "c", "<tr><td></td><td></td></tr><tr><td>c</td><td>d</td></tr>"),
        ("Column after", "c", "<tr><td>c</td><td></td><td>d</td></tr>"),
        ("Column before", "c", "<tr><td></td><td>c</td><td>d</td></tr>"),
        ("Delete column", "c", "<tr><td>d</td></tr>"),
        ("Header column", "c", '<tr><th scope="row">c</th><td>d</td></tr>'),
    ],
)
def test_the_bar_changes_rows_and_columns(desk: Desk, tool: str, cell: str, body: str) -> None:
    brief = make_brief(body=TABLE.format(caption=""))
    page = at_desk(desk, brief)
    into(page, cell)
    bar = page.get_by_role("toolbar", name="Table")
    bar.get_by_role("button", name=tool).click()
    assert f"<tbody>{body}</tbody>" in saved(page, brief)


def test_a_head_comes_and_goes_and_says_so(desk: Desk) -> None:
    brief = make_brief(body=TABLE.format(caption=""))
    page = at_desk(desk, brief)
    into(page, "c")
    button = page.get_by_role("toolbar", name="Table").get_by_role("button", name="Header row")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert "<tbody><tr><td>A</td><td>B</td></tr>" in saved(page, brief)
    into(page, "c")
    button.click()
    assert saved(page, brief) == TABLE.format(caption="")


def test_a_keyboard_alone_reaches_the_bar_and_leaves_it(desk: Desk) -> None:
    brief = make_brief(body=TABLE.format(caption="") + "<p>End</p>")
    page = at_desk(desk, brief)
    into(page, "c")
    page.keyboard.press("Alt+F10")
    bar = page.get_by_role("toolbar", name="Table")
    expect(bar.get_by_role("button", name="Row above")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.locator(TEXT)).to_be_focused()
    page.keyboard.press("Alt+F10")
    expect(bar.get_by_role("button", name="Row below")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f"{TEXT} tr")).to_have_count(3)
    page.locator(TEXT).get_by_text("End").click()
    expect(bar).to_be_hidden()
    assert "<tr><td></td><td></td></tr>" in saved(page, brief)


def test_a_caption_is_written_and_its_notes_stay(desk: Desk, complaints: Complaints) -> None:
    source = make_source()
    said = note(f"See <em>this</em>, {cite(source, 'p. 4')}.")
    caption = f"<caption>Trade <em>grew</em>{said}</caption>"
    brief = make_brief(body=f"<p>x{note('First.')}</p>{TABLE.format(caption=caption)}<p>End</p>")
    page = at_desk(desk, brief)
    chip = page.locator(f"{TEXT} caption .note-chip")
    expect(chip).to_have_attribute("title", "See this, A Report, p. 4.")
    expect(page.locator("#notes-below li")).to_have_count(2)
    page.locator(f"{TEXT} caption").click()
    dialog = page.get_by_role("dialog", name="Caption of the table")
    expect(dialog.get_by_role("textbox", name="Caption")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" and fell")
    page.keyboard.press("Enter")
    expect(page.locator(f"{TEXT} caption")).to_contain_text("and fell")
    body = saved(page, brief)
    complaints.gather(page)
    assert f"<caption>Trade <em>grew</em>{said} and fell</caption>" in body
    assert brief.citations.get().locator == "p. 4"
    assert not complaints


def test_a_caption_is_given_and_taken_away(desk: Desk) -> None:
    brief = make_brief(body=TABLE.format(caption=""))
    page = at_desk(desk, brief)
    into(page, "c")
    bar = page.get_by_role("toolbar", name="Table")
    bar.get_by_role("button", name="Caption").click()
    dialog = page.get_by_role("dialog", name="Caption of the table")
    page.keyboard.type("Trade")
    dialog.get_by_role("button", name="Apply").click()
    expect(page.locator(f"{TEXT} caption")).to_have_text("Trade")
    assert saved(page, brief) == TABLE.format(caption="<caption>Trade</caption>")
    page.locator(f"{TEXT} caption").click()
    box = page.get_by_role("textbox", name="Caption")
    expect(box).to_be_focused()
    box.press("Control+A")
    until(page, "getSelection().toString() === 'Trade'")
    box.press("Delete")
    expect(box).to_have_text("")
    page.keyboard.press("Enter")
    expect(page.locator(f"{TEXT} caption")).to_have_count(0)
    assert saved(page, brief) == TABLE.format(caption="")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_bar_and_dialog_are_accessible(desk: Desk, width: int, scheme: str) -> None:
    caption = f"<caption>Trade{note('A note.')}</caption>"
    brief = make_brief(body=TABLE.format(caption=caption))
    page = at_desk(desk, brief, width=width, color_scheme=scheme)
    into(page, "c")
    page.evaluate("document.fonts.ready")
    bar = page.get_by_role("toolbar", name="Table")
    found = Axe().run(page).response["violations"]
    bar.get_by_role("button", name="Caption").click()
    page.get_by_role("textbox", name="Caption").wait_for()
    assert not [*found, *Axe().run(page).response["violations"]]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_bar_stands_in_the_way_of_no_cell_at_the_foot_of_the_window(desk: Desk) -> None:
    rows = "".join(f"<tr><td>r{row}</td><td>s{row}</td></tr>" for row in range(40))
    long = f"<table><tbody>{rows}</tbody></table>"
    brief = make_brief(body="<p>x</p>" + TABLE.format(caption="") + "<p>y</p>" * 9 + long)
    page = at_desk(desk, brief, height=900)
    bar = page.get_by_role("toolbar", name="Table")
    for cell in ("c", "r1", "r20", "r39"):
        into(page, cell)
        box = bar.bounding_box()
        assert 0 <= box["y"] <= 900 - box["height"]
        if cell == "c":
            table = page.locator(f"{TEXT} table").first.bounding_box()
            assert (
                box["y"] >= table["y"] + table["height"] or box["y"] + box["height"] <= table["y"]
            )
