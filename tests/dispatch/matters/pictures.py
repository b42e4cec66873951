"""Photos as phones make them."""

import io

from PIL import ExifTags, Image


def jpeg(
    *, lat: float | None = None, lon: float | None = None, size: tuple[int, int] = (64, 48), form: str = "JPEG"
) -> bytes:
    """A small photo, with a position in its EXIF block if one is given."""
    image = Image.new("RGB", size, (30, 120, 110))
    exif = Image.Exif()
    if lat is not None and lon is not None:
        exif[ExifTags.IFD.GPSInfo] = {
            1: "N" if lat >= 0 else "S",
            2: _dms(lat),
            3: "E" if lon >= 0 else "W",
            4: _dms(lon),
        }
        exif[ExifTags.IFD.Exif] = {ExifTags.Base.DateTimeOriginal.value: "2026:03:02 09:10:11"}
        exif[ExifTags.Base.Make.value] = "SecretPhone"
    out = io.BytesIO()
    image.save(out, form, exif=exif)
    return out.getvalue()


def _dms(value: float) -> tuple[float, float, float]:
    value = abs(value)
    minutes = (value % 1) * 60
    return float(int(value)), float(int(minutes)), round((minutes % 1) * 60, 4)
