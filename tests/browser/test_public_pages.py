"""The public pages in a real browser: legible to everybody, at any width, light and dark, without
JavaScript, within their weight, and without a breach of the policy."""

import datetime as dt
import gzip
import hashlib
import io
from collections.abc import Callable
from itertools import product

import pdfplumber
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, Route
from pytest_django.live_server_helper import LiveServer

from briefs import search
from briefs.models import Edition, Institute, Withdrawal
from briefs.models.files import store
from tests.browser.waiting import until
from tests.factories import (
    cite,
    make_author,
    make_brief,
    make_centre,
    make_edition,
    make_series,
    make_source,
    note,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

type OpenPage = Callable[..., Page]

PAGES = (
    "/", "/briefs/", "/briefs/?centre=c", "/briefs/?centre=nowhere", "/briefs/real/",
    "/briefs/corrected/", "/briefs/corrected/editions/1/", "/briefs/retracted/", "/briefs/urdu/",
    "/briefs/withdrawn/", "/briefs/unknown/", "/authors/", "/authors/amina/", "/centres/",
    "/centres/c/", "/topics/", "/topics/trade/", "/series/", "/series/issue-brief/", "/about/",
    "/search/", "/search/?q=crossing", "/search/?q=zebra", "/briefs/?page=0",
)  # fmt: skip
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
# Some 200 words, so that what is compressed is about as compressible as prose.
WORDS = "".join(
    f"{one} {two} {three} "
    for one in ("border", "treaty", "corridor", "ceasefire", "minister", "refugee")
    for two in ("opens", "divides", "hinders", "secures")
    for three in ("commerce", "dialogue", "stability")
)
OBSERVE_SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) window.shifted += entry.value;
    }).observe({type: "layout-shift", buffered: true});
"""
PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
WEIGHT, WEIGHT_WITH_FONTS = 14 * 1024, 60 * 1024


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """A small newsroom with one of everything; the address of its server."""
    Institute.objects.create(
        name="Institute of Strategic Tests", short_name="IST", tagline="Tests since 2026",
        address="1 Test Street\nTestville", email="ist@example.org", about="We test.",
    )  # fmt: skip
    amina = make_author("Amina", role="Director", email="amina@example.org", biography="Works.")
    centre, series = make_centre("Centre for Crossings", "C"), make_series()
    source = make_source("A Report on Trade across the Border")
    paragraph = "<p>" + "The crossing was open to people and to goods. " * 12
    body = "".join(f"{paragraph}{note(cite(source) + '.')}</p>" for _ in range(9))
    table = (
        "<h2>Figures</h2><table><caption>Days</caption><thead><tr><th>Crossing</th><th>Days</th>"
        "</tr></thead><tbody><tr><td>Torkham</td><td>27</td></tr></tbody></table>"
    )
    whole = {"authors": [amina], "centre": centre, "series": series, "topics": ("Trade",)}
    make_edition(
        title="Pakistan-Afghanistan: Resetting Ties", slug="real", body=body, series_number=12,
        disclaimer="Views are the author's.", **whole,
    )  # fmt: skip
    corrected = make_brief(title="Corrected", slug="corrected", body=body + table, **whole)
    make_edition(corrected)
    make_edition(corrected, kind="correction", change_note="A figure was wrong.")
    retracted = make_brief(title="Retracted", slug="retracted", summary="A summary.", **whole)
    make_edition(retracted)
    make_edition(retracted, kind="retraction", change_note="The data were withdrawn.")
    make_edition(
        title="پاک افغان تعلقات", subtitle="سرحد", slug="urdu", language="ur",
        body=f"<p>سرحد کھلی ہے۔{note('Dawn, March 23, 2025')}</p>", **whole,
    )  # fmt: skip
    withdrawn = make_edition(title="Withdrawn", slug="withdrawn")
    Withdrawal.record(brief=withdrawn.brief, notice="Taken back.")
    for number in range(22):
        make_edition(title=f"A Longer Title of Sample Brief {number}", **whole)
    for edition in Edition.objects.current():
        search.index(edition)
    return live_server.url


def test_axe_finds_nothing_in_the_light_nor_in_the_dark(site: str, open_page: OpenPage) -> None:
    page = open_page()
    found = {}
    for path in PAGES:
        page.emulate_media(color_scheme="light")
        page.goto(site + path)
        for details in page.query_selector_all("summary"):
            details.click()
        light = Axe().run(page)
        page.emulate_media(color_scheme="dark")
        dark = Axe().run(page, options={"runOnly": COLOUR_RULES})
        for results in (light, dark):
            if results.violations_count:
                found[path] = results.generate_report()
    assert not found


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_nothing_stands_beyond_the_edge(site: str, open_page: OpenPage, width: int) -> None:
    page = open_page(width=width)
    wide = {}
    for path in PAGES:
        page.goto(site + path)
        reach = page.evaluate("document.documentElement.scrollWidth")
        if reach > width:
            wide[path] = reach
    assert not wide


def test_no_page_breaks_the_policy_or_asks_another_site(site: str, open_page: OpenPage) -> None:
    page = open_page()
    said: list[str] = []
    asked: set[str] = set()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.add(request.url))
    for path in PAGES:
        page.goto(site + path, wait_until="networkidle")
    assert not [text for text in said if "Failed to load resource" not in text]
    assert {url for url in asked if not url.startswith(site)} == set()


def test_what_a_finger_must_meet_is_large_enough(site: str, open_page: OpenPage) -> None:
    page = open_page(has_touch=True)
    small = {}
    for path in PAGES:
        page.goto(site + path)
        sizes = page.evaluate(
            """[...document.querySelectorAll('nav a, button, input, select, summary')]
            .filter(e => e.checkVisibility()).map(e => [e.innerText || e.name,
            Math.round(e.getBoundingClientRect().height)]).filter(([, height]) => height < 44)"""
        )
        if sizes:
            small[path] = sizes
    assert not small


def test_a_note_and_its_call_lead_to_each_other_without_javascript(
    site: str, open_page: OpenPage
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/briefs/real/")
    page.click("#fnref-3")
    assert page.url.endswith("#fn-3")
    page.click("#fn-3 [role=doc-backlink]")
    assert page.url.endswith("#fnref-3")


def test_the_keyboard_reaches_the_text_first(site: str, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(f"{site}/briefs/real/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id === 'main'")  # once it has jumped


def test_filters_and_search_work_without_javascript(site: str, open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/briefs/")
    page.click("summary")
    page.select_option("#by-topic", label="Trade")
    page.click("text=Show briefs")
    assert "topic=trade" in page.url
    page.goto(f"{site}/search/")
    page.fill("#q", "crossing")
    page.click("button")
    assert page.locator("mark").first.inner_text().lower() in {"crossing", "crossings"}


def test_a_brief_takes_four_requests_and_little_weight(site: str, open_page: OpenPage) -> None:
    body = "".join(f"<p>{WORDS[start:] + WORDS[:start]}</p>" for start in range(0, 1200, 60))
    make_edition(title="Resetting Ties", slug="alone", body=body)
    page = open_page()
    bodies: dict[str, bytes] = {}
    page.on("response", lambda response: bodies.update({response.url: response.body()}))
    page.goto(f"{site}/briefs/alone/", wait_until="networkidle")
    bodies = {url: body for url, body in bodies.items() if not url.endswith(".svg")}
    fonts = [len(body) for url, body in bodies.items() if url.endswith(".woff2")]
    text = [len(gzip.compress(body)) for url, body in bodies.items() if "woff2" not in url]
    assert len(bodies) <= 4, list(bodies)
    assert sum(text) <= WEIGHT
    assert sum(text) + sum(fonts) <= WEIGHT_WITH_FONTS


def test_lines_stay_where_they_are_when_the_faces_come(site: str, open_page: OpenPage) -> None:
    page = open_page()
    held: list[Route] = []
    page.route("**/*.woff2", lambda route: held.append(route))
    page.add_init_script(OBSERVE_SHIFTS)
    page.goto(f"{site}/briefs/real/", wait_until="commit")
    page.wait_for_selector("[role=doc-endnotes]")
    page.evaluate(PAINTED)
    for route in held:
        route.continue_()
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate(PAINTED)
    shifted = page.evaluate("shifted")
    assert len(held) >= 2
    assert shifted < 0.01


LONG = "Wolfeschlegelsteinhausenbergerdorff-" * 3
WIDE = "".join(
    f"<tr>{''.join(f'<{cell}>{text}</{cell}>' for _ in range(12))}</tr>"
    for cell, text in (("th", "Column of figures"), ("td", "1,234,567"))
)
OVER = """[...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .filter(e => !e.closest('.unseen') && !e.parentElement.closest('.wide'))
    .map(e => e.tagName + '.' + e.className)"""


@pytest.fixture
def wide(site: str) -> str:
    """A brief of long words and a wide table: the newest one."""
    make_edition(
        title=LONG + " wide", slug="wide", subtitle="S" * 100, summary="S" * 100,
        dated=dt.date.today() + dt.timedelta(days=1),
        authors=[make_author(LONG, role="R" * 90, email="a" * 60 + "@" + "b" * 60 + ".org")],
        centre=make_centre(LONG), topics=("T" * 90,), disclaimer="d" * 90,
        body=f"<table>{WIDE}</table><p><code>{'x' * 200}</code></p><h2>{'H' * 80}</h2>"
        f"<blockquote><p>{'q' * 100}</p></blockquote><p>A{note('n' * 100)}</p>",
    )  # fmt: skip
    return site


def test_no_page_is_wider_than_its_window(wide: str, open_page: OpenPage) -> None:
    page = open_page()
    found = {}
    for path in ("/", "/briefs/", "/briefs/wide/", "/briefs/real/", "/authors/", "/search/?q=wide"):
        page.goto(wide + path)
        for width, scale in product((320, 390, 768, 1280), ("100%", "200%")):
            page.set_viewport_size({"width": width, "height": 700})
            page.evaluate(f"document.documentElement.style.fontSize = '{scale}'")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found[path, width, scale] = page.evaluate(OVER)
    assert not found


def test_a_wide_table_scrolls_by_the_keyboard(wide: str, open_page: OpenPage) -> None:
    page = open_page(width=320)
    page.goto(f"{wide}/briefs/wide/")
    frame = page.locator(".wide")
    frame.focus()
    assert page.evaluate("document.activeElement.className") == "wide"
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('.wide').scrollLeft > 0")
    assert Axe().run(page).violations_count == 0


def test_a_jump_to_a_note_is_at_once(site: str, open_page: OpenPage) -> None:
    page = open_page(reduced_motion="no-preference")
    page.goto(f"{site}/briefs/real/")
    page.click("#fnref-3")
    assert page.evaluate("document.querySelector('#fn-3').getBoundingClientRect().top") < 844


def test_notes_set_titles_in_a_true_italic(site: str, open_page: OpenPage) -> None:
    page = open_page()
    faces: list[str] = []
    page.on("request", lambda request: faces.append(request.url.rpartition("/")[2]))
    page.goto(f"{site}/briefs/real/", wait_until="networkidle")
    assert page.locator("[role=doc-endnotes] em").count()
    assert "brief-serif-italic.woff2" in faces


def test_a_printed_page_holds_the_references_and_nothing_to_click(
    site: str, open_page: OpenPage
) -> None:
    page = open_page()
    page.goto(f"{site}/briefs/real/")
    with pdfplumber.open(io.BytesIO(page.pdf())) as document:
        text = "\n".join(sheet.extract_text() for sheet in document.pages)
    references = text.rpartition("REFERENCES")[2]
    assert "A Report on Trade across the Border" in references
    assert "↑" not in text
    assert "from A to Z" not in text


def test_a_cover_keeps_its_room_before_it_comes(site: str, open_page: OpenPage) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (300, 500), "teal").save(picture, "PNG")
    name = f"{hashlib.sha256(picture.getvalue()).hexdigest()}.png"
    store(f"images/{name[:2]}/{name}", picture.getvalue())
    make_edition(slug="covered", cover=f"images/{name[:2]}/{name}", cover_alt="A bridge.")
    page = open_page()
    page.add_init_script(OBSERVE_SHIFTS)
    page.goto(f"{site}/briefs/covered/", wait_until="networkidle")
    assert page.evaluate("document.querySelector('.cover img').naturalHeight") == 500
    page.evaluate(PAINTED)
    assert page.evaluate("shifted") < 0.01
