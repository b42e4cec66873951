"""Where an area lies today, for apps that route a matter to it; no actor asks."""

from dataclasses import dataclass

from longzhong.register.network.models import Area


@dataclass(frozen=True)
class AreaHome:
    """An area's station, cell and site class (现场分类)."""

    id: int
    name: str
    site: str
    unit_id: int | None
    grid_id: int | None


def home_of(area_id: int) -> AreaHome | None:
    row = Area.objects.filter(pk=area_id).first()
    return AreaHome(row.pk, row.name, row.site, row.unit_id, row.grid_id) if row else None
