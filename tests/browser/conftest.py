"""A real Chromium for the tests of this directory."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One for a module. Playwright's loop runs in this thread for as long, and Django would
    refuse its database to a thread with a loop."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes pages, of a phone's size if not told otherwise, each in a context of its own."""
    opened: list[Page] = []

    def open_page(*, width: int = 390, height: int = 844, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        opened.append(context.new_page())
        return opened[-1]

    yield open_page
    for page in opened:
        page.context.close()
