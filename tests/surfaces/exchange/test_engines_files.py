"""Files by their content: encodings, delimiters, quotes, containers; every line comes out, readable or not."""

import gzip
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from longzhong.surfaces.exchange.engines import BadLine, tables
from longzhong.surfaces.exchange.engines.refusals import Refusal, write_workbook
from longzhong.surfaces.exchange.engines.sniff import encoding_of
from longzhong.surfaces.exchange.rules.reasons import BadFile
from tests.surfaces.exchange import make

TEXT = "户号,户名\r\n0042,张飞\r\n0043,关羽\r\n"


def read(path: Path, tmp_path: Path, sheet: str | None = None) -> list[object]:
    source = tables.open_table(path, tmp_path / "unpack")
    rows = tables.rows(source, source.sheets[0] if sheet is None else sheet)
    return [row.code if isinstance(row, BadLine) else [cell or None for cell in row] for _, row in rows]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_one_table_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    path = make.save(tmp_path / "名单.txt", TEXT * 20, encoding)
    rows = read(path, tmp_path)
    assert rows[:2] == [["户号", "户名"], ["0042", "张飞"]] and len(rows) == 60


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_any_delimiter(delimiter: str, tmp_path: Path) -> None:
    path = make.save(tmp_path / "x.csv", make.csv([["户号", "户名"], ["1", "a"], ["2", "b"]], delimiter))
    assert read(path, tmp_path) == [["户号", "户名"], ["1", "a"], ["2", "b"]]


def test_a_byte_that_does_not_decode_costs_its_line_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes("户号,户名\n1,张飞\n".encode() + b"2,\xff\xfe\x81\n" + "3,关羽\n".encode() * 5)
    assert read(path, tmp_path)[2] == "undecodable"
    assert read(path, tmp_path)[3] == ["3", "关羽"]
    path.write_bytes("户号,户名\n1,张飞\n".encode("gbk") + b"2,\xff\xff\n" + "3,关羽\n".encode("gbk") * 5)
    assert read(path, tmp_path)[2:4] == ["undecodable", ["3", "关羽"]]


def test_quoted_line_breaks_are_kept_and_an_open_quote_costs_one_line(tmp_path: Path) -> None:
    path = make.save(tmp_path / "q.csv", 'a,b\n1,"x\ny"\n2,"open\n3,z\n4,"5"" pipe"\n')
    assert read(path, tmp_path) == [["a", "b"], ["1", "x\ny"], "unclosed_quote", ["3", "z"], ["4", '5" pipe']]


def test_line_ends_of_old_systems_and_a_declared_delimiter(tmp_path: Path) -> None:
    assert read(make.save(tmp_path / "cr.csv", "a,b\r1,2\r3,4\r"), tmp_path)[2] == ["3", "4"]
    assert read(make.save(tmp_path / "sep.csv", "sep=;\na;b\n1;2,5\n"), tmp_path) == [["a", "b"], ["1", "2,5"]]


@pytest.mark.parametrize("wrap", ["zip", "gzip"])
def test_a_packed_table_is_unpacked(wrap: str, tmp_path: Path) -> None:
    path = tmp_path / "夜间.zip"
    if wrap == "gzip":
        path.write_bytes(gzip.compress(TEXT.encode("gbk")))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("导出/曲线.csv", TEXT.encode("gbk"))
            archive.writestr("__MACOSX/._x", b"x")
    assert read(path, tmp_path)[1] == ["0042", "张飞"]


def test_a_web_page_called_xls(tmp_path: Path) -> None:
    page = (
        "<html><table><tr><th colspan=2>台账</th></tr><tr><td>户号</td><td>户名</td></tr><tr><td>1<td>张&amp;飞</table>"
    )
    assert read(make.save(tmp_path / "export.xls", page), tmp_path)[1:] == [["户号", "户名"], ["1", "张&飞"]]


def test_parquet_and_a_sprawling_workbook(tmp_path: Path) -> None:
    pq.write_table(pa.table({"户号": ["1"], "容量": [315.0]}), tmp_path / "t.parquet")
    assert read(tmp_path / "t.parquet", tmp_path) == [["户号", "容量"], ["1", 315.0]]
    rows: list[list[object]] = [["户号"], ["1"]]
    path = make.workbook(tmp_path / "wide.xlsx", {"S": rows})
    book = __import__("openpyxl").load_workbook(path)
    book["S"]["XFC90000"] = "stray"
    book.save(path)
    source = tables.open_table(path, tmp_path)
    assert source.sparse
    assert [number for number, _ in tables.rows(source, "S")] == [1, 2, 90000]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n\x00", "empty_file"),
        (b"%PDF-1.7 ...", "unknown_format"),
        (b"PK\x03\x04 cut off", "broken_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off", "broken_file"),
        (b"PAR1 cut off", "broken_file"),
        (b"<?xml version='1.0'?><Workbook/>", "unknown_format"),
        (b"\x1f\x8b cut off", "broken_file"),
    ],
)
def test_what_is_no_table_is_refused_by_name(content: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(BadFile) as bad:
        read(tmp_path / "x", tmp_path)
    assert bad.value.code == code and str(bad.value)


def test_two_tables_in_one_zip_are_not_guessed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.csv", "a,b\n")
        archive.writestr("b.csv", "a,b\n")
    with pytest.raises(BadFile, match="ZIP"):
        read(tmp_path / "x.zip", tmp_path)


def test_western_text_is_not_taken_for_chinese() -> None:
    assert encoding_of("id,name\n1,café\n2,naïve\n".encode("latin-1")) != "gb18030"
    assert encoding_of("户号,户名\n".encode("gbk") * 3) == "gb18030"


def test_the_workbook_of_refusals_holds_anything(tmp_path: Path) -> None:
    rows = [Refusal(2, "缺少“户名”", ["=1+1", "\x00\x07", "长" * 40_000]), Refusal(3, "x", [])]
    write_workbook(tmp_path / "r.xlsx", ["户号", "户名"], rows, [("读入", "2")])
    sheet = __import__("openpyxl").load_workbook(tmp_path / "r.xlsx")["拒收"]
    assert [cell.value for cell in sheet[1]][:3] == ["行号", "原因", "户号"]
    assert sheet["C2"].value == "=1+1" and sheet["C2"].data_type == "s"
