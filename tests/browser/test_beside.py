"""The preview beside the text, in a real browser."""

import contextlib

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page, Route, expect

from briefs.models import Brief
from tests.admin.desk import change_url
from tests.benchmarks.beside import keystroke
from tests.browser.desk import TEXT, Complaints, Desk, everything
from tests.browser.waiting import until, until_the_editor
from tests.factories import cite, make_author, make_brief, make_source, make_user, note

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "".join(f"<p>Paragraph {number}. {'Many words. ' * 40}End.</p>" for number in range(30))
VIEW = "document.querySelector('.beside-view')"
SHADOW = "document.querySelector('.beside-page').shadowRoot"
SILENCE = "The preview does not answer; it goes on trying."


def opened(desk: Desk, brief: Brief | None = None, **options: object) -> Page:
    """The form of `brief`, or an empty one, with its preview."""
    page = desk(make_user(group="Editors"), **options)
    page.goto(change_url(brief) if brief else "/admin/briefs/brief/add/")
    page.locator(TEXT).wait_for()
    toggle(page).click()
    page.locator(".beside-page article").wait_for()
    return page


def toggle(page: Page):
    return page.get_by_role("button", name="Preview beside")


def pane(page: Page):
    return page.get_by_role("region", name="Preview")


def type_at_end(page: Page, text: str) -> None:
    page.locator(TEXT).locator("p").last.click()
    page.keyboard.press("End")
    page.keyboard.type(text)


def test_what_is_typed_is_seen_beside_and_nothing_is_saved(
    desk: Desk, complaints: Complaints
) -> None:
    source = make_source("Cited report")
    brief = make_brief(body=f"<p>Words{note(cite(source, 'p. 4'))} more.</p><p>End</p>")
    page = opened(desk, brief)
    expect(pane(page).get_by_text("Cited report")).to_be_visible()
    type_at_end(page, "ing as typed")
    expect(pane(page).get_by_text("Ending as typed")).to_be_visible()
    page.get_by_label("Title", exact=True).fill("Another title")
    expect(pane(page).get_by_role("heading", name="Another title")).to_be_visible()
    complaints.gather(page)
    brief.refresh_from_db()
    assert (brief.title, "typed" in brief.body) == ("A Brief", False)
    assert not complaints


def test_a_brief_that_was_never_saved_is_previewed_too(desk: Desk) -> None:
    page = opened(desk)
    expect(pane(page).get_by_text("Before this can be saved, see to: Title.")).to_be_visible()
    page.get_by_label("Title", exact=True).fill("New")
    type_at_end(page, "First words.")
    expect(pane(page).get_by_text("First words.")).to_be_visible()
    expect(pane(page).get_by_text("Before this can be saved")).to_have_count(0)
    assert not Brief.objects.exists()


def test_a_chosen_author_appears(desk: Desk) -> None:
    make_author("Grace Guest", role="Fellow")
    page = opened(desk, make_brief(authors=[]))
    page.locator("#bylines-group .add-row a").click()
    page.locator("#bylines-0 .select2-selection").click()
    page.get_by_role("option", name="Grace Guest").click()
    expect(pane(page).get_by_text("Grace Guest, Fellow")).to_be_visible()


def test_it_is_shown_and_hidden_by_keyboard_and_remembered(desk: Desk) -> None:
    brief = make_brief()
    page = desk(make_user(group="Editors"))
    page.goto(change_url(brief))
    page.locator(TEXT).click()
    expect(pane(page)).to_have_count(0)
    page.keyboard.press("Control+Alt+p")
    expect(pane(page)).to_be_visible()
    expect(toggle(page)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(TEXT)).to_be_focused()
    page.reload()
    expect(pane(page).get_by_text("Some words.")).to_be_visible()
    expect(page.get_by_label("Language")).to_be_visible()
    toggle(page).press("Enter")
    expect(pane(page)).to_have_count(0)
    page.reload()
    page.locator(TEXT).wait_for()
    expect(pane(page)).to_have_count(0)


def test_only_what_changed_is_replaced_and_the_place_is_kept(desk: Desk) -> None:
    page = opened(desk, make_brief(body=f"<p>Start</p>{LONG}<p>End</p>"))
    page.locator(TEXT).locator("p").first.click()
    until(page, f"{SHADOW}.querySelector('[data-here]')")
    page.evaluate(
        f"""() => {{
            {VIEW}.scrollTop = 2000;
            window.blocks = [...{SHADOW}.querySelectorAll('.prose > p')];
            window.stood = window.blocks[9].getBoundingClientRect().top;
        }}"""
    )
    page.keyboard.press("Home")
    page.keyboard.type("Typed here at length, so that another line comes. " * 3)
    expect(pane(page).get_by_text("another line comes. Start")).to_have_count(1)
    kept, moved = page.evaluate(
        f"""[[...{SHADOW}.querySelectorAll('.prose > p')].filter((p, n) => p === window.blocks[n]).length,
             window.blocks[9].getBoundingClientRect().top - window.stood]"""
    )
    assert kept == 31
    assert abs(moved) < 2


def test_a_click_in_the_preview_puts_the_caret_there(desk: Desk) -> None:
    page = opened(desk, make_brief(body=f"{everything()}{LONG}"))
    pane(page).get_by_text("quoted").click()
    expect(page.locator(TEXT)).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" here")
    expect(pane(page).get_by_text("quoted here")).to_be_visible()
    for words in ("a", "c", "Sub", "d", "H"):
        pane(page).get_by_text(words, exact=True).first.click()
        until_the_editor(page, f"state.selection.$from.parent.textContent === '{words}'")
    pane(page).get_by_text("Paragraph 20.").click(position={"x": 3, "y": 8})
    until_the_editor(page, "state.selection.$from.parent.textContent.startsWith('Paragraph 20')")
    until(page, f"{SHADOW}.querySelector('[data-here]')?.textContent.startsWith('Paragraph 20')")


def test_the_caret_stands_in_the_word_that_was_clicked(desk: Desk) -> None:
    page = opened(desk, make_brief(body=f"<p>One{note('A note.')} two three</p>"))
    box = page.evaluate(
        f"""(() => {{
            const text = {SHADOW}.querySelector('.prose > p').lastChild;
            const range = document.createRange();
            range.setStart(text, 5); range.setEnd(text, 6);
            const box = range.getBoundingClientRect();
            return [box.left + 1, box.top + box.height / 2];
        }})()"""
    )
    page.mouse.click(*box)
    until_the_editor(page, "isFocused")
    page.keyboard.type("|")
    expect(page.locator(TEXT)).to_contain_text("two |three")


def test_the_block_of_the_caret_is_marked_and_brought_into_sight(desk: Desk) -> None:
    page = opened(desk, make_brief(body=f"<p>Start</p><p></p>{LONG}<p>End</p>"))
    page.locator(TEXT).locator("p").first.click()
    here = f"{SHADOW}.querySelector('[data-here]')"
    until(page, f"{here}?.textContent === 'Start'")
    page.keyboard.press("Control+End")
    until(page, f"{here}?.textContent === 'End'")
    until(page, f"{here}.getBoundingClientRect().bottom <= innerHeight")
    page.keyboard.type("ed")
    until(page, f"{here}?.textContent === 'Ended'")


def test_calls_and_notes_lead_to_each_other_and_a_note_to_its_chip(desk: Desk) -> None:
    body = f"<p>One{note('First note.')}</p>{LONG}<p>Two{note('Second note.')}</p>"
    page = opened(desk, make_brief(body=body))
    address = page.url
    pane(page).locator("#fnref-1").click()
    first = pane(page).get_by_text("First note.")
    expect(first).to_be_in_viewport()
    pane(page).get_by_label("Back to the text, note 1").click()
    expect(pane(page).locator("#fnref-1")).to_be_in_viewport()
    assert page.url == address
    pane(page).get_by_text("Second note.").click()
    expect(page.locator(".note-chip.ProseMirror-selectednode")).to_have_attribute(
        "aria-label", "Note: Second note."
    )


def test_a_link_opens_in_a_tab_of_its_own(desk: Desk) -> None:
    brief = make_brief(body='<p>See <a href="http://localhost/readyz">there</a>.</p>')
    page = opened(desk, brief)
    with page.context.expect_page() as opening:
        pane(page).get_by_role("link", name="there").click()
    assert opening.value != page
    assert opening.value.evaluate("window.opener") is None


def test_hostile_text_neither_runs_nor_loads(desk: Desk, complaints: Complaints) -> None:
    page = opened(desk, make_brief())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    hostile = (
        "<p>Nasty<img src=//evil.example/a.png onerror='window.ran=1'><script>window.ran=1</script>"
        "<a href='javascript:window.ran=1'>link</a></p><style>body{display:none}</style>"
    )
    page.evaluate(
        """html => {
            const area = document.getElementById("id_body");
            area.value = html;
            area.dispatchEvent(new Event("input", {bubbles: true}));
        }""",
        hostile,
    )
    expect(pane(page).get_by_text("Nasty")).to_be_visible()
    page.route(
        "**/preview/draft/",
        lambda route: route.fulfill(
            json={
                "page": f"<article><div class='prose'>Worse {hostile}</div></article>",
                "amiss": "",
            }
        ),
    )
    page.get_by_label("Subtitle").fill("x")
    expect(pane(page).get_by_text("Worse")).to_be_visible()
    assert page.evaluate("window.ran") is None
    complaints.clear()  # the policy refuses what a forged answer holds, and says so


def test_what_cannot_be_composed_greys_the_last_good_preview(desk: Desk) -> None:
    page = opened(desk, make_brief())
    with page.expect_response("**/preview/draft/"):
        page.evaluate(
            """() => {
                const area = document.getElementById("id_body");
                area.value = "<b>".repeat(120000);
                area.dispatchEvent(new Event("input", {bubbles: true}));
            }"""
        )
    expect(pane(page).get_by_role("status").first).to_contain_text("The text is nested")
    expect(pane(page).get_by_role("status").first).to_contain_text("older than your text")
    expect(pane(page).get_by_text("Some words.")).to_be_visible()
    type_at_end(page, " Again.")
    expect(pane(page).get_by_text("Some words. Again.")).to_be_visible()
    expect(pane(page).get_by_text("older than your text")).to_have_count(0)


def test_offline_it_says_so_and_goes_on_trying(desk: Desk) -> None:
    page = opened(desk, make_brief())
    page.context.set_offline(True)
    type_at_end(page, " Offline.")
    expect(pane(page).get_by_text(SILENCE)).to_be_visible()
    page.context.set_offline(False)
    expect(pane(page).get_by_text("Some words. Offline.")).to_be_visible(timeout=30_000)
    expect(pane(page).get_by_text(SILENCE)).to_have_count(0)


def test_whoever_was_logged_out_is_told(desk: Desk) -> None:
    page = opened(desk, make_brief())
    page.context.clear_cookies(name="sessionid")
    type_at_end(page, " More.")
    expect(pane(page).get_by_text("You have been logged out.")).to_be_visible()


def test_the_newest_text_wins(desk: Desk) -> None:
    """An answer that comes late is not drawn over a newer one."""
    page = opened(desk, make_brief())
    held: list[Route] = []

    def hold_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/preview/draft/", hold_first)
    type_at_end(page, " First.")
    for _ in range(600):
        if held:
            break
        page.evaluate("new Promise(requestAnimationFrame)")
    page.keyboard.type(" Second.")
    expect(pane(page).get_by_text("Some words. First. Second.")).to_be_visible()
    page.evaluate(
        f"window.drawn = 0; {VIEW}.parentElement.addEventListener('beside:shown', () => drawn++)"
    )
    with contextlib.suppress(Error):  # the browser has given it up already
        held[0].fulfill(json={"page": "<article>Old</article>", "amiss": ""})
    assert page.evaluate("window.drawn") == 0


def test_on_a_narrow_window_it_lies_over_the_text_with_a_way_back(desk: Desk) -> None:
    page = opened(desk, make_brief(), width=390, height=844)
    back = page.get_by_role("button", name="Back to the text")
    expect(back).to_be_focused()
    covered = page.locator("[inert]")
    assert covered.locator(TEXT).count() == 1
    assert covered.locator(".stage-bar, #header").count() + page.locator("#header[inert]").count()
    back.press("Escape")
    expect(toggle(page)).to_be_focused()
    toggle(page).click()
    pane(page).get_by_text("Some words.").click()
    expect(pane(page)).to_have_count(0)
    expect(page.locator(TEXT)).to_be_focused()
    page.reload()
    page.locator(TEXT).wait_for()
    expect(pane(page)).to_have_count(0)


def test_the_pdf_of_what_is_typed_opens_in_a_tab(desk: Desk, complaints: Complaints) -> None:
    """Asked of the browser, which may refuse on a machine so slow that the click is forgotten."""
    page = opened(desk, make_brief())
    page.evaluate("() => { window.open = (...given) => { window.asked = given; return {}; }; }")
    with page.expect_response("**/preview/draft.pdf") as answer:
        pane(page).get_by_role("button", name="PDF of this").click()
    assert answer.value.headers["content-type"] == "application/pdf"
    until(page, "window.asked?.[0].startsWith('blob:')")
    expect(pane(page).get_by_text("Typesetting…")).to_have_count(0)
    complaints.gather(page)
    assert not complaints


def test_a_pdf_whose_tab_is_refused_is_offered_as_a_link(desk: Desk) -> None:
    page = opened(desk, make_brief())
    page.evaluate("() => { window.open = () => null; }")
    pane(page).get_by_role("button", name="PDF of this").click()
    link = pane(page).get_by_role("link", name="Open the PDF")
    expect(link).to_be_visible(timeout=60_000)
    with page.context.expect_page() as opening:
        link.click()
    assert opening.value


def test_typesetting_is_cancelled_and_its_refusals_are_sentences(desk: Desk) -> None:
    page = opened(desk, make_brief())
    page.route("**/preview/draft.pdf", lambda route: None)
    button = pane(page).get_by_role("button", name="PDF of this")
    button.click()
    expect(pane(page).get_by_text("Typesetting…")).to_be_visible()
    pane(page).get_by_role("button", name="Cancel").click()
    expect(button).to_be_focused()
    expect(pane(page).get_by_text("Typesetting…")).to_have_count(0)
    page.unroute("**/preview/draft.pdf")
    sentence = "The typesetter is busy; try again in a minute."
    page.route(
        "**/preview/draft.pdf", lambda route: route.fulfill(status=422, json={"sentence": sentence})
    )
    button.click()
    expect(pane(page).get_by_text(sentence)).to_be_visible()


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 390), ("dark", 390)]
)
def test_the_preview_is_legible_to_everybody(
    desk: Desk, complaints: Complaints, scheme: str, width: int
) -> None:
    page = opened(desk, make_brief(body=everything()), color_scheme=scheme, width=width)
    page.evaluate("document.fonts.ready")
    if width > 1000:
        page.locator(TEXT).locator("p").first.click()
        until(page, f"{SHADOW}.querySelector('[data-here]')")
    complaints.gather(page)
    assert not complaints  # before axe, which puts styles of its own into the shadow
    assert violations(page) == []
    page.evaluate(
        "document.getElementById('beside').dispatchEvent(new CustomEvent('beside:silence', {detail: {sentence: 'Silence.'}}))"
    )
    expect(pane(page).get_by_text("Silence.")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_benchmark_measures_a_keystroke(desk: Desk) -> None:
    page = opened(desk, make_brief())
    whole, asked, server = keystroke(page, "#id_title")
    assert whole > asked >= server > 0


def violations(page: Page) -> list[str]:
    return [
        f"{fault['id']}: {node['html']}"
        for fault in Axe().run(page).response["violations"]
        for node in fault["nodes"]
    ]
