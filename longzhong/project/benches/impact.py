"""`longzhong bench impact [--json] [--accounts N]`: what stands behind a feeder of 20,000 accounts, in a large city.

In a scratch database: N accounts (two million) on feeders of 20,000 each, forty sections and a hundred areas a feeder; the accounts
of an area lie scattered over the table, as after years of imports. One in a hundred is a priority customer. Each feeder is asked
for by `outages.selectors.impact` after other feeders have warmed up; `ms` is the median, each answer compared with what was put in.
"""

from longzhong.project.benches.scratch import run_inside


def main(argv: list[str]) -> int:
    """Run the benchmark in a scratch database of its own."""
    return run_inside("longzhong.project.benches.impacts:main", argv)
