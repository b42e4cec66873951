"""`longzhong bench ledgers [--json] [--complaints N]`: what the ledger and each dimension of the analysis cost.

In a scratch database: a small county lives through two years of complaints (walked through every service), and they are copied into
the past until there are N. Then the pages of all years are asked for as the quality office does. For each: SQL statements, median
wall time, and `ratio_over_count`, the median over that of a plain `select category_id, count(*)` of the same rows in the same run.
"""

from longzhong.project.benches.scratch import run_inside


def main(argv: list[str]) -> int:
    """Run the benchmark in a scratch database of its own."""
    return run_inside("longzhong.project.benches.ledger_costs:main", argv)
