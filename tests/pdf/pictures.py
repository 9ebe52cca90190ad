import io

from PIL import Image, ImageDraw


def picture(width: int = 60, height: int = 40) -> bytes:
    """A PNG file."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#789").save(file, "PNG")
    return file.getvalue()


def chart(width: int, height: int, *, kind: str = "JPEG", see_through: bool = False) -> bytes:
    """Columns that grow, as a file."""
    ground = (0, 0, 0, 0) if see_through else "#eef1f2"
    drawn = Image.new("RGBA" if see_through else "RGB", (width, height), ground)
    pen, step = ImageDraw.Draw(drawn), width // 12
    for place in range(11):
        top = height - (place + 1) * height // 12
        pen.rectangle((place * step + step // 2, top, (place + 1) * step, height), fill="#1f4e5f")
    file = io.BytesIO()
    drawn.save(file, kind)
    return file.getvalue()
