"""Look into an uploaded file: what it really is (by its bytes, never by its name), where a photo claims to be taken.

The served copy is re-encoded without EXIF (position, serial numbers, thumbnails), turned upright, at most 1920 px.
"""

import io
import warnings
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from longzhong.kit.errors import Refused
from longzhong.register.org.rules.hours import CST

MAX_BYTES = 12 * 2**20
MAX_PIXELS = 80_000_000
SERVED_PX = 1920
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
RECORDINGS = (
    (0, b"#!AMR", "audio/amr"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (8, b"WAVE", "audio/wav"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp3gp", "audio/3gpp"),
    (4, b"ftypmp42", "video/mp4"),
    (4, b"ftypisom", "video/mp4"),
)
"""Sound and video (录音录像) by the bytes at a place; kept and served as they are, to be saved, never played in the page."""
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")


@dataclass(frozen=True)
class Look:
    """What a file is, and the bytes to serve."""

    mime: str
    served: bytes
    width: int | None = None
    height: int | None = None
    lat: float | None = None
    lon: float | None = None
    taken_at: datetime | None = None


def look(content: bytes, *, recordings: bool = True) -> Look:
    """Recognise JPEG, PNG, WebP, PDF and (unless only pictures are wanted) recordings; refuse all else, and what is too large."""
    if len(content) > MAX_BYTES:
        raise Refused("file_too_large", _("文件超过 12 MB，没有保存；请压缩后重传。"), size=len(content))
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise Refused("photo_heic", _("HEIC 照片无法显示，没有保存；请在手机相机设置里选“兼容性最佳”（JPEG）后重拍。"))
    if content[:5] == b"%PDF-":
        return Look("application/pdf", content)
    if recordings and (mime := _recording(content)) is not None:
        return Look(mime, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _photo(content)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused(
            "file_unreadable", _("文件不是完好的照片（JPEG、PNG、WebP）、PDF 或录音录像，没有保存；请重拍或另选。")
        ) from error


def _recording(content: bytes) -> str | None:
    """The kind of a recording; a bare MP3 begins with a frame's eleven set bits."""
    if content[:1] == b"\xff" and len(content) > 1 and content[1] & 0xE0 == 0xE0:
        return "audio/mpeg"
    return next((mime for start, mark, mime in RECORDINGS if content[start : start + len(mark)] == mark), None)


def _photo(content: bytes) -> Look:
    image: Image.Image = Image.open(io.BytesIO(content), formats=tuple(FORMATS))
    form = str(image.format)
    if image.width * image.height > MAX_PIXELS:
        raise Refused("photo_too_large", _("照片像素过大，没有保存；请压缩后重传。"), pixels=image.width * image.height)
    lat, lon, taken_at = _claims(image)
    width, height = image.size
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((SERVED_PX, SERVED_PX))
    out = io.BytesIO()
    if form == "JPEG":
        upright = upright.convert("RGB")
    clean = Image.new(upright.mode, upright.size)  # a new image carries no metadata over
    clean.paste(upright)
    clean.save(out, form, quality=85)
    return Look(FORMATS[form], out.getvalue(), width, height, lat, lon, taken_at)


def _claims(image: Image.Image) -> tuple[float | None, float | None, datetime | None]:
    """Position and time as the file claims; a broken EXIF block claims nothing."""
    try:
        exif = image.getexif()
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        taken = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
        lat, lon = _degrees(gps, 2, 1, "S"), _degrees(gps, 4, 3, "W")
    except (ValueError, TypeError, KeyError, OSError, SyntaxError, ZeroDivisionError):
        return None, None, None
    if lat is None or lon is None or not (abs(lat) <= 90 and abs(lon) <= 180):
        lat = lon = None
    return lat, lon, _moment(taken)


def _degrees(gps: dict[int, Any], tag: int, ref: int, negative: str) -> float | None:
    if tag not in gps:
        return None
    degrees, minutes, seconds = (float(part) for part in gps[tag])
    value = round(degrees + minutes / 60 + seconds / 3600, 6)
    return -value if gps.get(ref) == negative else value


def _moment(text: Any) -> datetime | None:
    try:
        return datetime.strptime(str(text), "%Y:%m:%d %H:%M:%S").replace(tzinfo=CST)
    except ValueError:
        return None
