"""`longzhong import`: counts on the screen, one JSON object on the last line, the refused rows as a workbook."""

import json
from pathlib import Path

import pytest

from longzhong.kit import clock
from longzhong.surfaces.exchange.management.importing import main
from tests.surfaces.exchange import make

pytestmark = pytest.mark.django_db


def test_a_table_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make.county()
    path = make.save(tmp_path / "m.csv", make.csv([["表号", "台区编号"], ["N1", "T1"], ["N2", "T9"]]))
    with clock.frozen(make.NOW):
        assert main(["meters", str(path), "--dry-run", "--json"]) == 0
        told = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert (told["read"], told["kept"], told["refused"], told["state"]) == (2, 1, 1, "ready")
        assert main(["meters", str(path), "--json", "--refused", str(tmp_path / "r.xlsx")]) == 0
        told = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert (told["read"], told["new"], told["reasons"]) == (2, 1, {"area_unknown": 1})
        assert (tmp_path / "r.xlsx").exists()
        assert main(["meters", str(path)]) == 0
        assert "未变 1，拒收 1" in capsys.readouterr().out


def test_a_file_refused_as_a_whole_ends_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = make.save(tmp_path / "x.csv", "甲,乙\n1,2\n")
    assert main(["accounts", str(path)]) == 1
    assert "户号" in capsys.readouterr().out
    assert main(["accounts", str(path), "--sheet", "没有"]) == 1
    assert main(["accounts", str(tmp_path / "none.csv")]) == 2
