"""`longzhong check journal`: prove the journal's chain; broken entries are named."""

import sys

from longzhong.kit import journal


def main(_argv: list[str]) -> int:
    """0 when every entry follows from its content and its predecessor, else 1."""
    broken = list(journal.broken_entries())
    sys.stdout.write(f"journal: {f'broken at entries {broken[:20]}' if broken else 'whole'}\n")
    return 1 if broken else 0
