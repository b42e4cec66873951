"""Both ledgers (两本账, S0-02, REFERENCE §1.7): complaints as first decided, and after appeal.

Counted are complaints by the day they were accepted: 属实投诉率 = 属实 ÷ 投诉总数. `raw` are the verdicts as first given, `final`
as they stand after appeal; a verdict counts in a ledger from the moment it was given (a correction from that of the appeal), so
the ledger of any past day can be asked again. What isn't decided counts in the total and is shown apart.
"""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Tally:
    """Governed matters of some key: all, decided, upheld (属实、部分属实) in either ledger, corrected by appeal."""

    total: int = 0
    decided: int = 0
    raw: int = 0
    final: int = 0
    corrected: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def open(self) -> int:
        """Not decided: still under way, or withdrawn."""
        return self.total - self.decided

    @property
    def raw_rate(self) -> float | None:
        """属实投诉率 before appeal, 0..1."""
        return self.raw / self.total if self.total else None

    @property
    def final_rate(self) -> float | None:
        """属实投诉率 after appeal, 0..1."""
        return self.final / self.total if self.total else None


def change(now: float, before: float) -> float | None:
    """同比/环比, as a share: 19 after 48 is −0.6042; None where there was nothing before."""
    return None if before == 0 else (now - before) / before


def points(now: float | None, before: float | None) -> float | None:
    """The change of a share in percentage points (68.42 % → 39.21 % is −29.21)."""
    return None if now is None or before is None else (now - before) * 100
