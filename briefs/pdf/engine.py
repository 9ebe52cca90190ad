"""HTML becomes a PDF. Runs only in the fork server's children, where the limits are."""

import ctypes
import logging
import re
import warnings
import zlib
from dataclasses import replace
from html import unescape
from importlib import metadata
from typing import Any

import pydyf
import weasyprint
from PIL import Image
from weasyprint.text.fonts import FontConfiguration

from briefs.pdf import archive, check, edges, feet, links, patch, splitting, structure
from briefs.pdf.fetcher import AssetFetcher
from briefs.pdf.job import NOWHERE, Job, Outcome, TypesettingError

patch.apply()

Image.MAX_IMAGE_PIXELS = 40_000_000
warnings.simplefilter("error", Image.DecompressionBombWarning)

# What the engine only warns of, and no page may be published with.
GRAVE = ("Failed to load", "Font-face")
ATTEMPTS = 4
# Packages that decide it with the engine: hyphenation, parsing, faces, pictures.
PACKAGES = ("cssselect2", "fonttools", "pillow", "pyphen", "segno", "tinycss2", "tinyhtml5")

type _Style = tuple[weasyprint.CSS, FontConfiguration]

_holding: tuple[str, dict[str, bytes], weasyprint.CSS, FontConfiguration] | None = None


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.grave: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message.startswith(GRAVE):
            self.grave.append(message)


def typeset(job: Job) -> Outcome:
    """The PDF of `job`, checked. Raises TypesettingError with a sentence for what must not be."""
    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.handlers, logger.propagate = [complaints], False
    fetcher = AssetFetcher(job.assets)
    css, fonts = _held(job) or _parsed(job, fetcher)
    html = weasyprint.HTML(string=job.html, url_fetcher=fetcher, base_url=NOWHERE)
    notes = check.expected(html.etree_element, job.notes)
    document = _laid_out(html, notes, font_config=fonts, stylesheets=[css])
    _refuse([f"The brief asks for a file that is not its own: {url}" for url in fetcher.refused])
    _refuse(check.faults(document.pages, notes) + edges.faults(document.pages))
    links.clear_bookmarks(document.pages)
    document.pages = links.link_notes(document.pages)
    structure.set_aside(document.pages)
    content = document.write_pdf(
        pdf_variant=archive.VARIANT,
        attachments=[archive.attachment(file) for file in job.attachments],
        finisher=archive.finisher(job),
    )
    _refuse([f"The brief asks for a file that is not its own: {url}" for url in fetcher.refused])
    _refuse([f"{message}." for message in complaints.grave])
    _refuse(_missing_letters(document, job.html))
    return Outcome(content, len(document.pages))


def hold(job: Job, pictures: dict[str, bytes]) -> None:
    """Keep the style of `job` parsed, and its faces registered, for all children of this process,
    and make once what the engine makes when first used. For a job of our own only."""
    global _holding
    _holding = job.css, job.assets, *_parsed(job, AssetFetcher(job.assets))
    typeset(replace(job, assets=job.assets | pictures))


def _held(job: Job) -> _Style | None:
    if _holding is None or _holding[0] != job.css:
        return None
    _, files, css, fonts = _holding
    return (css, fonts) if files.items() <= job.assets.items() else None


def _parsed(job: Job, fetcher: AssetFetcher) -> _Style:
    fonts = FontConfiguration()
    css = weasyprint.CSS(
        string=job.css, font_config=fonts, url_fetcher=fetcher, base_url=f"{NOWHERE}css/all.css"
    )
    return css, fonts


def _laid_out(html: weasyprint.HTML, notes: dict[int, str], **style: Any) -> weasyprint.Document:
    """The pages. Where notes are too long, they are cut and the pages laid out again; cutting one
    may move another, but not for ever. So they are where text stands in notes."""
    feet.kept_free.clear()
    document = _with_long_notes_cut(html, notes, **style)
    for _ in range(2 * ATTEMPTS):
        lacking = check.overlaps(document.pages)
        if not lacking:
            break
        page = min(lacking)  # what comes after it will be another
        kept = feet.kept_free.get(page, 0)
        feet.kept_free[page] = max(
            kept + lacking[page], 2 * kept
        )  # so often only a note less helps
        document = html.render(pdf_tags=True, presentational_hints=True, **style)
    return document


def _with_long_notes_cut(
    html: weasyprint.HTML, notes: dict[int, str], **style: Any
) -> weasyprint.Document:
    document = html.render(pdf_tags=True, presentational_hints=True, **style)
    for _ in range(ATTEMPTS):
        also = check.too_long(document.pages, notes)
        if not splitting.split_long(document.pages, html.etree_element, also=also):
            break
        document = html.render(pdf_tags=True, presentational_hints=True, **style)
    if splitting.name_resumed(document.pages, html.etree_element):
        document = html.render(pdf_tags=True, presentational_hints=True, **style)
    return document


def versions() -> Outcome:
    """The engine and the libraries that decide how a page looks."""
    return Outcome(
        b"",
        versions={
            "weasyprint": weasyprint.__version__,
            "pydyf": pydyf.__version__,
            "pango": _library_version("libpango-1.0.so.0", "pango_version_string"),
            "harfbuzz": _library_version("libharfbuzz.so.0", "hb_version_string"),
            "freetype": _freetype_version(),
            "zlib": zlib.ZLIB_RUNTIME_VERSION,
            **{name: metadata.version(name) for name in PACKAGES},
        },
    )


def _library_version(library: str, function: str) -> str:
    """What the library that the engine has loaded says of itself; empty where it cannot be asked."""
    try:
        ask = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return ""
    ask.restype = ctypes.c_char_p
    return str(ask().decode())


def _freetype_version() -> str:
    try:
        library = ctypes.CDLL("libfreetype.so.6")
    except OSError:
        return ""
    handle = ctypes.c_void_p()
    numbers = [ctypes.c_int() for _ in range(3)]
    library.FT_Init_FreeType(ctypes.byref(handle))
    library.FT_Library_Version(handle, *map(ctypes.byref, numbers))
    library.FT_Done_FreeType(handle)
    return ".".join(str(number.value) for number in numbers)


def _refuse(sentences: list[str]) -> None:
    if sentences:
        more = f" ({len(sentences) - 3} more)" if len(sentences) > 3 else ""
        raise TypesettingError(" ".join(sentences[:3])[:600] + more)


def _missing_letters(document: weasyprint.Document, html: str) -> list[str]:
    codes = sorted({code for font in document.fonts.values() for code in font.missing})
    if not codes:
        return []
    letters = ", ".join(f"“{chr(code)}” (U+{code:04X})" for code in codes[:8])
    more = f" and {len(codes) - 8} more" if len(codes) > 8 else ""
    place = _place(html, chr(codes[0]))
    return [f"The bundled faces have no letter for {letters}{more}{place}: write it another way."]


def _place(html: str, letter: str) -> str:
    """Where a letter stands first, in the words around it."""
    text = " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())
    at = text.find(letter)
    return f", as in “{text[max(at - 24, 0) : at + 25].strip()}”" if at >= 0 else ""
