"""Group the signals of some lines anew and bring the troubles to what the engine says; what a person decided stays.

The same signals give the same troubles, whatever came before: groups find their trouble again by overlap (rules.matching), so a
trouble keeps its page while it grows, shrinks or moves up the line.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.policies import selectors as policies
from longzhong.sensing.troubles.engines import tree
from longzhong.sensing.troubles.models import Member, Signal, Trouble
from longzhong.sensing.troubles.rules import Group, Heard, Limits, State, Topology, same_troubles
from longzhong.sensing.troubles.selectors.network import feeders_near, feeders_of, feeders_of_sections, topology
from longzhong.sensing.troubles.services.refinding import refound
from longzhong.sensing.troubles.services.writing import Found, close_empty, found_of, keep, recount

BATCH = 2_000


@dataclass(frozen=True)
class Scene:
    """Signals under study in order of time, the members they have, and the network around them."""

    signals: list[Signal]
    members: dict[int, Member]
    topology: Topology


def regroup_around(*, signals: Sequence[Signal], by: Actor, at: datetime) -> None:
    """Group the lines that these signals may be about."""
    lines = set(feeders_of(one.area_id for one in signals if one.area_id).values())
    lines |= {int(one.device.split(":")[1]) for one in signals if one.device.startswith("feeder:")}
    lines |= feeders_of_sections(
        {int(one.device.split(":")[1]) for one in signals if one.device.startswith("section:")}
    )
    lines |= feeders_near((one.lat, one.lon) for one in signals if one.lat is not None and one.lon is not None)
    regroup(feeder_ids=lines, by=by, at=at)


@transaction.atomic
def regroup(*, feeder_ids: Collection[int], by: Actor, at: datetime) -> list[int]:
    """Bring the open troubles of these lines to what their signals of the last hours say; ids of troubles that changed."""
    limits = policies.limits(Limits, "troubles", day=civil_day(at))
    scene = _scene(feeder_ids, at - timedelta(hours=limits.window_h))
    if not scene.signals:
        return []
    groups = tree.group([_heard(one) for one in scene.signals], scene.topology, limits)
    return _reconciled(scene, groups, by, at)


def _scene(feeder_ids: Collection[int], since: datetime) -> Scene:
    net = topology(feeder_ids)
    devices = {device for spot in net.areas.values() for device in spot.above}
    placed = Q(area__in=[int(code) for code in net.areas]) | Q(device__in=devices) | Q(area=None, device="")
    open_ = Q(member=None) | Q(member__trouble__state=State.OPEN)
    rows = Signal.objects.select_for_update(of=("self",)).filter(placed, at__gte=since, outage_id=None)
    signals = sorted(rows.order_by("id"), key=lambda one: (one.at, one.pk))
    held = Member.objects.filter(signal__in=[one.pk for one in signals])
    members = {one.signal_id: one for one in held}
    closed = set(
        Signal.objects.filter(pk__in=members).exclude(open_).values_list("pk", flat=True)
    )  # decided upon already: dismissed, or over
    return Scene([one for one in signals if one.pk not in closed], members, net)


def _heard(signal: Signal) -> Heard:
    area = str(signal.area_id) if signal.area_id else None
    return Heard(
        signal.at.timestamp(), signal.meter_code or None, area, signal.lat, signal.lon, device=signal.device or None
    )


def _reconciled(scene: Scene, groups: list[Group], by: Actor, at: datetime) -> list[int]:
    ids = [[scene.signals[i].pk for i in group.signals] for group in groups]
    was = {pk: member.trouble_id for pk, member in scene.members.items()}
    same = same_troubles(ids, was)
    fixed = {pk for pk, member in scene.members.items() if member.fixed}
    held = Trouble.objects.select_for_update().filter(pk__in=set(was.values())).order_by("id").in_bulk()
    found = []
    for group, signals, trouble_id in zip(groups, ids, same, strict=True):
        loose = [pk for pk in signals if pk not in fixed]
        if loose or trouble_id is not None:
            trouble = held.get(trouble_id) if trouble_id is not None else None
            found.append(
                found_of(group=group, signals=[scene.signals[i] for i in group.signals], trouble=trouble, loose=loose)
            )
    changed = keep(found=found, by=by, at=at)
    _move(scene, found, at)
    troubles = [one.kept for one in found]
    recount(troubles=troubles)
    refound(troubles=[one for one in troubles if one.corrected], at=at)
    close_empty(trouble_ids=set(was.values()), by=by, at=at)
    return changed


def _move(scene: Scene, found: Sequence[Found], at: datetime) -> None:
    """Signals go where their group went; a person's choice stays."""
    moved, new = [], []
    for one in found:
        for pk in one.loose:
            member = scene.members.get(pk)
            if member is None:
                new.append(Member(signal_id=pk, trouble=one.trouble, joined_at=at))
            elif member.trouble_id != one.kept.pk:
                member.trouble = one.kept
                moved.append(member)
    Member.objects.bulk_create(new, batch_size=BATCH)
    Member.objects.bulk_update(moved, ["trouble"], batch_size=BATCH)
