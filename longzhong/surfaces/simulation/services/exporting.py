"""The last night once more as the collection system exports it: wide form, GBK, Chinese headers, dropped into the inbox.

One station's meters, late ones included, so that the importer of a demo county has real work and finds most of it unchanged.
"""

from longzhong.surfaces.simulation.gateways import inbox
from longzhong.surfaces.simulation.rules.tables import export_of
from longzhong.surfaces.simulation.selectors.county import seed_row
from longzhong.surfaces.simulation.selectors.worlds import readings_of, world_of


def drop_export(*, station: int = 0) -> str | None:
    """Write the last night's export of one station into the inbox; returns the file's name, None before the first night."""
    row = seed_row()
    if row.run_to is None:
        return None
    world = world_of(row)
    name = f"采集系统曲线导出_{world.county.stations[station].name}_{row.run_to:%Y%m%d}.csv"
    inbox.drop(name, export_of(world.county, readings_of(world, row.run_to), station))
    return name
