"""What a grid cell corresponds to outside (网格一一对应, 三个融合): S1-02 and S0-12, F.

One power grid cell to one social grid of the government, both ways. A cell goes with one party branch; a branch may
go with several cells.
"""

from enum import StrEnum


class CounterpartKind(StrEnum):
    SOCIAL_GRID = "social_grid"
    PARTY_BRANCH = "party_branch"


COUNTERPART_NAMES: dict[CounterpartKind, str] = {
    CounterpartKind.SOCIAL_GRID: "政府社会治理网格",
    CounterpartKind.PARTY_BRANCH: "党支部",
}
