"""Troubles as rows: what a group says is written, sums are counted, empty ones are closed."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor
from longzhong.register.customers import selectors as customers
from longzhong.sensing.troubles.models import Dark, Member, Signal, Trouble
from longzhong.sensing.troubles.rules import MACHINE, Group, Level, State
from longzhong.sensing.troubles.selectors import network
from longzhong.sensing.troubles.services.moving import complete, note

BATCH = 2_000
WRITTEN = [
    "level", "device", "name", "unit", "began_at", "confidence", "evidence", "areas", "accounts", "last_at", "signals", "corrected",
]  # fmt: skip


@dataclass
class Found:
    """What the engine says of one group, the trouble that it is, and its signals that nobody has fixed elsewhere."""

    level: Level
    device: str
    began_at: datetime
    areas: frozenset[int]
    spoke: frozenset[int]
    confidence: float
    evidence: dict[str, Any]
    loose: list[int]
    trouble: Trouble | None

    @property
    def kept(self) -> Trouble:
        """The trouble, once it is kept."""
        if self.trouble is None:
            raise RuntimeError("this group has no trouble yet")
        return self.trouble


def found_of(*, group: Group, signals: Sequence[Signal], trouble: Trouble | None, loose: list[int]) -> Found:
    """A group in the words of the tables."""
    areas = frozenset(int(code) for code in group.areas)
    spoke = frozenset(one.area_id for one in signals if one.area_id in areas)
    device = group.device
    if group.level in (Level.AREA, Level.METER):
        device = f"area:{min(areas)}" if areas else ""
    unknown = sum(1 for one in signals if not one.device and one.area_id not in areas)
    last = max(one.at for one in signals)
    evidence = {
        "kinds": dict(Counter(one.kind for one in signals)), "areas": len(areas), "spoke": len(spoke), "unknown": unknown,
        "minutes": int((last - signals[0].at).total_seconds() // 60) + 1,
    }  # fmt: skip
    began = signals[0].at + timedelta(seconds=group.began_at - signals[0].at.timestamp())
    return Found(group.level, device, began, areas, spoke, group.confidence, evidence, loose, trouble)


def keep(*, found: Sequence[Found], by: Actor, at: datetime) -> list[int]:
    """Write the troubles; new ones are found, those that changed their device are regrouped. Ids of both."""
    changed = []
    was_of = [(one.trouble.level, one.trouble.device) if one.trouble is not None else None for one in found]
    for one in found:
        one.trouble = one.trouble or Trouble(found_at=at, state=State.OPEN)
    _fill(found)
    for one, was in zip(found, was_of, strict=True):
        if was is None:
            Trouble.objects.bulk_create([one.kept])
        else:
            one.kept.save(update_fields=WRITTEN)
        if was != (one.level, one.device):
            changed.append(one.kept.pk)
            data = {"level": one.level, "device": one.device, "count": sum(one.evidence["kinds"].values())}
            note(trouble=one.kept, verb="regroup" if was else "find", data=data, by=by, at=at)
    darken(found=found)
    return changed


def rewrite(*, found: Sequence[Found]) -> None:
    """Write troubles that are there already, without a step."""
    _fill(found)
    for one in found:
        one.kept.save(update_fields=WRITTEN)


def _fill(found: Sequence[Found]) -> None:
    areas = {area for one in found for area in one.areas}
    titles, units = network.area_names(areas), network.units_of(areas)
    names = network.names([(one.level, one.device) for one in found], titles)
    accounts = customers.accounts_of_areas(areas)
    for one in found:
        trouble = one.kept
        trouble.level, trouble.device = one.level, one.device
        trouble.name = (names[one.level, one.device] or _("位置未知的信号"))[:170]
        trouble.began_at, trouble.last_at = one.began_at, trouble.last_at or one.began_at
        trouble.confidence, trouble.evidence = one.confidence, one.evidence
        trouble.areas = len(one.areas)
        trouble.accounts = 1 if one.level is Level.METER else sum(accounts.get(area, 0) for area in one.areas)
        votes = Counter(units[area] for area in sorted(one.areas) if area in units)
        trouble.unit_id = min(votes, key=lambda unit: (-votes[unit], unit)) if votes else None


def darken(*, found: Sequence[Found]) -> None:
    """Write which areas each trouble put out, where that changed."""
    ids = [one.kept.pk for one in found]
    was: dict[int, set[tuple[int, bool]]] = {}
    for trouble, area, spoke in Dark.objects.filter(trouble__in=ids).values_list("trouble_id", "area_id", "spoke"):
        was.setdefault(trouble, set()).add((area, spoke))
    now = {one.kept.pk: {(area, area in one.spoke) for area in one.areas} for one in found}
    other = [pk for pk in ids if was.get(pk, set()) != now[pk]]
    Dark.objects.filter(trouble__in=other).delete()
    rows = (Dark(trouble_id=pk, area_id=area, spoke=spoke) for pk in other for area, spoke in sorted(now[pk]))
    Dark.objects.bulk_create(rows, batch_size=BATCH)


def recount(*, troubles: Collection[Trouble]) -> None:
    """Sums over the members, fixed ones included."""
    rows = Member.objects.filter(trouble__in=[one.pk for one in troubles]).values("trouble_id").order_by("trouble_id")
    summed = rows.annotate(
        n=Count("id"), first=Min("signal__at"), last=Max("signal__at"), fixed=Count("id", filter=Q(fixed=True))
    )
    sums = {row["trouble_id"]: row for row in summed}
    held = [one for one in troubles if one.pk in sums]
    for one in held:
        row = sums[one.pk]
        one.signals, one.last_at, one.corrected = row["n"], row["last"], row["fixed"] > 0
        one.began_at = min(one.began_at, row["first"])
        one.evidence = {**one.evidence, "fixed": row["fixed"]}
    Trouble.objects.bulk_update(held, ["signals", "last_at", "began_at", "corrected", "evidence"], batch_size=BATCH)


def close_empty(*, trouble_ids: Collection[int], by: Actor, at: datetime) -> None:
    """A trouble whose signals all belong elsewhere is over."""
    rows = Trouble.objects.select_for_update(of=("self",)).filter(pk__in=trouble_ids, members=None)
    for trouble in rows.filter(state=State.OPEN).order_by("id"):
        trouble.signals = 0
        complete(trouble=trouble, row=MACHINE.move("close", trouble.state), data={}, fields=["signals"], by=by, at=at)
