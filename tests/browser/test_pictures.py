"""Pictures on a public page in a real browser: in the size of the window, nothing moves as they come."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.waiting import until
from tests.factories import figure, make_edition, make_picture, note

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => { window.shifted += entry.value; }))
        .observe({type: "layout-shift", buffered: true});
"""


@pytest.mark.parametrize(
    ("width", "scale", "pixels"), [(390, 1, 640), (390, 3, 1280), (1440, 1, 640)]
)
def test_a_picture_comes_in_the_size_of_the_window_and_moves_nothing(
    live_server: LiveServer, open_page: Callable[..., Page], width: int, scale: int, pixels: int
) -> None:
    shown = figure(make_picture(), f"Crossings.{note('Since 2014.')}", credit="Photo: A. Khan")
    make_edition(slug="ties", body=f"{'<p>Words before it.</p>' * 30}{shown}<p>After.</p>")
    page = open_page(width=width, device_scale_factor=scale)
    page.add_init_script(SHIFTS)
    page.goto(f"{live_server.url}/briefs/ties/")
    image = page.get_by_role("img", name="A map")
    image.scroll_into_view_if_needed()
    until(page, "document.querySelector('.prose img').complete")
    assert f"-{pixels}." in image.evaluate("image => image.currentSrc")
    box = image.bounding_box()
    assert abs(box["width"] / box["height"] - 1600 / 900) < 0.02
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("window.shifted") < 0.01  # faces that come late
    assert not Axe().run(page).response["violations"]
