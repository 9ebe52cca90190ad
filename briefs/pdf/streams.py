"""Streams of bytes in a PDF, compressed; none that ends in a carriage return.

Such a stream looks one byte too long to readers, because the line feed before `endstream` is taken for
the other half of a line end. Runs in the fork server's children only."""

import zlib
from typing import Any

import pydyf
from weasyprint.pdf.stream import Stream

LEVEL = 6
RETURN = ord("\r")
LINES = "/ObjStm"  # objects, between which white space says nothing, as among what is painted

data_by_engine = pydyf.Stream.data.fget


def data(stream: Any) -> bytes:
    """In place of `pydyf.Stream.data`: the bytes of a stream as they are written."""
    if stream.compress:
        compress(stream)
    elif "Filter" in stream.extra:
        end_otherwise(stream)
    written: bytes = data_by_engine(stream)
    return written


def compress(stream: Any) -> None:
    """As the engine does, but at a level that takes half the time for one part in a hundred. The
    last byte is that of the checksum."""
    raw = b"\n".join(map(pydyf._to_bytes, stream.stream))
    loose = isinstance(stream, Stream) or stream.extra.get("Type") == LINES
    while zlib.adler32(raw) & 0xFF == RETURN and loose:
        raw += b"\n"
    stream.compress = False
    if zlib.adler32(raw) & 0xFF == RETURN:
        stream.stream = [raw]
        return
    stream.stream = [zlib.compress(raw, LEVEL)]
    stream.extra["Filter"] = "/FlateDecode"


def end_otherwise(picture: Any) -> None:
    """For what is compressed already: once more, if it ends as it must not."""
    content = b"".join(map(pydyf._to_bytes, picture.stream))
    if not content.endswith(b"\r") or "Filter" not in picture.extra:
        return
    picture.stream = [zlib.compress(content, 0)]
    picture.extra["Filter"] = pydyf.Array(["/FlateDecode", picture.extra["Filter"]])
    if "DecodeParms" in picture.extra:
        picture.extra["DecodeParms"] = pydyf.Array(["null", picture.extra["DecodeParms"]])
