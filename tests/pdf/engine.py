"""The engine in this process, for tests that look at laid-out boxes. The product never does this."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # a machine without fonts of its own is fine
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    from briefs.pdf import check, edges, engine, patch, splitting

from briefs.composition import Composition
from briefs.pdf.document import job_for
from briefs.pdf.fetcher import AssetFetcher
from briefs.pdf.job import NOWHERE, Job

__all__ = ["check", "edges", "engine", "faults", "lay_out", "patch", "splitting", "stock_engine"]


def lay_out(job: Job) -> Any:
    fetcher, fonts = AssetFetcher(job.assets), FontConfiguration()
    base = f"{NOWHERE}css/all.css"
    css = weasyprint.CSS(string=job.css, font_config=fonts, url_fetcher=fetcher, base_url=base)
    html = weasyprint.HTML(string=job.html, url_fetcher=fetcher, base_url=NOWHERE)
    notes = check.expected(html.etree_element, job.notes)
    return engine._laid_out(html, notes, font_config=fonts, stylesheets=[css])


def faults(composition: Composition, *, css: str = "") -> list[str]:
    """What the check says of a composition, with `css` added to the style."""
    job = job_for(composition)
    laid_out = lay_out(Job(job.html, job.css + css, job.assets, job.notes))
    written = weasyprint.HTML(string=job.html, url_fetcher=AssetFetcher({})).etree_element
    return check.faults(laid_out.pages, check.expected(written, job.notes))


@contextmanager
def stock_engine() -> Iterator[None]:
    patch.lift()
    try:
        yield
    finally:
        patch.apply()
