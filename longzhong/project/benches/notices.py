"""`longzhong bench notices [--json] [--accounts N] [--rate R]`: a notice to 100,000 accounts, its workers killed meanwhile."""

from longzhong.project.benches.scratch import run_inside


def main(argv: list[str]) -> int:
    """Run the benchmark in a scratch database of its own."""
    return run_inside("longzhong.dispatch.notifications.management.bench:main", argv)
