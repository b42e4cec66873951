"""The benchmark's own claim: importing twice changes nothing, and pandas reads the same values. Figures are its own business."""

import json

import pytest

from longzhong.surfaces.exchange.management.bench import main


def test_the_import_is_whole_and_the_same_twice(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", "--rows", "400"]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["identical"] is True
    assert (figures["rows"], figures["kept"]) == (400, 400)
    assert {"rows_per_s", "parse_over_pyarrow", "pandas_over_parse"} <= set(figures)
