"""Who looks after a place: the grid manager's card (S1-07). The phone only where the company makes it public."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from longzhong.kit import vault
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org
from longzhong.surfaces.portal.selectors.limits import PORTAL, limits_on
from longzhong.surfaces.portal.selectors.places import PlaceCard


@dataclass(frozen=True)
class ManagerCard:
    """`phone`: the work phone, or the hotline that puts the call through (`direct` False)."""

    name: str
    grid: str
    station: str
    phone: str
    direct: bool
    supervision: str


def manager_cards(place: PlaceCard, day: date) -> list[ManagerCard]:
    """The managers of the cells in which a place lies, their stand-ins while they are away; seven queries at most."""
    limits = limits_on(day)
    rows = network.visible_to(PORTAL).filter(pk__in=place.areas).exclude(grid=None).order_by("code")
    cells = dict.fromkeys(rows.values_list("grid_id", flat=True))
    managers = org.managers_of([cell for cell in cells if cell], day)
    names, grids = org.staff_names(set(managers.values())), org.grid_names(list(managers))
    homes = org.units_of_grids(list(managers), day)
    stations = org.unit_names(set(homes.values()))
    phones = _phones(set(managers.values())) if limits.manager_phone else {}
    return [
        ManagerCard(
            names.get(staff, ""), grids.get(cell, ""), stations.get(homes.get(cell, 0), ""),
            phones.get(staff) or limits.hotline, bool(phones.get(staff)), limits.supervision,
        )
        for cell, staff in managers.items()
    ]  # fmt: skip


def _phones(staff_ids: Collection[int]) -> dict[int, str]:
    rows = org.visible_staff(PORTAL).filter(pk__in=staff_ids).values_list("pk", "phone")
    return {staff: vault.unseal(sealed) for staff, sealed in rows if sealed}
