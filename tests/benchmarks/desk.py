"""The desk's form for a brief, in a Chromium and on a database and a server of its own."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from briefs.models import Brief, User
from tests.admin.desk import change_url
from tests.benchmarks import chromium
from tests.browser.conftest import ARGUMENTS
from tests.browser.desk import TEXT
from tests.factories import PASSWORD, make_user


@contextmanager
def form(make: Callable[[User], Brief]) -> Iterator[Page]:
    """The form of the brief that `make` makes for a user, who is logged in."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright has a loop in this thread
    former = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0)
    server = LiveServer("localhost")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.program(), args=ARGUMENTS)
            size = {"width": 1440, "height": 950}
            page = browser.new_context(viewport=size, base_url=server.url).new_page()
            user = make_user(is_superuser=True)
            user.set_password(PASSWORD)
            user.save()
            _open(page, user, make(user))
            yield page
            browser.close()
    finally:
        server.stop()
        connection.creation.destroy_test_db(former, verbosity=0)


def _open(page: Page, user: User, brief: Brief) -> None:
    page.on("dialog", lambda dialog: dialog.accept())  # what was typed into another is left behind
    page.goto("/admin/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    open_brief(page, brief)


def open_brief(page: Page, brief: Brief) -> None:
    page.goto(change_url(brief))
    page.locator(TEXT).wait_for()
