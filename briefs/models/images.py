"""Images are stored by their content: re-encoded without metadata, named by their SHA-256."""

import hashlib
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MAX_PIXELS = 40_000_000
MAX_SIDE = 2400
FORMATS = ("JPEG", "PNG", "WEBP")
KINDS = {"jpg": "JPEG", "png": "PNG"}
WIDTHS = (640, 1280)  # pixels: of the smaller ones that lie beside each picture of a text
SRGB = ImageCms.createProfile("sRGB")
# What Pillow raises for files that are broken, hostile or no pictures.
BROKEN = (
    UnidentifiedImageError,
    OSError,
    Image.DecompressionBombError,
    ArithmeticError,
    EOFError,
    LookupError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def normalise_image(upload: "File[bytes]") -> "ContentFile[bytes]":
    """The image upright, at most 2,400 pixels wide or high, as PNG or JPEG without metadata, named
    by its SHA-256. Raises ValidationError with a sentence for anything that is no such picture."""
    if upload.size > settings.IMAGE_MAX_BYTES:
        limit = settings.IMAGE_MAX_BYTES // 1024**2
        raise ValidationError(f"The picture is larger than {limit} MB.")
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError("The picture has more than 40 million pixels.")
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((MAX_SIDE, MAX_SIDE))
            return _encode(upright, drawn=picture.format == "PNG")
    except BROKEN as error:
        raise ValidationError("This is not a picture in JPEG, PNG or WebP.") from error


def _encode(picture: Image.Image, *, drawn: bool) -> "ContentFile[bytes]":
    """`drawn`: maybe a chart, which is smaller as PNG, and stays sharp."""
    transparent = picture.mode in {"RGBA", "LA", "P", "PA"}
    plain = _in_srgb(picture, "RGBA" if transparent else "RGB")
    kinds = ["png"] if transparent else ["jpg", "png"] if drawn else ["jpg"]
    encoded = {suffix: _bytes(plain, suffix) for suffix in kinds}
    suffix = min(kinds, key=lambda suffix: len(encoded[suffix]))
    content = encoded[suffix]
    return ContentFile(content, name=f"{hashlib.sha256(content).hexdigest()}.{suffix}")


def _bytes(picture: Image.Image, suffix: str) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, KINDS[suffix], quality=88, optimize=True, icc_profile=None)
    return buffer.getvalue()


def _in_srgb(picture: Image.Image, mode: str) -> Image.Image:
    """Its colours as every screen takes them without a profile: a profile is the uploader's, and
    may name their device or themselves. One that cannot be read is disregarded."""
    profile = picture.info.get("icc_profile")
    if not profile:
        return picture.convert(mode)
    known = picture if picture.mode in {"L", "RGB", "RGBA", "CMYK"} else picture.convert(mode)
    try:
        converted = ImageCms.profileToProfile(known, BytesIO(profile), SRGB, outputMode=mode)
    except ImageCms.PyCMSError:
        converted = None
    return converted or picture.convert(mode)


def renditions(address: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The smaller ones of a normalised picture, each with its address; always the same bytes with
    the same Pillow."""
    with Image.open(BytesIO(content), formats=FORMATS) as picture:
        for width in widths_below(picture.width):
            height = max(1, round(picture.height * width / picture.width))
            smaller = picture.resize((width, height), Image.Resampling.LANCZOS)
            yield rendition(address, width), _bytes(smaller, address.rpartition(".")[2])


def dimensions(content: bytes) -> tuple[int, int]:
    """Pixels of a normalised picture."""
    with Image.open(BytesIO(content), formats=FORMATS) as picture:
        return picture.size


def widths_below(width: int) -> list[int]:
    """Of the renditions that a picture of `width` pixels has."""
    return [smaller for smaller in WIDTHS if smaller < width]


def rendition(address: str, width: int) -> str:
    """The address of the smaller one. It says of what, so that whoever may see the picture may see
    this one, and an edition names the picture alone."""
    stem, _, suffix = address.rpartition(".")
    return f"{stem}-{width}.{suffix}"


def image_address(_row: object, filename: str) -> str:
    return f"images/{filename[:2]}/{filename}"
