import io

from PIL import Image


def picture(width: int = 60, height: int = 40) -> bytes:
    """A PNG file."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#789").save(file, "PNG")
    return file.getvalue()
