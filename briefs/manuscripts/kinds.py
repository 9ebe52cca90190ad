"""Which kind of file this is, by its content and its name together; both must agree."""

import codecs
import re

from briefs.manuscripts.archive import DAMAGED, Archive
from briefs.manuscripts.manuscript import ManuscriptError

MAX_FILE = 20 * 1024 * 1024
MAX_TEXT = 4 * 1024 * 1024

ENDINGS = {
    ".docx": "docx",
    ".odt": "odt",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".txt": "text",
}
ACCEPTED = ".docx, .odt, .md, .html or .txt"
ADVICE = "open it in Word or LibreOffice and save it as .docx"
REFUSED = {
    ".pdf": f"A PDF is not a manuscript; {ADVICE}, or send the file that it was made from.",
    ".rtf": f"An .rtf file would lose its notes; {ADVICE}.",
    ".doc": f"An old Word file (.doc) cannot be read; {ADVICE}.",
    ".docm": f"A Word file with macros (.docm) is not read; {ADVICE}.",
    ".pages": f"A Pages file cannot be read; {ADVICE}.",
}
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PROTECTED = "The file is protected with a password; save it without one and try again."
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
ENCODINGS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def recognise(data: bytes, filename: str) -> tuple[str, Archive | None]:
    """The kind ("docx", "odt", "markdown", "html", "text") and, for the first two, the archive.

    Raises ManuscriptError for whatever is not one of these or does not fit its name."""
    ending = _ending(filename)
    if not data:
        raise ManuscriptError("The file is empty.")
    if len(data) > MAX_FILE:
        raise ManuscriptError(f"The file is larger than {MAX_FILE // 2**20} MB.")
    if ending in REFUSED:
        raise ManuscriptError(REFUSED[ending])
    kind = ENDINGS.get(ending)
    if kind is None:
        shown = f"A file named “{ending}”" if ending else "A file without an ending in its name"
        raise ManuscriptError(f"{shown} cannot be read; send {ACCEPTED}.")
    _refuse_disguise(data, ending)
    if kind in ("docx", "odt"):
        return kind, _archive(data, kind, ending)
    _check_text(data)
    return kind, None


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """The text, and the name of the encoding if it had to be guessed ("" otherwise)."""
    marked = next((name for mark, name in ENCODINGS.items() if data.startswith(mark)), "")
    for encoding in filter(None, (marked, "utf-8", declared)):
        try:
            return _without_controls(data.decode(encoding)), ""
        except (UnicodeDecodeError, LookupError):
            continue
    return _without_controls(data.decode("cp1252", "replace")), "Windows-1252"


def _ending(filename: str) -> str:
    name = re.split(r"[/\\]", filename)[-1].strip()
    _, dot, ending = name.rpartition(".")
    return (dot + ending.lower()) if dot and re.fullmatch(r"\w{1,12}", ending) else ""


def _refuse_disguise(data: bytes, ending: str) -> None:
    start = data[:1024].lstrip()
    if start.startswith(b"%PDF-"):
        raise ManuscriptError(f"The file is named {ending} but is a PDF; {ADVICE}.")
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ManuscriptError(PROTECTED)
        raise ManuscriptError(f"The file is named {ending} but is an old Word file; {ADVICE}.")
    if start.startswith(b"{\\rtf"):
        raise ManuscriptError(f"The file is named {ending} but is an .rtf; {ADVICE}.")
    if start[:13].lower() == b"mime-version:":
        raise ManuscriptError(f"The file is a web archive; {ADVICE}.")


def _archive(data: bytes, kind: str, ending: str) -> Archive:
    if not data.startswith(b"PK"):
        raise ManuscriptError(f"The file is named {ending} but is not such a file.")
    archive = Archive(data)
    found = _office_kind(archive)
    if found != kind:
        named = f" It seems to be .{found}; rename it." if found else ""
        raise ManuscriptError(f"The file is named {ending} but is not such a file.{named}")
    return archive


def _office_kind(archive: Archive) -> str:
    if "mimetype" in archive.names:
        declared = archive.read("mimetype").strip()
        if declared.startswith(ODT_TYPE):
            if "content.xml" not in archive.names:
                raise ManuscriptError(DAMAGED)
            return "odt"
        return ""
    if "[Content_Types].xml" in archive.names:
        return "docx" if any(name.startswith("word/") for name in archive.names) else ""
    return ""


def _check_text(data: bytes) -> None:
    if len(data) > MAX_TEXT:
        raise ManuscriptError(f"The text is larger than {MAX_TEXT // 2**20} MB.")
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if data.startswith(b"PK\x03\x04") or (not utf16 and b"\0" in data):
        raise ManuscriptError("The file is not text.")


def _without_controls(text: str) -> str:
    """Without control characters and private-use characters, which serve as marks of our own."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n")
    return re.sub(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufeff]", "", text)
