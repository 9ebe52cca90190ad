"""Office files as ZIP archives: judged by their directory before anything is unpacked.

Only XML parts are ever read; each is parsed without entities, DTDs and network, and what goes on
to the converter is written anew from the parsed tree, in memory."""

import io
import re
import stat
import struct
import zipfile
import zlib
from typing import Any

from lxml import etree

from briefs.manuscripts.manuscript import ManuscriptError

type Tree = etree._Element

MEGABYTE = 1024 * 1024
MAX_MEMBERS = 2_000
MAX_UNPACKED = 200 * MEGABYTE
MAX_PART = 12 * MEGABYTE
MAX_RATIO = 150
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # as office programs do
# What zipfile and its decompressors raise (NotImplementedError is a RuntimeError).
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, RuntimeError, ValueError),
)
RATIO_FROM = MEGABYTE  # small parts may compress as well as they like

DAMAGED = "The file is damaged or incomplete; open it, save it again, and try once more."
UNSAFE_XML = "The file declares a document type or entities, which a manuscript never needs."


class Archive:
    """A ZIP file that passed the limits; raises ManuscriptError for one that does not."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ManuscriptError(DAMAGED) from error
        members = self._zip.infolist()
        _check_directory(members, len(data))
        self.names = [member.filename for member in members]

    def read(self, name: str) -> bytes:
        if name not in self.names:
            raise ManuscriptError(DAMAGED)
        if self._zip.getinfo(name).file_size > MAX_PART:
            raise ManuscriptError(f"The text of the file is larger than {MAX_PART // MEGABYTE} MB.")
        try:
            with self._zip.open(name) as member:
                return member.read(MAX_PART + 1)
        except UNREADABLE:
            raise ManuscriptError(DAMAGED) from None

    def xml(self, name: str) -> Tree:
        return parse_xml(self.read(name))

    def xml_or_none(self, name: str) -> Tree | None:
        return self.xml(name) if name in self.names else None


def parse_xml(data: bytes) -> Tree:
    """The root of an XML part. Raises ManuscriptError when it is broken or declares a DTD."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    if re.match(rb"[^<]*(?:<\?[^>]*>\s*)?<!(?:DOCTYPE|ENTITY)", data[:2048]):
        raise ManuscriptError(UNSAFE_XML)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ManuscriptError(DAMAGED) from error
    information: Any = root.getroottree().docinfo
    if information.doctype or information.internalDTD is not None:
        raise ManuscriptError(UNSAFE_XML)
    return root


def text_of(element: Tree, tag: str | None = None) -> str:
    """All text in `element`, or that of the elements `tag` in it."""
    return "".join(map(str, element.itertext(tag)))


def pack(parts: dict[str, Tree | bytes]) -> bytes:
    """A new archive in memory; bytes go first and unpacked, as OpenDocument wants `mimetype`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name, part in parts.items():
            if isinstance(part, bytes):
                target.writestr(zipfile.ZipInfo(name), part)
            else:
                target.writestr(name, etree.tostring(part, xml_declaration=True, encoding="UTF-8"))
    return buffer.getvalue()


def _check_directory(members: list[zipfile.ZipInfo], packed: int) -> None:
    if len(members) > MAX_MEMBERS:
        raise ManuscriptError(f"The file holds more than {MAX_MEMBERS:,} parts.")
    names: set[str] = set()
    for member in members:
        _check_name(member)
        if member.filename in names:
            raise ManuscriptError("The file holds two parts of the same name.")
        names.add(member.filename)
        if member.flag_bits & 0x1:
            raise ManuscriptError(
                "The file is protected with a password; save it without one and try again."
            )
        if member.compress_type not in PACKED:
            raise ManuscriptError(
                "The file is packed in a way that is not supported; save it again."
            )
        if member.file_size > max(RATIO_FROM, member.compress_size * MAX_RATIO):
            raise ManuscriptError("The file unpacks to far more than its size, and is refused.")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED or unpacked > max(4 * RATIO_FROM, packed * MAX_RATIO):
        raise ManuscriptError("The file unpacks to far more than its size, and is refused.")


def _check_name(member: zipfile.ZipInfo) -> None:
    name = member.orig_filename
    steps = re.split(r"[/\\]", name)
    unsafe = name.startswith(("/", "\\")) or ".." in steps or "\0" in name or ":" in steps[0]
    if unsafe or len(name) > 300 or len(steps) > 12:
        raise ManuscriptError("The file holds a part with an unsafe name, and is refused.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise ManuscriptError("The file holds a link to another file, and is refused.")
