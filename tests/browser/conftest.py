"""A real Chromium for the tests of this directory."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from briefs.models import User
from tests.browser.desk import OBSERVE, Complaints, Desk
from tests.browser.traffic import Traffic
from tests.factories import PASSWORD

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
    """Makes pages, of a phone's size if not told otherwise, each in a context of its own. When they
    are closed, nothing that they said is still on its way."""
    opened: list[Page] = []

    def open_page(*, width: int = 390, height: int = 844, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        opened.append(context.new_page())
        return opened[-1]

    with Traffic() as traffic:
        yield open_page
        for context in browser.contexts:
            context.set_offline(offline=True)
            context.close()
        traffic.wait_until_still()


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest.fixture
def desk(live_server: LiveServer, open_page: Callable[..., Page], complaints: Complaints) -> Desk:
    """Logs somebody in by the log-in page; gives their window."""

    def log_in(user: User, **options: object) -> Page:
        user.set_password(PASSWORD)
        user.save()
        page = open_page(**({"width": 1440, "height": 950} | options), base_url=live_server.url)
        page.add_init_script(OBSERVE)
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/admin/")
        page.get_by_label("Username").fill(user.username)
        page.get_by_label("Password").fill(PASSWORD)
        complaints.gather(page)
        page.get_by_role("button", name="Log in").click()
        return page

    return log_in
