"""Comments can be read by everybody, without scripts too, and do not slow down writing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from briefs import comments
from briefs.models import Brief
from briefs.prose.anchors import Anchor
from briefs.stages import Stage
from tests.admin.desk import change_url
from tests.browser.desk import TEXT, Complaints, Desk, everything
from tests.browser.test_comments import BODY, MARKED, THREADS, begun, opened
from tests.factories import make_brief, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 390)])
@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.IN_REVIEW])
def test_comments_are_legible_to_everybody_and_keep_the_policy(
    desk: Desk, complaints: Complaints, scheme: str, width: int, stage: str
) -> None:
    user = make_user("edda", group="Contributors")
    brief = make_brief(body=BODY + everything(), by=user)
    editor = make_user(group="Editors")
    Brief.objects.filter(pk=brief.pk).update(stage=stage)
    thread = begun(brief, editor, "stood empty", "@edda How do we know?")
    comments.reply(thread=thread, by=user, words="x" * 300)
    begun(brief, user, "the figures", "Which?")
    comments.begin(brief=brief, by=user, words="Gone", anchor=Anchor("Words that are gone by now"))
    comments.begin(brief=brief, by=user, words="Whole")
    comments.resolve(thread=begun(brief, user, "Trade", "Done"), by=user)
    begun(brief, editor, "spring", "@edda Which?")
    page = opened(desk(user, color_scheme=scheme, width=width), brief)
    page.get_by_text("Show resolved (1)").click()
    page.get_by_text("Reply", exact=True).first.click()
    page.get_by_label("Reply to").first.press_sequentially("@")
    page.get_by_role("listbox").wait_for()
    page.evaluate("document.fonts.ready")
    faults = [
        f"{violation['id']}: {str(violation['nodes'][0]['html'])[:160]}"
        for violation in Axe().run(page).response["violations"]
    ]
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.goto("/admin/")
    page.get_by_role("region", name="Comments for you").wait_for()
    faults += [violation["id"] for violation in Axe().run(page).response["violations"]]
    complaints.gather(page)
    assert not faults, "\n".join(faults)
    assert not complaints


def test_a_keystroke_in_a_long_text_with_many_comments_is_drawn_at_once(desk: Desk) -> None:
    sentence = "Trade number {} across the strait fell by a third in the spring of that year. "
    paragraphs = ["".join(sentence.format(10 * i + j) for j in range(10)) for i in range(70)]
    brief = make_brief(body="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))
    user = make_user(group="Editors")
    for i in range(0, 700, 7):
        begun(brief, user, f"Trade number {i} across", f"Comment {i}")
    page = opened(desk(user), brief)
    expect(page.locator(MARKED)).to_have_count(100)
    page.locator(TEXT).locator("p").nth(35).click()
    taken = page.evaluate(
        """async () => {
            const { editor } = document.querySelector(".ProseMirror[contenteditable]");
            const taken = [];
            for (let i = 0; i < 30; i += 1) {
                const start = performance.now();
                editor.view.dispatch(editor.state.tr.insertText("x"));
                taken.push(performance.now() - start);
                await new Promise(requestAnimationFrame);
            }
            return taken.sort((a, b) => a - b);
        }"""
    )
    print(f"with 100 comments: median {taken[15]:.1f} ms, worst {taken[-1]:.1f} ms")
    assert taken[15] < 50


def test_without_scripts_everything_can_be_read_and_answered(desk: Desk) -> None:
    brief, user = make_brief(body=BODY), make_user(group="Editors")
    begun(brief, user, "stood empty", "How do we know?")
    page = desk(user, java_script_enabled=False)
    page.goto(change_url(brief))
    expect(page.locator(THREADS)).to_contain_text("How do we know?")
    page.get_by_text("Reply", exact=True).click()
    page.get_by_label("Reply to").fill("From the harbour master.")
    page.get_by_role("button", name="Send reply").click()
    expect(page.locator(THREADS)).to_contain_text("From the harbour master.")
    page.get_by_role("button", name="Resolve").click()
    expect(page.locator(THREADS)).to_have_count(0)
    page.get_by_text("Comment on the whole brief").click()
    page.get_by_label("Comment on the whole brief").fill("Too long.")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(THREADS)).to_contain_text("Too long.")
