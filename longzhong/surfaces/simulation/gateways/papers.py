"""Pictures of papers that nobody signed (回执、材料): a blank ruled sheet, so that demo evidence is seen to be a demo's."""

import io
from functools import cache

from PIL import ExifTags, Image, ImageDraw

SIZE, MARGIN, RULE = (420, 594), 36, 28


@cache
def sheet(lines: int = 12, lat: float | None = None, lon: float | None = None) -> bytes:
    """A JPEG of a ruled sheet, with the degrees where it was taken if they are given; the same bytes for the same words."""
    page = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(page)
    pen.rectangle((MARGIN, MARGIN, SIZE[0] - MARGIN, MARGIN + RULE), fill="#d8e4e0")
    for n in range(1, lines + 1):
        y = MARGIN + RULE * (n + 1)
        pen.line((MARGIN, y, SIZE[0] - MARGIN, y), fill="#9aa5a1", width=1)
    held = io.BytesIO()
    page.save(held, "JPEG", quality=70, exif=_place(lat, lon))
    return held.getvalue()


def _place(lat: float | None, lon: float | None) -> Image.Exif:
    """The position as phones write it (EXIF GPSInfo: north and east, degrees, minutes, seconds)."""
    exif = Image.Exif()
    if lat is not None and lon is not None:
        exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: _dms(lat), 3: "E", 4: _dms(lon)}
    return exif


def _dms(value: float) -> tuple[float, float, float]:
    minutes = (value % 1) * 60
    return float(int(value)), float(int(minutes)), round((minutes % 1) * 60, 4)
