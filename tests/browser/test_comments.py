"""Comments in a real browser: made on passages and notes, kept on them while the text changes, told
to those who are meant, and never part of the text."""

import re

import pytest
from playwright.sync_api import Page, expect

from briefs import comments
from briefs.models import Brief, Comment, User
from briefs.prose.anchors import anchor_of, text_of
from briefs.stages import Stage
from tests.admin.desk import change_url
from tests.browser.desk import TEXT, Complaints, Desk, save
from tests.browser.waiting import until, until_the_editor
from tests.factories import cite, make_brief, make_source, make_user, note

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = (
    "<p>Trade across the strait fell by a third in the spring.</p>"
    "<p>The ports that had been built for it stood empty for weeks.</p>"
    "<p>Nobody believes in the figures of the ministry any more.</p>"
)
MARKED = f"{TEXT} .commented"
THREADS = "#comments [data-list='open'] > .thread"
GONE = "#comments [data-list='gone'] > .thread"
SELECT = """words => {
    const walker = document.createTreeWalker(document.querySelector("PLACE"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const start = walker.currentNode.data.indexOf(words);
        if (start < 0) continue;
        getSelection().setBaseAndExtent(walker.currentNode, start, walker.currentNode, start + words.length);
        return;
    }
    throw Error("not there: " + words);
}"""


def begun(brief: Brief, by: User, passage: str, words: str) -> Comment:
    text = text_of(brief.body)
    start = text.words.index(passage)
    anchor = anchor_of(text, start, start + len(passage))
    return comments.begin(brief=brief, by=by, words=words, anchor=anchor)


def opened(page: Page, brief: Brief) -> Page:
    page.goto(change_url(brief))
    page.locator("#comments[data-ready]").wait_for(state="attached")
    return page


def select(page: Page, words: str) -> None:
    """As by the pointer, in the editor; it knows of it a moment later."""
    page.locator(TEXT).focus()
    page.evaluate(SELECT.replace("PLACE", TEXT), words)
    until_the_editor(page, "state.selection.empty === false")


def caret_after(page: Page, words: str) -> None:
    select(page, words)
    page.keyboard.press("ArrowRight")
    until_the_editor(page, "state.selection.empty")


def marked(page: Page) -> list[str]:
    return [piece.inner_text() for piece in page.locator(MARKED).all()]


def stored(brief: Brief) -> str:
    return Brief.objects.get(pk=brief.pk).body


def test_an_editor_comments_on_selected_words_and_nothing_of_it_is_stored_in_the_text(
    desk: Desk, complaints: Complaints
) -> None:
    brief = make_brief(body=BODY)
    page = opened(desk(make_user("edda", group="Editors")), brief)
    page.get_by_role("button", name="Comments").click()
    expect(page.get_by_text("Select words in the text and press “Comment”")).to_be_visible()
    select(page, "fell by a third")
    page.locator("body > .comment-here").click()
    page.get_by_label("Comment on these words").fill("Which third?")
    page.get_by_role("group", name="New comment").get_by_role("button", name="Comment").click()
    thread = page.locator(THREADS)
    expect(thread).to_contain_text("Which third?")
    expect(page.locator(MARKED)).to_have_text("fell by a third")
    assert (
        page.locator(MARKED).evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"
    )
    comment = Comment.objects.get()
    assert (comment.quote, comment.before) == ("fell by a third", "Trade across the strait ")
    assert comment.after == " in the spring. The ports that had been built"[:32]
    caret_after(page, "spring")
    page.keyboard.type("time")
    save(page)
    assert stored(brief) == BODY.replace("spring", "springtime")
    page.locator("#comments[data-ready]").wait_for()
    assert marked(page) == ["fell by a third"]
    complaints.gather(page)
    assert not complaints


def test_a_reviewer_comments_where_the_text_is_read_only(
    desk: Desk, complaints: Complaints
) -> None:
    source = make_source("A Report")
    user = make_user(group="Contributors")
    brief = make_brief(body=BODY + f"<p>End.{note(cite(source, 'p. 4'))}</p>", by=user)
    Brief.objects.filter(pk=brief.pk).update(stage=Stage.IN_REVIEW)
    begun(brief, make_user(group="Editors"), "stood empty", "How do we know?")
    page = opened(desk(user), brief)
    assert page.locator(TEXT).count() == 0
    size = "CSS.highlights.get('commented').size"
    until(page, f"{size} === 1")
    page.evaluate(SELECT.replace("PLACE", ".as-read"), "the figures")
    page.locator("body > .comment-here").click()
    page.get_by_label("Comment on these words").fill("Which?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(THREADS).nth(1)).to_contain_text("Which?")
    until(page, f"{size} === 2")
    page.evaluate(SELECT.replace("PLACE", ".as-read [role=doc-endnotes]"), "A Report")
    page.get_by_role("button", name="Comment on note").click()
    page.get_by_label("Comment on these words").fill("And the year?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(THREADS).nth(2)).to_contain_text("And the year?")
    last = Comment.objects.order_by("pk").last()
    assert last
    assert (last.on_note, "A Report" in last.quote, last.before[-4:]) == (True, True, "End.")
    box = page.evaluate(
        "(box => [box.x + 4, box.y + 4])([...CSS.highlights.get('commented')][0].getBoundingClientRect())"
    )
    page.mouse.click(*box)
    expect(page.locator(".thread.now")).to_contain_text("How do we know?")
    complaints.gather(page)
    assert not complaints
    # The same note is found in the editor, where it is written otherwise.
    Brief.objects.filter(pk=brief.pk).update(stage=Stage.DRAFT)
    opened(page, brief)
    expect(page.locator(f"{TEXT} .note-chip.commented")).to_have_count(1)
    assert page.locator(GONE).count() == 0


def test_a_passage_moves_with_what_is_typed_around_it_and_inside(desk: Desk) -> None:
    brief, user = make_brief(body=BODY), make_user(group="Editors")
    begun(brief, user, "stood empty", "How do we know?")
    page = opened(desk(user), brief)
    caret_after(page, "Trade")
    page.keyboard.type(" and all that goes with it")
    caret_after(page, "stood")
    page.keyboard.type(" quite")
    expect(page.locator(MARKED)).to_have_text("stood quite empty")
    caret_after(page, "built for")
    page.keyboard.press("Enter")
    expect(page.locator(MARKED)).to_have_text("stood quite empty")
    save(page)
    page.locator("#comments[data-ready]").wait_for()
    assert marked(page) == ["stood quite empty"]


def test_a_passage_that_is_deleted_is_listed_as_gone_and_undo_brings_it_back(desk: Desk) -> None:
    brief, user = make_brief(body=BODY), make_user(group="Editors")
    begun(brief, user, "stood empty", "How do we know?")
    page = opened(desk(user), brief)
    expect(page.locator(THREADS)).to_have_count(1)
    select(page, "stood empty")
    page.keyboard.press("Delete")
    expect(page.locator(GONE)).to_contain_text("stood empty")
    expect(page.get_by_role("heading", name="Passages that are gone")).to_be_visible()
    assert page.locator(MARKED).count() == 0
    page.keyboard.press("Control+z")
    expect(page.locator(THREADS)).to_have_count(1)
    expect(page.locator(MARKED)).to_have_text("stood empty")
    expect(page.get_by_role("heading", name="Passages that are gone")).to_be_hidden()


def test_a_comment_on_a_note_stays_with_it(desk: Desk) -> None:
    source = make_source("A Report")
    other = note("Other")
    brief = make_brief(body=f"<p>One{note(cite(source, 'p. 4'))} two{other} three.</p>")
    page = opened(desk(make_user(group="Editors")), brief)
    page.locator(".note-chip").first.click()
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Comment on note").click()
    page.get_by_label("Comment on these words").fill("Wrong page.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(THREADS)).to_contain_text("A Report, p. 4")
    expect(page.locator(f"{TEXT} .note-chip").first).to_have_class(re.compile("commented"))
    comment = Comment.objects.get()
    assert (comment.on_note, comment.before, comment.after) == (True, "One", " two three.")
    caret_after(page, "One")
    until_the_editor(page, "view.hasFocus()")
    until_the_editor(page, "commands.setNodeSelection(4)")
    page.keyboard.press("Delete")
    expect(page.locator(GONE)).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator(f"{TEXT} .note-chip.commented")).to_have_count(1)
    save(page)
    assert stored(brief) == brief.body


def test_somebody_is_mentioned_by_keys_and_finds_it_on_the_front_page(
    desk: Desk, complaints: Complaints
) -> None:
    asked = make_user("ben", group="Editors", first_name="Ben", last_name="Okri")
    make_user("bea", group="Editors", first_name="Bea", last_name="Webb")
    make_user("bert", group="Contributors", first_name="Bert")
    brief = make_brief("Ports", body=BODY)
    page = opened(desk(make_user("edda", group="Editors")), brief)
    select(page, "the figures")
    page.keyboard.press("Control+Alt+m")
    field = page.get_by_label("Comment on these words")
    expect(field).to_be_focused()
    page.keyboard.type("Is this so, @be")
    people = page.get_by_role("listbox", name="People who may open this brief")
    expect(people.get_by_role("option")).to_have_text(["Bea Webb", "Ben Okri"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Is this so, @Ben Okri ")
    expect(people).to_have_count(0)
    page.keyboard.type("?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(THREADS)).to_contain_text("@Ben Okri ?")
    assert [*Comment.objects.get().mentioned.all()] == [asked]
    complaints.gather(page)
    other = desk(asked)
    shelf = other.get_by_role("region", name="Comments for you")
    shelf.get_by_role("link", name="Ports").click()
    expect(other.locator(".thread.now")).to_contain_text("Is this so")
    until_the_editor(other, "state.selection.empty === false")
    assert other.evaluate("getSelection().toString()") == "the figures"
    complaints.gather(other)
    assert not complaints


def test_a_thread_is_read_answered_and_resolved_by_keys_alone(desk: Desk) -> None:
    brief, user = make_brief(body=BODY), make_user(group="Editors")
    thread = begun(brief, make_user(group="Editors"), "stood empty", "How do we know?")
    page = opened(desk(user), brief)
    page.locator(TEXT).focus()
    caret_after(page, "stood")
    expect(page.locator(".thread.now")).to_contain_text("How do we know?")
    page.keyboard.press("Control+Alt+m")
    expect(page.get_by_label("Reply to")).to_be_focused()
    page.keyboard.type("From the harbour master.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(THREADS)).to_contain_text("From the harbour master.")
    expect(page.locator(".thread summary")).to_be_focused()
    assert page.get_by_role("status").filter(has_text="Reply sent.").count() == 1
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Resolve")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(THREADS)).to_have_count(0)
    thread.refresh_from_db()
    assert thread.resolved_by == user
    expect(page.locator(MARKED)).to_have_count(0)
    page.get_by_text("Show resolved (1)").press("Enter")
    page.get_by_role("button", name="Reopen").press("Enter")
    expect(page.locator(THREADS)).to_have_count(1)
    expect(page.locator(MARKED)).to_have_text("stood empty")


def test_a_threads_words_lead_to_the_passage_and_a_click_on_it_to_the_thread(desk: Desk) -> None:
    filler = "<p>Words upon words upon words.</p>" * 40
    brief, user = make_brief(body=filler + BODY), make_user(group="Editors")
    begun(brief, user, "stood empty", "How do we know?")
    page = opened(desk(user), brief)
    page.get_by_role("button", name=re.compile("stood empty.*show in the text")).click()
    until_the_editor(page, "state.selection.empty === false")
    assert page.evaluate("getSelection().toString()") == "stood empty"
    expect(page.locator(MARKED)).to_be_in_viewport()
    page.get_by_role("button", name="Details").click()
    expect(page.locator(THREADS)).to_be_hidden()
    page.locator(MARKED).click()
    expect(page.locator(".thread.now")).to_be_visible()


def test_what_others_say_appears_while_one_is_typing_an_answer(desk: Desk) -> None:
    brief, user = make_brief(body=BODY), make_user(group="Editors")
    other = make_user(group="Editors", first_name="Ben")
    thread = begun(brief, user, "stood empty", "How do we know?")
    page = opened(desk(user), brief)
    page.get_by_text("Reply", exact=True).click()
    page.get_by_label("Reply to").fill("I am still ")
    comments.reply(thread=thread, by=other, words="From the harbour master.")
    begun(brief, other, "the figures", "Which?")
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator(THREADS)).to_have_count(2)
    expect(page.locator(THREADS).first).to_contain_text("From the harbour master.")
    expect(page.get_by_label("Reply to").first).to_be_focused()
    page.keyboard.type("typing.")
    expect(page.get_by_label("Reply to").first).to_have_value("I am still typing.")
    expect(page.locator(MARKED)).to_have_text(["stood empty", "the figures"])


def test_what_is_being_said_survives_a_save_of_the_brief_and_a_lost_session(desk: Desk) -> None:
    brief, user = make_brief(body=BODY), make_user(group="Editors")
    page = opened(desk(user), brief)
    select(page, "stood empty")
    page.keyboard.press("Control+Alt+m")
    page.keyboard.type("How do we know?")
    page.keyboard.press("Control+s")
    page.get_by_text("Saved.").wait_for()
    field = page.get_by_label("Comment on these words")
    expect(field).to_have_value("How do we know?")
    expect(page.locator(MARKED)).to_have_text("stood empty")
    page.context.clear_cookies(name="sessionid")
    field.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was sent: you are logged out")
    expect(field).to_have_value("How do we know?")
    assert not Comment.objects.exists()


def test_a_marked_passage_is_copied_and_typed_after_as_any_other(desk: Desk) -> None:
    brief, user = make_brief(body=BODY), make_user(group="Editors")
    begun(brief, user, "stood empty", "How do we know?")
    page = opened(desk(user), brief)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    select(page, "stood empty")
    page.keyboard.press("Control+c")
    caret_after(page, "stood empty")
    page.keyboard.type(" and idle")
    expect(page.locator(MARKED)).to_have_text("stood empty")
    caret_after(page, "any more")
    page.keyboard.press("Control+v")
    page.locator(TEXT).get_by_text("any morestood empty").wait_for()
    expect(page.locator(MARKED)).to_have_count(1)
    save(page)
    assert "commented" not in stored(brief)
    assert "stood empty and idle for weeks" in stored(brief)
