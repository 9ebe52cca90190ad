"""Files that cannot be read: one clear sentence each, quickly, and nothing left behind."""

import os
import struct
import tempfile
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from briefs.manuscripts import ManuscriptError, read

from .files import LONG, make_docx, make_odt, make_zip, paragraph

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
BOMB = b"<w:t>" + b"0" * 40_000_000
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
SMALL = make_docx(paragraph(LONG))


def with_member(
    name: str, content: bytes = b"x", mode: int = 0, packed: int = zipfile.ZIP_DEFLATED
) -> bytes:
    buffer = BytesIO(SMALL)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        member = zipfile.ZipInfo(name)
        member.compress_type = packed
        member.external_attr = mode << 16
        archive.writestr(member, content)
    return buffer.getvalue()


def encrypted_member() -> bytes:
    """The bit that says "encrypted", set in the directory."""
    data = bytearray(SMALL)
    start = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, start + 8, 1)
    return bytes(data)


def damaged_member() -> bytes:
    """Its first bytes overwritten, in a block type that deflate does not have."""
    data = bytearray(SMALL)
    start = data.index(b"word/document.xml") + len(b"word/document.xml")
    data[start : start + 8] = b"\xff" * 8
    return bytes(data)


def utf16(xml: str) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-16"?>' + xml).encode("utf-16")


REFUSED = {
    "empty": (b"", "a.docx", "The file is empty."),
    "no ending": (b"words", "manuscript", "without an ending"),
    "unknown": (b"words", "a.xyz", "A file named “.xyz” cannot be read; send .docx"),
    "rtf": (b"{\\rtf1 words}", "a.rtf", "save it as .docx"),
    "doc": (OLE, "a.doc", "save it as .docx"),
    "pdf": (b"%PDF-1.7 ...", "a.pdf", "A PDF is not a manuscript"),
    "pdf named docx": (b"%PDF-1.7 ...", "a.docx", "named .docx but is a PDF"),
    "rtf named docx": (b"{\\rtf1 words}", "a.docx", "named .docx but is an .rtf"),
    "rtf named txt": (b"{\\rtf1 words}", "a.txt", "named .txt but is an .rtf"),
    "doc named docx": (OLE, "a.docx", "old Word file"),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
    "encrypted member": (encrypted_member(), "a.docx", "password"),
    "damaged member": (damaged_member(), "a.docx", "damaged"),
    "LZMA": (with_member("word/a.xml", packed=zipfile.ZIP_LZMA), "a.docx", "packed in a way"),
    "BZIP2": (with_member("word/a.xml", packed=zipfile.ZIP_BZIP2), "a.docx", "packed in a way"),
    "encrypted odt": (
        make_odt(
            "",
            manifest="<manifest:encryption-data/>",
            parts={"content.xml": b"\x01\x02\x03"},
        ),
        "a.odt",
        "password",
    ),
    "text named docx": (b"only words", "a.docx", "named .docx but is not such a file"),
    "docx named odt": (SMALL, "a.odt", "rename it"),
    "odt named docx": (make_odt("<text:p>x</text:p>"), "a.docx", "seems to be .odt; rename it"),
    "docx named txt": (SMALL, "a.txt", "not text"),
    "spreadsheet": (make_zip({"[Content_Types].xml": "<Types/>", "xl/a.xml": "<a/>"}), "a.docx", "not such"),
    "other OpenDocument": (
        make_zip({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "a.odt",
        "not such a file",
    ),
    "truncated": (SMALL[: len(SMALL) // 2], "a.docx", "damaged or incomplete"),
    "changed": (SMALL.replace(b"word/document.xml", b"word/documenx.xml"), "a.docx", "damaged"),
    "broken XML": (make_docx("<w:p>"), "a.docx", "damaged"),
    "bomb": (with_member("word/big.xml", BOMB), "a.docx", "far more than its size"),
    "many members": (
        make_zip({f"word/{number}.xml": "" for number in range(2_100)}),
        "a.docx",
        "more than 2,000 parts",
    ),
    "path upwards": (with_member("../../evil.xml"), "a.docx", "unsafe name"),
    "path upwards for Windows": (with_member("..\\..\\evil.xml"), "a.docx", "unsafe name"),
    "absolute path": (with_member("/etc/evil.xml"), "a.docx", "unsafe name"),
    "drive": (with_member("C:\\evil.xml"), "a.docx", "unsafe name"),
    "long name": (with_member("a" * 400), "a.docx", "unsafe name"),
    "symbolic link": (with_member("word/link", b"/etc/passwd", 0o120777), "a.docx", "link"),
    "entities": (make_docx(paragraph("&b;"), prolog=ENTITIES), "a.docx", "document type"),
    "external entity": (make_docx(paragraph("&a;"), prolog=EXTERNAL), "a.docx", "document type"),
    "entities in odt": (make_odt("<text:p>&b;</text:p>", prolog=ENTITIES), "a.odt", "document type"),
    "entities in UTF-16": (
        make_docx(parts={"word/document.xml": utf16(f"{ENTITIES}<a>&b;</a>")}),
        "a.docx",
        "document type",
    ),
    "entities in styles": (
        make_docx(paragraph(LONG), parts={"word/styles.xml": f"{ENTITIES}<a>&b;</a>"}),
        "a.docx",
        "document type",
    ),
    "too deep": (make_docx("<w:sdt>" * 300 + "</w:sdt>" * 300), "a.docx", "damaged"),
    "strict": (
        make_docx(parts={"word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'}),
        "a.docx",
        "Strict Open XML",
    ),
    "binary": (b"\x00\x01\x02" * 50, "a.md", "not text"),
    "too much text": (b"word " * 1_000_000, "a.txt", "larger than 4 MB"),
    "too large": (b"PK" + b"\0" * 21_000_000, "a.docx", "larger than 20 MB"),
    "nothing but space": (b" \n\n ", "a.txt", "holds no text"),
    "nothing in Word": (make_docx(paragraph("")), "a.docx", "holds no text"),
    "no tag": (b"<!-- only this -->", "a.html", "holds no text"),
    "web archive": (b"MIME-Version: 1.0\n", "a.html", "web archive"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "filename", "sentence"), REFUSED.values(), ids=REFUSED)
def test_is_refused_in_one_sentence(data, filename, sentence):
    started = time.perf_counter()
    with pytest.raises(ManuscriptError) as caught:
        read(data, filename)
    message = str(caught.value)
    assert sentence in message
    assert message[0].isupper()
    assert message.endswith(".")
    assert "\n" not in message
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("ending", ["md", "html"])
def test_nesting_without_end_is_refused_or_read_but_never_crashes(ending):
    data = {"md": b"> " * 800 + b"x", "html": b"<div>" * 4_000 + b"x"}[ending]
    try:
        read(data, f"a.{ending}")
    except ManuscriptError as error:
        assert str(error).endswith(".")


@pytest.mark.parametrize(
    "filename",
    ["../../x.docx", "C:\\x.docx", "x\0.docx", "a" * 300 + ".docx", "\u202ex.docx", 'a"\n.DOCX'],
)
def test_a_strange_file_name_only_gives_its_ending(filename):
    assert LONG in read(SMALL, filename).body


def test_nothing_is_written(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    before = set(os.listdir(Path.cwd()))
    read(SMALL, "a.docx")
    with pytest.raises(ManuscriptError):
        read(with_member("../evil.xml"), "a.docx")
    assert set(os.listdir(tmp_path)) == before
