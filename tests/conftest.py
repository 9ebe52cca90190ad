import os
import shutil
from collections.abc import Iterator

import hypothesis
import pytest

CI = os.environ.get("CI") == "true"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("developer", deadline=None)
hypothesis.settings.load_profile("ci" if CI else "developer")


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests need a browser: without one they are skipped, and fail in CI."""
    if CI or chromium():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium: install chromium"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    missing = [report for report in skipped if "no Chromium" in str(report.longrepr)]
    if missing:
        line = f"!!! {len(missing)} BROWSER TESTS NOT RUN: Chromium is not installed."
        terminalreporter.write_line(line, red=True, bold=True)


@pytest.fixture(scope="session")
def chromium_path() -> Iterator[str]:
    path = chromium()
    assert path, "Browser tests need Chromium (Debian: apt install chromium)."
    yield path
