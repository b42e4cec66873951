"""One bulk call to the owner of the data for each recipe: parsed rows in, what became of them out. Never a direct insert."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from longzhong.cases.disconnections import services as disconnections
from longzhong.cases.disconnections.rules import ArrearsRow
from longzhong.kit.actor import Actor
from longzhong.kit.clock import day_start
from longzhong.register.customers import services as customers
from longzhong.register.customers.rules.rows import AccountRow, AccountsKept
from longzhong.register.network import services as network
from longzhong.register.network.rules import MeterRow
from longzhong.register.org import selectors as org_reads
from longzhong.register.org import services as org
from longzhong.register.org.rules.roles import ROLE_NAMES
from longzhong.register.org.rules.rows import GridRow, Kept, RefusedRow, StaffRow, UnitRow
from longzhong.surfaces.exchange.rules.reasons import reason
from longzhong.surfaces.exchange.rules.titles import role_of_title
from longzhong.surfaces.exchange.services.keep_areas import keep_area_rows
from longzhong.surfaces.exchange.services.keep_households import keep_household_rows

ROLE_MISSING = "role_missing"
Values = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What became of a batch; `refused` and `remarks` point at it by index. `extra` counts what was written besides."""

    kept: Kept
    remarks: Sequence[RefusedRow] = ()
    extra: dict[str, int] = field(default_factory=dict)


Keeper = Callable[[Sequence[Values], Actor, datetime], Outcome]


def _keep_units(rows: Sequence[Values], by: Actor, at: datetime) -> Outcome:
    def keep(part: Sequence[Values], day: date | None) -> Kept:
        made = [
            UnitRow(
                one["code"], one["name"], one["kind"], one.get("parent_code", ""), one.get("short_name", ""),
                one.get("lat"), one.get("lon"),
            )
            for one in part
        ]  # fmt: skip
        return org.keep_units(rows=made, from_on=day, by=by, at=at)

    return Outcome(_by_day(rows, keep))


def _keep_staff(rows: Sequence[Values], by: Actor, at: datetime) -> Outcome:
    def keep(part: Sequence[Values], day: date | None) -> Kept:
        made = [
            StaffRow(
                one["code"],
                one["name"],
                one.get("phone", ""),
                one["unit_code"],
                one.get("title", ""),
                one["role"],
            )
            for one in part
        ]
        return org.keep_staff(rows=made, from_on=day, by=by, at=at)

    kept = _with_roles(rows, keep)
    refused = {one.index for one in kept.refused}
    managed = [one for place, one in enumerate(rows) if place not in refused and one.get("grids")]
    cells, remarks = _managed_cells(managed, rows, at)
    moved = org.keep_grids(rows=cells, by=by, at=at) if cells else Kept()
    return Outcome(kept, remarks, {"grid_managers": moved.changed} if moved.changed else {})


def _with_roles(rows: Sequence[Values], keep: Callable[[Sequence[Values], date | None], Kept]) -> Kept:
    """Keeps the rows whose role is written or follows from the post's title; a role is never guessed for the others."""
    roles = [one.get("role") or role_of_title(one.get("title") or "") for one in rows]
    placed = [place for place, role in enumerate(roles) if role]
    kept = _by_day([{**rows[place], "role": roles[place]} for place in placed], keep)
    choices = "、".join(ROLE_NAMES.values())
    missing = [
        RefusedRow(
            place, ROLE_MISSING, reason(ROLE_MISSING, {"shown": rows[place].get("title") or "", "choices": choices})
        )
        for place, role in enumerate(roles)
        if not role
    ]
    refused = [RefusedRow(placed[one.index], one.code, one.message) for one in kept.refused]
    return Kept(kept.new, kept.changed, kept.unchanged, (*refused, *missing))


def _managed_cells(
    managed: Sequence[Values], rows: Sequence[Values], at: datetime
) -> tuple[list[GridRow], list[RefusedRow]]:
    """The cells that rows of staff say they manage, as the register knows them, with their new manager."""
    day = at.date()
    wanted = {code for one in managed for code in one["grids"]}
    ids = org_reads.grid_ids(wanted)
    homes = org_reads.units_of_grids(set(ids.values()), day)
    names = org_reads.grid_names(set(ids.values()))
    units = {
        line.id: line.code
        for line in org_reads.visible_units(Actor.machine("exchange")).filter(pk__in=set(homes.values()))
    }
    cells: dict[str, GridRow] = {}
    remarks = []
    for one in managed:
        for code in one["grids"]:
            if code in ids and ids[code] in homes:
                cells[code] = GridRow(code, names[ids[code]], units[homes[ids[code]]], manager_code=one["code"])
            else:
                remarks.append(RefusedRow(rows.index(one), "unknown_grid", f"没有编码为 {code} 的网格，人员已保存"))
    return list(cells.values()), remarks


def _keep_grids(rows: Sequence[Values], by: Actor, at: datetime) -> Outcome:
    names = (
        "code",
        "name",
        "unit_code",
        "lat",
        "lon",
        "manager_code",
        "social_code",
        "social_name",
        "branch_code",
        "branch_name",
    )

    def keep(part: Sequence[Values], day: date | None) -> Kept:
        made = [GridRow(**{name: one[name] for name in names if name in one}) for one in part]
        return org.keep_grids(rows=made, from_on=day, by=by, at=at)

    return Outcome(_by_day(rows, keep))


def _keep_areas(rows: Sequence[Values], by: Actor, at: datetime) -> Outcome:
    kept, extra = keep_area_rows(rows=rows, by=by, at=at)
    return Outcome(kept, (), extra)


def _keep_meters(rows: Sequence[Values], by: Actor, at: datetime) -> Outcome:
    made = [
        MeterRow(
            one["code"],
            one.get("kind") or "customer",
            one.get("phase", ""),
            int(one.get("wiring") or (3 if one.get("phase") == "ABC" or one.get("kind") == "area" else 1)),
            one.get("ratio") or 1,
            one.get("area_code", ""),
            one.get("from_on"),
        )
        for one in rows
    ]
    return Outcome(network.keep_meters(rows=made, by=by, at=at))


def _keep_accounts(rows: Sequence[Values], by: Actor, at: datetime) -> Outcome:
    made = [AccountRow(**{name: value for name, value in one.items() if value not in ("", None)}) for one in rows]
    kept: AccountsKept = customers.keep_accounts(rows=made, by=by, at=at)
    return Outcome(kept, kept.remarks)


def _keep_arrears(rows: Sequence[Values], by: Actor, at: datetime) -> Outcome:
    made = [
        ArrearsRow(one["account_code"], one["bill"], one["amount_fen"], one["due_on"], _moment(one.get("paid_at")))
        for one in rows
    ]
    kept = disconnections.keep_arrears(rows=made, by=by, at=at)
    refused = tuple(RefusedRow(one.number - 1, one.code, one.reason) for one in kept.refused)
    extra = {"bills_paid": kept.paid} if kept.paid else {}
    return Outcome(Kept(kept.new, kept.changed + kept.paid, kept.same, refused), (), extra)


def _moment(found: tuple[date, int | None] | None) -> datetime | None:
    """A day without a time is its beginning: what is owed for a payment runs from the earliest moment that it can have been."""
    return day_start(found[0]) + timedelta(minutes=found[1] or 0) if found else None


def _keep_households(rows: Sequence[Values], by: Actor, at: datetime) -> Outcome:
    kept = keep_household_rows(rows=rows, by=by, at=at)
    return Outcome(kept, kept.remarks)


def _by_day(rows: Sequence[Values], keep: Callable[[Sequence[Values], date | None], Kept]) -> Kept:
    """Calls `keep` once for each day from which rows hold, earliest first, rows without a day last."""
    days = sorted({one.get("from_on") for one in rows}, key=lambda day: day or date.max)
    new = changed = unchanged = 0
    refused: list[RefusedRow] = []
    for day in days:
        places = [place for place, one in enumerate(rows) if one.get("from_on") == day]
        part = keep([rows[place] for place in places], day)
        new, changed, unchanged = new + part.new, changed + part.changed, unchanged + part.unchanged
        refused += [RefusedRow(places[one.index], one.code, one.message) for one in part.refused]
    return Kept(new, changed, unchanged, tuple(refused))


KEEPERS: dict[str, Keeper] = {
    "units": _keep_units,
    "staff": _keep_staff,
    "grids": _keep_grids,
    "areas": _keep_areas,
    "meters": _keep_meters,
    "accounts": _keep_accounts,
    "households": _keep_households,
    "arrears": _keep_arrears,
}
