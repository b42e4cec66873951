"""What is printed, as plain values: whoever prints knows nothing of the database."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Paper:
    """One sheet on A4. `curves` are up to two lines of 96 kW (name, values with None for gaps); texts are ready for print."""

    number: str
    unit: str
    party: str
    place: str
    period: str
    meters: str
    by: str
    at: str
    headline: str
    figures: tuple[tuple[str, str, str], ...]
    curves: tuple[tuple[str, tuple[float | None, ...]], ...]
    base_kw: float | None
    days: tuple[tuple[str, float | None], ...]
    lines: tuple[tuple[str, str, str, str, str], ...]
    total: str
    verdict: str
    neighbours: str
    advert: tuple[tuple[str, str, str, str], ...] = ()
    advert_words: str = ""
    customer: str = ""
    notes: tuple[str, ...] = field(default=())
