"""The device of a trouble that a person put together: the lowest one above all areas of its signals."""

from collections.abc import Sequence
from datetime import datetime

from longzhong.sensing.troubles.models import Signal, Trouble
from longzhong.sensing.troubles.rules import Group, Level, Topology
from longzhong.sensing.troubles.selectors.network import feeders_of, topology
from longzhong.sensing.troubles.services.writing import darken, found_of, rewrite

SURE = 0.9  # a person's word; the machine doesn't doubt it


def refound(*, troubles: Sequence[Trouble], at: datetime) -> None:  # noqa: ARG001  a service says when
    """Write level, device, areas and evidence anew from the signals that the troubles hold."""
    rows = Signal.objects.filter(member__trouble__in=[one.pk for one in troubles]).select_related("member")
    held: dict[int, list[Signal]] = {}
    for signal in rows.order_by("at", "id"):
        held.setdefault(signal.member.trouble_id, []).append(signal)
    areas = {one.area_id for signals in held.values() for one in signals if one.area_id}
    net = topology(set(feeders_of(areas).values()))
    found = []
    for trouble in troubles:
        if signals := held.get(trouble.pk):
            group = _group(signals, net)
            one = found_of(group=group, signals=signals, trouble=trouble, loose=[])
            one.evidence["fixed"] = trouble.evidence.get("fixed", 0)
            found.append(one)
    rewrite(found=found)
    darken(found=found)


def _group(signals: Sequence[Signal], net: Topology) -> Group:
    areas = list(dict.fromkeys(str(one.area_id) for one in signals if one.area_id))
    level, device, behind = Level.METER, areas[0] if areas else "", areas
    if len(areas) > 1:
        level, device, behind = _above(areas, net)
    elif areas and len({one.meter_code or one.source for one in signals}) > 1:
        level = Level.AREA
    began = signals[0].at.timestamp()
    return Group(level, device, tuple(range(len(signals))), began, tuple(behind), len(areas), SURE)


def _above(areas: list[str], net: Topology) -> tuple[Level, str, list[str]]:
    """The lowest device above all areas with what lies behind it; without one the areas alone."""
    chains = [net.areas[code].above for code in areas if code in net.areas]
    common = (
        [device for device in chains[0] if all(device in one for one in chains)] if len(chains) == len(areas) else []
    )
    if not common:
        return Level.SECTION, "", areas
    level = Level.FEEDER if common[0].startswith("feeder:") else Level.SECTION
    return level, common[0], [code for code, spot in net.areas.items() if common[0] in spot.above]
