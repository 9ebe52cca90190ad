"""Writing in a long brief: from a keystroke to the frame that shows it."""

from collections.abc import Iterator
from statistics import median, quantiles

from playwright.sync_api import Page

from briefs.models import Brief, User
from tests.benchmarks import desk
from tests.benchmarks.measuring import Figure, Table
from tests.browser.desk import TEXT
from tests.factories import cite, make_brief, make_source, note

WORDS, NOTES, SOURCES = 10_000, 200, 60
WORDS_IN_PARAGRAPH = 100
KEYS = 40  # a round
PAUSE = 120  # milliseconds between keys: somebody who types well
TARGET = 50
# From the key going down to the task after the frame in which its letter was painted.
MEASURE = """
    window.times = [];
    document.addEventListener("keydown", event => requestAnimationFrame(() => {
        const {port1, port2} = new MessageChannel();
        port1.onmessage = () => window.times.push(performance.now() - event.timeStamp);
        port2.postMessage(0);
    }), {capture: true});
"""


def tables(*, rounds: int, jobs: int) -> Iterator[Table]:
    with desk.form(_short) as page:
        short = _keystrokes(page, rounds=1)
        desk.open_brief(page, _long(User.objects.get(is_superuser=True)))
        page.locator("#notes-below li").nth(NOTES - 1).wait_for()
        times = _keystrokes(page, rounds=min(rounds, 5))
        note_opened = _opening(page)
    yield Table(
        f"Writing at the desk in {WORDS:,} words with {NOTES} notes; keys: {len(times)}",
        "From a key going down to the frame that shows its letter, autosave and all.",
        [
            Figure("a letter, median", median(times), most=TARGET),
            Figure("  of twenty, the slowest", quantiles(times, n=20)[-1]),
            Figure("  in a brief of one paragraph, median", median(short)),
            Figure("the dialog of note 100, from the click", note_opened),
        ],
    )


def _short(user: User) -> Brief:
    return make_brief(body="<p>Words</p>", by=user)


def _long(user: User) -> Brief:
    sources = [make_source(f"A Report on Subject {number}") for number in range(SOURCES)]
    paragraphs = WORDS // WORDS_IN_PARAGRAPH
    sentence = "Trade between the two countries fell by a third in that year. "
    words = (sentence * WORDS_IN_PARAGRAPH).split()[: WORDS_IN_PARAGRAPH // 2]
    half = " ".join(words)
    body = "".join(
        f"<p>{half}{note(f'See {cite(sources[place % SOURCES], "p. 4")}.')} {half}"
        f"{note(f'A remark <em>on</em> {place}.')}</p>"
        for place in range(paragraphs)
    )
    return make_brief(body=body, by=user)


def _keystrokes(page: Page, *, rounds: int) -> list[float]:
    page.locator(f"{TEXT} p").first.click()
    page.evaluate(MEASURE)
    for _ in range(rounds):
        page.keyboard.type("a" * KEYS, delay=PAUSE)
    page.wait_for_timeout(PAUSE)
    times: list[float] = page.evaluate("window.times")
    return times[3:]


def _opening(page: Page) -> float:
    chip = page.locator(".note-chip").nth(99)
    chip.scroll_into_view_if_needed()
    page.evaluate(
        """window.opened = new Promise(done => document.addEventListener("click", event =>
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - event.timeStamp))),
            {capture: true, once: true}));0"""
    )
    chip.click()
    page.locator(".note-dialog").wait_for()
    time: float = page.evaluate("window.opened")
    return time
