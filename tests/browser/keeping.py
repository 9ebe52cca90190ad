"""What the tests of autosave and presence share."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from briefs.models import WorkingCopy
from briefs.models.working import SETTLED
from tests.browser.desk import TEXT

ADD = "/admin/briefs/brief/add/"
KEPT = "document.querySelector('.keeping').textContent.startsWith('Unsaved changes kept')"
QUICK = {"pause": 150, "longest": 400, "beat": 500}


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    page.locator(TEXT).wait_for()
    page.wait_for_load_state("load")
    return page


def kept(page: Page, condition: Callable[[WorkingCopy], bool]) -> WorkingCopy:
    """The first copy that is so; the browser works while we look."""
    for _ in range(400):
        if found := next(filter(condition, WorkingCopy.objects.order_by("-saved_at")), None):
            return found
        page.evaluate("new Promise(requestAnimationFrame)")
    raise AssertionError(list(WorkingCopy.objects.values_list("fields", flat=True)))


def no_copy() -> bool:
    return not WorkingCopy.objects.filter(turn__lt=SETTLED).exists()


def eventually(page: Page, condition: Callable[[], bool]) -> None:
    """The browser works while we look."""
    for _ in range(400):
        if condition():
            return
        page.evaluate("new Promise(requestAnimationFrame)")
    raise AssertionError(condition)


def field(copy: WorkingCopy, name: str) -> str:
    return next((value for field, value, _ in copy.fields if field == name), "")


def signs(page: Page) -> list[dict[str, Any]]:
    """What the form says from now on."""
    said: list[dict[str, Any]] = []
    page.on(
        "request",
        lambda request: (
            request.method == "POST"
            and request.url.endswith("/working-copy/")
            and said.append(request.post_data_json)
        ),
    )
    return said


def bring_back(page: Page) -> None:
    page.get_by_role("button", name="Bring them back").click()
    page.locator(".offer").wait_for(state="detached")
