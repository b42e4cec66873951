"""What is known of a matter at a moment: the features that the model is told, and how sensitive its customers are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from longzhong.dispatch.crews import selectors as crews
from longzhong.dispatch.workorders import selectors as orders
from longzhong.dispatch.workorders.rules import LIVE, Kind
from longzhong.kit.actor import Actor
from longzhong.kit.clock import CST, civil_day
from longzhong.kit.dated import on_day
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.accounts import AccountKind, AccountState
from longzhong.register.customers.rules.priority import Grade
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.rules import OUT
from longzhong.sensing.restorations.models import Tie, WeatherNote
from longzhong.sensing.restorations.rules import Sensitive, Stage

READER = Actor.machine("restorations")
WINDOW = timedelta(days=60)
_HARD = ("foot", "rough", "road")
_SITES = ("remote", "rural", "urban")
_BUSINESS = (AccountKind.BUSINESS, AccountKind.INDUSTRY)
NO_POWER = "no_power"
_REACHED = {"accepted_at": Stage.ACCEPTED, "arrived_at": Stage.ARRIVED, "diagnosed_at": Stage.DIAGNOSED}
_STANDING = (AccountState.ACTIVE, AccountState.CLOSING)


@dataclass(frozen=True)
class Matter:
    """An outage or a repair as it stands: its label, unit, begin, end, areas, its own features; `over`: nothing is expected."""

    label: str
    title: str
    unit_id: int
    began_at: datetime
    restored_at: datetime | None
    area_ids: tuple[int, ...]
    own: dict[str, Any]
    over: bool = False


def matter_of_order(order_id: int) -> Matter | None:
    """A repair; None for other orders."""
    row = orders.visible_to(READER).filter(pk=order_id, kind=Kind.REPAIR).select_related("area").first()
    if row is None:
        return None
    areas: tuple[int, ...] = (row.area_id,) if row.area_id else ()
    outage_id = outages.outage_id_of(row.cause)
    areas = areas or (outages.areas_of_outage(outage_id) if outage_id else ())
    own = {
        "fault": row.fault,
        "priority": float(row.priority),
        "side": row.side,
        "cause": row.cause_found,
        "device": "area",
    }
    return Matter(
        orders.label(row.pk),
        f"{row.number} {row.area or ''}".strip(),
        row.unit_id,
        row.opened_at,
        row.restored_at,
        areas,
        own,
        over=row.restored_at is not None or row.state not in LIVE,
    )


def outages_served(order_id: int, at: datetime) -> list[int]:
    """The live faults that a repair puts right: its cause, the one that explains its cause, or the one that its area is out by."""
    row = orders.visible_to(READER).filter(pk=order_id, kind=Kind.REPAIR).first()
    if row is None:
        return []
    named = (
        outages.outage_id_of(row.cause)
        or Tie.objects.filter(cause=row.cause).values_list("outage_id", flat=True).first()
    )
    found = [named] if named else [one for one, _number, _state in outages.outages_of_source(row.cause)]
    if not found and row.area_id and row.fault == NO_POWER:
        cards = outages.known_at([row.area_id], at).get(row.area_id, [])
        found = [card.id for card in cards if card.running and not card.planned][:1]
    return [one for one in found if outages.standing(one).is_live]


def stage_of_outage(outage_id: int) -> Stage:
    """How far the furthest live repair of an outage is; nobody on the way: reported."""
    source, areas = outages.standing(outage_id).source, outages.areas_of_outage(outage_id, still_out=True)
    mine = Q(cause=outages.label(outage_id)) | Q(area__in=areas, fault=NO_POWER)
    mine |= Q(
        cause__in=[*Tie.objects.filter(outage_id=outage_id).values_list("cause", flat=True), *filter(None, [source])]
    )
    rows = orders.visible_to(READER).filter(mine, kind=Kind.REPAIR, state__in=LIVE)
    reached = {stage for row in rows.values(*_REACHED) for stage in _stages(row)}
    return next((stage for stage in reversed(Stage) if stage in reached), Stage.REPORTED)


def _stages(row: dict[str, Any]) -> list[Stage]:
    return [Stage.DISPATCHED, *(stage for column, stage in _REACHED.items() if row[column] is not None)]


def matter_of_outage(outage_id: int) -> Matter | None:
    """A fault or a shortage that has begun; plans have ends of their own."""
    row = outages.visible_to(READER).filter(pk=outage_id, kind="fault").first()
    if row is None:
        return None
    devices = [device.kind.value for device in outages.devices_of_outage(outage_id) if not device.kept]
    own = {"fault": "outage", "cause": row.reason_code, "device": devices[0] if devices else ""}
    areas = outages.areas_of_outage(outage_id)
    return Matter(
        outages.label(row.pk),
        f"{row.number} {row.title}",
        row.unit_id,
        row.started_at or row.registered_at,
        row.restored_at,
        areas,
        own,
        over=row.restored_at is not None or not outages.standing(outage_id).is_live,
    )


def features(matter: Matter, stage: Stage, at: datetime) -> dict[str, Any]:
    """Everything that is known now; the cause only once the crew has found it (or the outage says it)."""
    day, local = civil_day(at), at.astimezone(CST)
    homes = [home for area in matter.area_ids[:20] if (home := network.home_of(area))]
    roads = crews.roads(matter.area_ids)
    return {
        **matter.own,
        "cause": matter.own["cause"] if stage == Stage.DIAGNOSED or matter.own["fault"] == "outage" else "",
        "stage": stage.value,
        "elapsed": max(0.0, (at - matter.began_at).total_seconds() / 60),
        "site": _first(_SITES, (home.site for home in homes)),
        "road": _first(_HARD, (road.road for road in roads.values())) or "road",
        "crew": crews.readiness(matter.unit_id, at),
        "weather": weather(matter.unit_id, at),
        "customers": float(sum(customers.accounts_of_areas(matter.area_ids).values())),
        "live": float(
            outages.visible_to(READER).filter(unit__in=org.chain(matter.unit_id, day), state__in=OUT).count()
        ),
        "hour": float(local.hour),
        "month": float(local.month),
        "weekday": float(local.weekday()),
    }


def weather(unit_id: int, at: datetime) -> str:
    """The weather that somebody noted for the unit or one above it; "" if nobody did."""
    chain = org.chain(unit_id, civil_day(at))
    rows = WeatherNote.objects.filter(unit__in=chain, starts_at__lte=at, ends_at__gt=at).order_by("-noted_at", "-id")
    return rows.values_list("kind", flat=True).first() or ""


def sensitive(matter: Matter, at: datetime) -> Sensitive:
    """The customers behind a matter; five queries."""
    day = civil_day(at)
    groups = customers.priority_of_areas(matter.area_ids, day).values()
    accounts = customers.visible_to(READER).filter(area__in=matter.area_ids, state__in=_STANDING)
    marked = accounts.filter(on_day(day, "priorities__")).order_by().values_list("priorities__grade")
    grades = dict(marked.annotate(Count("id", distinct=True)))
    supreme = grades.get(Grade.SUPREME, 0) + grades.get(Grade.FIRST, 0)
    medical = grades.get(Grade.MEDICAL_DEVICE, 0) + grades.get(Grade.CRITICALLY_ILL, 0)
    past = orders.visible_to(READER).filter(kind=Kind.REPAIR, area__in=matter.area_ids, opened_at__gt=at - WINDOW)
    off = outages.visible_to(READER).filter(affected__area__in=matter.area_ids, started_at__gt=at - WINDOW)
    return Sensitive(
        supreme=supreme, important=sum(one.important for one in groups) - supreme, medical=medical,
        special=sum(one.special for one in groups) - medical, sensitive=sum(one.sensitive for one in groups),
        outages=off.distinct().count(), reports=max(0, past.count() - 1),
        customers=accounts.count(), businesses=accounts.filter(kind__in=_BUSINESS).count(), hour=at.astimezone(CST).hour,
    )  # fmt: skip


def _first(order: Iterable[str], found: Iterable[str]) -> str:
    """The hardest of what was found."""
    here = set(found)
    return next((one for one in order if one in here), "")
