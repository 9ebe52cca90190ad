"""Headless Chromium as a typesetter: the same HTML, style and files, from a directory."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from briefs.pdf.job import Job
from tests.browser.conftest import ARGUMENTS
from tests.conftest import chromium

STYLE = "css/all.css"


def program() -> str:
    return chromium() or sys.exit("Chromium is missing (Debian: apt install chromium).")


def version() -> str:
    """Its number alone."""
    told = subprocess.run([program(), "--version"], capture_output=True, text=True, check=True)
    return told.stdout.split()[1]


def laid_down(job: Job, directory: Path) -> str:
    """The address of `job` as files below `directory`. The style, which the engine is given
    beside the HTML, is linked."""
    link = f'<link rel="stylesheet" href="{STYLE}"></head>'
    html = job.html.replace("</head>", link, 1)
    files = {**job.assets, STYLE: job.css.encode(), "brief.html": html.encode()}
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return (directory / "brief.html").as_uri()


def print_cold(address: str, directory: Path) -> Path:
    """The PDF by a process of its own; its profile, made the first time, is kept in `directory`."""
    output = directory / "chromium.pdf"
    output.unlink(missing_ok=True)
    own = [f"--user-data-dir={directory}/profile", f"--print-to-pdf={output}"]
    arguments = [*ARGUMENTS, "--headless", "--no-pdf-header-footer", *own, address]
    subprocess.run([program(), *arguments], capture_output=True, timeout=120, check=True)
    return output


@contextmanager
def warm() -> Iterator[Callable[[str], bytes]]:
    """A running browser, and what prints an address in a new page of it, tagged as ours is. One
    context for all, so that what Chromium caches between pages counts for it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        context = browser.new_context()

        def print_warm(address: str) -> bytes:
            page = context.new_page()
            page.goto(address)
            content = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
            page.close()
            return content

        yield print_warm
        browser.close()
