"""The benchmark's own claim: pandas, Polars and DuckDB find what the kernel finds. Figures are the benchmark's business."""

import json

from longzhong.sensing.curves.management.bench import main


def test_findings_are_identical(capsys):
    assert main(["--json", "--rows", "1500"]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["identical"] is True
    assert {"findings_over_decode", "pandas_over_findings", "curves_per_s"} <= set(figures)
