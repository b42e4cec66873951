"""Numbers by which a demo county's things are known outside (编号): 户号, 表号, 台区编号."""

from longzhong.surfaces.simulation.rules.county import County

STATION_PREFIX = "4206"


def account_code(county: County, customer: int) -> str:
    """Ten digits."""
    return f"42{county.seed % 10}{customer + 1:07d}"


def customer_meter(county: County, customer: int) -> str:
    """Twelve digits, ascending with the plan."""
    return f"31{county.seed % 100:02d}{customer + 1:08d}"


def area_meter(county: County, area: int) -> str:
    """The meter at the transformer's low-voltage side."""
    return f"M{county.areas.code[area]}"


def unit_code(station_code: str) -> str:
    return f"{STATION_PREFIX}02{station_code}"
