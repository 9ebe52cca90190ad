"""The preview beside the text: from a keystroke to the updated pane, in Chromium at the desk's form
for the real brief, and what of it is the server's."""

import os
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from django.core.management import call_command
from playwright.sync_api import Page

from briefs.models import Brief, User
from tests.benchmarks import desk
from tests.benchmarks.measuring import Figure, Table
from tests.browser.desk import TEXT

SAMPLE = Path(__file__).resolve().parents[2] / "briefs/samples/resetting-ties.docx"
TARGET = 500
# The time from a key going down to the next frame after the pane was drawn with what it wrote, and of
# it from the question to the answer.
MEASURE = """
    new Promise(done => {
        const pane = document.getElementById("beside");
        const frame = at => requestAnimationFrame(() => {
            const asked = performance.getEntriesByType("resource").filter(one => one.name.includes("/preview/draft/")).at(-1);
            done([performance.now() - at, asked.duration, asked.responseStart - asked.requestStart]);
        });
        document.addEventListener("keydown", event =>
            pane.addEventListener("beside:shown", () => frame(event.timeStamp), {once: true}),
            {once: true, capture: true});
    })
"""


def tables(*, rounds: int, jobs: int) -> Iterator[Table]:
    with desk.form(_real) as page:
        page.get_by_role("button", name="Preview beside").click()
        page.locator(".beside-page article").wait_for()
        prose = [keystroke(page, TEXT + " p >> nth=6") for _ in range(rounds + 1)][1:]
        title = [keystroke(page, "#id_title") for _ in range(rounds + 1)][1:]
    yield Table(
        f"Preview beside the text of the real brief; rounds: {rounds}",
        "From the keystroke, with the pause of 150 ms in which one goes on typing, to the frame after\n"
        "the pane was updated. The server of a test, on the same machine as the browser.",
        [
            Figure("a letter in the text, to the pane", _median(prose, 0), most=TARGET),
            Figure("  the slowest of them", max(row[0] for row in prose), most=TARGET),
            Figure("  of it question and answer", _median(prose, 1)),
            Figure("  of it the server", _median(prose, 2)),
            Figure("a letter in the title, to the pane", _median(title, 0), most=TARGET),
        ],
    )


def _median(rows: list[list[float]], column: int) -> float:
    return median(row[column] for row in rows)


def keystroke(page: Page, place: str) -> list[float]:
    page.locator(place).click()
    page.wait_for_timeout(400)  # what the click itself sets off is not measured
    page.evaluate("performance.clearResourceTimings()")
    page.evaluate(f"window.measured = {MEASURE}; 0")
    page.keyboard.press("x")
    times: list[float] = page.evaluate("window.measured")
    return times


def _real(user: User) -> Brief:
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        call_command("import_manuscript", str(SAMPLE), by=user.username, stdout=nowhere)
    return Brief.objects.get()
