"""Pictures of papers that nobody signed (回执、材料): a blank ruled sheet, so that demo evidence is seen to be a demo's."""

import io
from functools import cache

from PIL import Image, ImageDraw

SIZE, MARGIN, RULE = (420, 594), 36, 28


@cache
def sheet(lines: int = 12) -> bytes:
    """A JPEG of a ruled sheet; the same bytes for the same number of lines."""
    page = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(page)
    pen.rectangle((MARGIN, MARGIN, SIZE[0] - MARGIN, MARGIN + RULE), fill="#d8e4e0")
    for n in range(1, lines + 1):
        y = MARGIN + RULE * (n + 1)
        pen.line((MARGIN, y, SIZE[0] - MARGIN, y), fill="#9aa5a1", width=1)
    held = io.BytesIO()
    page.save(held, "JPEG", quality=70)
    return held.getvalue()
