"""What a file is, by its content and never by its name: container, encoding, delimiter."""

import csv
import gzip
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Protocol

from charset_normalizer import from_bytes

from longzhong.surfaces.exchange.engines import Source
from longzhong.surfaces.exchange.rules.reasons import BadFile

SAMPLE = 1 << 20
LARGEST_UNPACKED = 4 << 30
BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class BinaryReader(Protocol):
    def read(self, size: int, /) -> bytes: ...


DELIMITERS = ",\t;|^"
WORKBOOKS = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x7fELF",
    b"SQLite format 3",
    b"{\\rtf",
)


def sniff(path: Path, folder: Path) -> Source:
    """Recognise a file; a ZIP with one table in it is unpacked into `folder`."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    if not sample.strip(b"\x00\r\n\t "):
        raise BadFile("empty_file")
    if sample[:4] == b"PAR1":
        return Source(path, "parquet", sheets=("",))
    if sample[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return Source(path, "book")
    if sample[:2] == b"PK":
        return _zip(path, folder)
    if sample[:2] == b"\x1f\x8b":
        return _gzip(path, folder)
    if sample.startswith(_BINARY):
        raise BadFile("unknown_format")
    return _text(path, sample)


def encoding_of(sample: bytes) -> str:
    """The encoding that reads a sample: BOM, UTF-16 by its zeros, UTF-8, GB18030 if it looks Chinese, else the best guess."""
    for bom, name in BOMS:
        if sample.startswith(bom):
            return name
    if zeros := _utf16_by_zeros(sample):
        return zeros
    lines = [line for line in sample.split(b"\n")[:20_000] if not line.isascii()]
    if len(sample) >= SAMPLE and len(lines) > 1:
        lines.pop()  # cut off in the middle
    if not lines:
        return "utf-8"
    if sum(_decodes(line, "utf-8") for line in lines) * 2 >= len(lines):
        return "utf-8"
    if sum(_looks_chinese(line) for line in lines) * 2 >= len(lines):
        return "gb18030"
    best = from_bytes(b"\n".join(lines[:2000])).best()
    return best.encoding if best else "gb18030"


def delimiter_of(lines: list[str]) -> str:
    """The delimiter that cuts most lines into the same number (> 1) of cells."""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0].strip()[4]

    def score(delimiter: str) -> tuple[float, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
        width, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1] * item[0]), default=(1, 0))
        return (times * (width - 1), -DELIMITERS.index(delimiter))

    best = max(DELIMITERS, key=score)
    return best if score(best)[0] else ","


def _text(path: Path, sample: bytes) -> Source:
    encoding = encoding_of(sample)
    if encoding.startswith(("utf-8", "gb")) and sample.count(b"\x00") > len(sample) // 100:
        raise BadFile("unknown_format")
    decoded = sample.decode(encoding, "replace")
    opening = decoded[:4000].lstrip("\ufeff \r\n\t").lower()
    if opening.startswith(("<html", "<!doctype html", "<table", "<meta")) and "<t" in decoded.lower():
        return Source(path, "page", encoding, sheets=("",))
    if opening.startswith(("<?xml", "<workbook")):
        raise BadFile("unknown_format")
    lines = [line for line in decoded.splitlines()[:200] if line.strip()]
    return Source(path, "text", encoding, delimiter_of(lines), ("",))


def _zip(path: Path, folder: Path) -> Source:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            size = sum(one.file_size for one in members)
            if size > LARGEST_UNPACKED:
                raise BadFile("too_large", detail=f"{size >> 20} MB")
            names = {one.filename for one in members}
            if names & WORKBOOKS:
                return Source(path, "book")
            tables = [one for one in members if not _is_litter(Path(one.filename))]
            if len(tables) != 1:
                raise BadFile("unknown_format")
            inner = folder / "unpacked"
            with archive.open(tables[0]) as packed:
                _unpack(packed, inner, tables[0].file_size)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise BadFile("password" if "password" in str(error) else "broken_file", detail=str(error)[:80]) from error
    return _unpacked(inner)


def _gzip(path: Path, folder: Path) -> Source:
    inner = folder / "unpacked"
    try:
        with gzip.open(path) as packed:
            _unpack(packed, inner, LARGEST_UNPACKED)
    except (EOFError, OSError, zlib.error) as error:
        raise BadFile("broken_file", detail=str(error)[:80]) from error
    return _unpacked(inner)


def _unpacked(inner: Path) -> Source:
    """What was packed may be a workbook, but not another package."""
    with inner.open("rb") as file:
        mark = file.read(4)
    if mark[:2] == b"\x1f\x8b" or (mark[:2] == b"PK" and not _is_workbook(inner)):
        raise BadFile("unknown_format")
    return sniff(inner, inner.parent)


def _is_workbook(path: Path) -> bool:
    return zipfile.is_zipfile(path) and bool(set(zipfile.ZipFile(path).namelist()) & WORKBOOKS)


def _is_litter(name: Path) -> bool:
    """What operating systems leave in archives."""
    return name.name.startswith(".") or name.parts[0] == "__MACOSX" or name.name == "Thumbs.db"


def _unpack(packed: BinaryReader, target: Path, most: int) -> None:
    """Unpack with the declared size as the limit (a ZIP may lie about it)."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as plain:
        while block := packed.read(SAMPLE):
            plain.write(block)
            if plain.tell() > most:
                raise BadFile("too_large", detail=f"> {most >> 20} MB")


def _utf16_by_zeros(sample: bytes) -> str:
    """UTF-16 without a mark: nearly every other byte of its digits and commas is zero."""
    head = sample[:4000]
    if len(head) < 8:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.05 else ""


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _looks_chinese(line: bytes) -> bool:
    """Whether the non-ASCII bytes are mostly pairs of the common set (GB2312: both bytes ≥ 0xA1)."""
    try:
        decoded = line.decode("gb18030")
    except UnicodeDecodeError:
        decoded = line.decode("gb18030", "ignore")
    wide = [char for char in decoded if ord(char) > 127]
    common = sum(len(pair) == 2 and pair[0] >= 0xA1 and pair[1] >= 0xA1 for pair in (_gbk(char) for char in wide))
    return bool(wide) and common * 10 >= len(wide) * 7


def _gbk(char: str) -> bytes:
    return char.encode("gb18030", "replace")
