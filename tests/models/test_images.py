import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageCms

from briefs.models.images import MAX_SIDE, normalise_image


def picture(kind: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, "teal").save(buffer, kind, **options)
    return buffer.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + checksum


def png_with(extra: bytes) -> bytes:
    plain = picture("PNG")
    return plain[:33] + extra + plain[33:]


def normalised(data: bytes) -> Image.Image:
    return Image.open(BytesIO(normalise_image(ContentFile(data, "x")).read()))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_named_by_its_content_and_says_nothing_else(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    stored = normalise_image(ContentFile(picture(kind, exif=exif), "holiday.png"))
    content = stored.read()
    assert b"secret" not in content
    assert len(stored.name or "") == 68
    assert normalise_image(ContentFile(picture(kind, exif=exif), "x")).name == stored.name


def red_with(profile: bytes, kind: str, mode: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGBA", (40, 30), "red").convert(mode).save(buffer, kind, icc_profile=profile)
    return buffer.getvalue()


KINDS_AND_MODES = [
    *(("PNG", mode) for mode in ("RGB", "RGBA", "P", "L", "LA")),
    *(("JPEG", mode) for mode in ("RGB", "L", "CMYK")),
    *(("WEBP", mode) for mode in ("RGB", "RGBA")),
]
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize(("kind", "mode"), KINDS_AND_MODES)
@pytest.mark.parametrize("profile", [b"SECRET-PLACE" * 20, SRGB.replace(b"sRGB", b"ours")])
def test_the_uploaders_colour_profile_is_dropped(profile: bytes, kind: str, mode: str) -> None:
    picture = normalised(red_with(profile, kind, mode))
    assert "icc_profile" not in picture.info
    assert picture.mode in ("RGB", "RGBA")
    if mode not in ("L", "LA"):
        red, green, blue = picture.convert("RGB").getpixel((20, 15))
        assert red > 240
        assert max(green, blue) < 15


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "RGB")]
)
def test_colours_are_shown_as_the_dropped_profile_meant_them(kind: str, mode: str) -> None:
    swapped = SRGB.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    red, green, _blue = normalised(red_with(swapped, kind, mode)).convert("RGB").getpixel((20, 15))
    assert green > 240
    assert red < 15


def test_a_large_picture_is_made_smaller() -> None:
    assert max(normalised(picture("JPEG", (5000, 100))).size) == MAX_SIDE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg/>",
        picture("GIF"),
        picture("BMP"),
        picture("PNG")[:60],
        png_with(chunk(b"zTXt", b"bomb\0\0" + zlib.compress(b"0" * 80_000_000))),
        png_with(chunk(b"iCCP", b"p\0\0" + zlib.compress(b"0" * 80_000_000))),
        picture("JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 40),
    ],
    ids=["empty", "svg", "gif", "bmp", "cut", "text bomb", "profile bomb", "broken exif"],
)
@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_what_is_no_sound_picture_is_refused_or_mended_but_never_an_error(data: bytes) -> None:
    try:
        normalised(data)
    except ValidationError as refusal:
        assert "picture" in refusal.message


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_too_many_pixels_are_refused_before_they_are_decoded() -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    with pytest.raises(ValidationError):
        normalise_image(ContentFile(data, "x"))
    with pytest.raises(ValidationError, match="40 million"):
        normalise_image(ContentFile(picture("PNG", (7000, 6000)), "x"))


@pytest.mark.parametrize("data", [picture("GIF"), picture("BMP"), b"<svg/>"])
def test_other_kinds_of_pictures_are_refused(data: bytes) -> None:
    with pytest.raises(ValidationError, match="JPEG, PNG or WebP"):
        normalise_image(ContentFile(data, "x"))


def test_a_file_that_is_too_large_is_refused_unread(settings: object) -> None:
    settings.IMAGE_MAX_BYTES = 1024**2  # type: ignore[attr-defined]
    with pytest.raises(ValidationError, match="larger than 1 MB"):
        normalise_image(ContentFile(b"x" * (1024**2 + 1), "x"))
