import os
import shutil
from collections.abc import Iterator
from hashlib import sha256
from types import SimpleNamespace

import hypothesis
import pytest
from django.db import connection, connections
from django.test import TransactionTestCase
from django.utils.module_loading import import_string

CI = os.environ.get("CI") == "true"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("developer", deadline=None)
hypothesis.settings.load_profile("ci" if CI else "developer")


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What a screen looks like does not depend on the database: on PostgreSQL only those browser tests
    are run that say it does. Without a browser they are skipped, and fail in CI."""
    if connection.vendor == "postgresql":
        spared = {item for item in items if _is_of_screens(item)}
        config.hook.pytest_deselected(items=list(spared))
        items[:] = [item for item in items if item not in spared]
    browser = [item for item in items if item.get_closest_marker("browser")]
    if CI:
        for item in browser:  # a busy machine may be late once; a rerun is told in the summary
            item.add_marker(pytest.mark.flaky(reruns=1))
    if CI or chromium():
        return
    for item in browser:
        item.add_marker(pytest.mark.skip(reason="no Chromium: install chromium"))


def _is_of_screens(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("browser")) and not item.get_closest_marker(
        "both_databases"
    )


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


@pytest.fixture
def stub_typesetting(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of who may publish what and when: the PDF is a stand-in. Those that look at PDFs
    let the engine run."""
    content = b"%PDF-1.7 a stand-in"
    document = SimpleNamespace(content=content, sha256=sha256(content).hexdigest(), pages=1)
    monkeypatch.setattr("briefs.pdf.typeset", lambda composition: document)
    monkeypatch.setattr("briefs.pdf.fingerprint", lambda: {"engine": "stub"})


@pytest.fixture(scope="session", autouse=True)
def facts_can_be_flushed() -> Iterator[None]:
    """The triggers refuse the flush between tests too; `post_migrate`, sent after it, puts them
    back."""
    flush = TransactionTestCase._fixture_teardown
    lift = import_string("briefs.models.triggers.lift")

    def lift_and_flush(case: TransactionTestCase) -> None:
        for name in case._databases_names(include_mirrors=False):
            lift(connections[name])
        flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lift_and_flush)
        yield
