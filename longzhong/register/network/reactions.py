"""What the network does when the organisation changes."""

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.events import on
from longzhong.register.network import services
from longzhong.register.org.events import GridsMoved


@on(GridsMoved)
def follow_grids(fact: GridsMoved) -> None:
    """Areas show the station that their cell has today; a move planned for later comes with its day."""
    services.settle_areas(by=Actor.machine("network.follow_grids"), at=clock.now(), grid_ids=fact.grid_ids)
