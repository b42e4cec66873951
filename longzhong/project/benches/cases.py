"""`longzhong bench cases [--json] [--cases N] [--copies N]`: what a case costs, with ten thousand of them and with a million.

In a scratch database: a county of 20,000 customers is built, N cases are made through the services (take the call, open the case,
hand it on), asked about through the pages, multiplied by COPY, and asked about again. For each request: SQL statements, CPU of the
web process, the 95th percentile of its wall time; `ratio_large_over_small` compares the medians of wall time, database included,
within one run. Copies lie in the past, three days each, and nineteen of twenty of them are closed, as in a county's archive.
"""

from longzhong.project.benches.scratch import run_inside


def main(argv: list[str]) -> int:
    """Run the benchmark in a scratch database of its own."""
    return run_inside("longzhong.project.benches.costs:main", argv)
