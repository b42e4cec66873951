"""The profile of a service area (营业区画像, S0-04, F): its size, its people, its customers; and figures made comparable.

The seed's unit: 1,100 km², about 500,000 people, about 205,000 customers; its 52 complaints of 2017 are 2.54 for every
10,000 customers, the 19 upheld ones 0.93.
"""

from dataclasses import dataclass

TEN_THOUSAND = 10_000


@dataclass(frozen=True)
class Profile:
    """Declared figures of a unit and all below it on a day."""

    area_km2: float
    population: int
    customers: int

    def per_10k(self, count: float) -> float | None:
        """A count for every 10,000 customers (万户); None where no customers are declared."""
        return count * TEN_THOUSAND / self.customers if self.customers else None

    @property
    def customers_per_km2(self) -> float | None:
        return self.customers / self.area_km2 if self.area_km2 else None
