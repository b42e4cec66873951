"""Bills and payments, in bulk and idempotent; in whatever state it comes, a payment ends the matter or starts the reconnection."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.disconnections import selectors
from longzhong.cases.disconnections.models import Arrears, Disconnection
from longzhong.cases.disconnections.rules import BEFORE, CASHIERS, IMPORTERS, LIVE, ArrearsRow, State
from longzhong.cases.disconnections.services.acting import RECONNECT, start
from longzhong.cases.disconnections.services.moving import begin, complete, enter
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers

CHUNK = 2000
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class RefusedRow:
    """A row that wasn't kept: its number from 1, a stable code, and why."""

    number: int
    code: str
    reason: str


@dataclass(frozen=True)
class KeptArrears:
    """What became of the rows; `paid` bills were open before and are paid now."""

    new: int
    changed: int
    same: int
    paid: int
    refused: tuple[RefusedRow, ...]


@transaction.atomic
def keep_arrears(*, rows: Sequence[ArrearsRow], by: Actor, at: datetime) -> KeptArrears:
    """Keep the marketing system's bills; safe twice. A paid bill stays paid, whatever an older file says."""
    need(by, *IMPORTERS)
    seen = _accounts(rows, by)
    good, refused = _sorted(rows, seen, at)
    new = changed = paid = 0
    touched: set[int] = set()
    for chunk in _chunks(list(good.items())):
        made, moved, settled = _keep(dict(chunk), at)
        new, changed, paid = new + len(made), changed + len(moved), paid + len(settled)
        touched |= {row.account_id for row in (*moved, *settled, *made)}
    _follow(touched, at)
    return KeptArrears(new, changed, len(good) - new - changed - paid, paid, tuple(refused))


@transaction.atomic
def record_payment(*, account_id: int, paid_at: datetime, bills: Collection[str] = (), by: Actor, at: datetime) -> int:
    """The customer paid these bills (none named: all open ones); returns how many were open. Safe twice."""
    need(by, *CASHIERS)
    if not customers.visible_to(by).filter(pk=account_id).exists():
        raise Refused("not_found", _("没有这一户，或不在您的管辖范围内。"))
    if paid_at > at:
        raise Refused("time_out_of_order", _("缴费时间不能晚于现在；什么都没有改动。"))
    rows = Arrears.objects.filter(account=account_id, paid_at=None)
    paid = (rows.filter(bill__in=bills) if bills else rows).update(paid_at=paid_at)
    _follow({account_id}, at)
    return paid


@transaction.atomic
def reconnect_requested(*, account_id: int, cause: str = "", by: Actor, at: datetime) -> int:
    """The customer asks for power back (已结清欠费的复电登记); returns the disconnection. Paid up, the clock starts at once."""
    if not customers.visible_to(by).filter(pk=account_id).exists():
        raise Refused("not_found", _("没有这一户，或不在您的管辖范围内。"))
    row = Disconnection.objects.filter(account=account_id, state__in=(State.EXECUTED, State.RECONNECTING)).first()
    if row is None:
        raise Refused("not_stopped", _("这一户没有欠费停电，请按故障报修受理；什么都没有改动。"))
    if selectors.owed(account_id) is not None and row.state == State.EXECUTED:
        raise Refused("still_owing", _("系统里还有未缴的电费；请先核实缴费，再登记复电。"))
    _note(row, "asked_back", {"cause": cause} if cause else {}, by, at)
    _follow({account_id}, at)
    return row.pk


def hear_request(*, account_id: int, cause: str, by: Actor, at: datetime) -> bool:
    """A case asks for reconnection: as `reconnect_requested`, but what doesn't fit is left to the case. Safe twice."""
    row = selectors.live_of(account_id)
    if row is None or row.state != State.EXECUTED or selectors.owed(account_id) is not None:
        return False
    reconnect_requested(account_id=account_id, cause=cause, by=by, at=at)
    return True


def settle_paid(*, by: Actor, at: datetime) -> int:
    """Live disconnections without an open bill (one was paid in the very moment of the proposal) take their step; safe twice."""
    need(by, *CASHIERS)
    found = selectors.paid_up()
    _follow(found, at)
    return len(found)


def _follow(account_ids: Collection[int], at: datetime) -> None:
    """Every live disconnection of these accounts takes the step that their open bills mean now."""
    live = Disconnection.objects.filter(account__in=account_ids, state__in=LIVE)
    for disconnection_id in live.order_by("id").values_list("id", flat=True):
        _settle(disconnection_id, at)


def _settle(disconnection_id: int, at: datetime) -> None:
    row = enter(disconnection_id=disconnection_id, by=selectors.GUARD)
    if row.state not in (*BEFORE, State.EXECUTED):
        return
    debt = selectors.owed(row.account_id)
    if debt is not None:
        if (debt.fen, debt.due_on) != (row.owed_fen, row.due_on):
            less = debt.fen < row.owed_fen
            row.owed_fen, row.due_on = debt.fen, debt.due_on
            row.save(update_fields=["owed_fen", "due_on"])
            if less:
                _note(row, "part_paid", {"left": debt.bills}, selectors.GUARD, at)
        return
    last = Arrears.objects.filter(account=row.account_id).order_by("-paid_at").values_list("paid_at", flat=True)[0]
    row.paid_at = min(last or at, at)
    move = begin(row=row, verb="settle", by=selectors.GUARD)
    said = Said({"moment": row.paid_at})
    complete(row=row, move=move, said=said, fields=("paid_at",), by=selectors.GUARD, at=at)
    if row.state == State.RECONNECTING:
        start(row=row, name=RECONNECT, by=selectors.GUARD, at=max(row.paid_at, row.executed_at or row.paid_at))


def _note(row: Disconnection, verb: str, data: dict[str, object], by: Actor, at: datetime) -> None:
    matters.add_step(matter=selectors.label(row.pk), step=matters.NewStep(verb, data), by=by, at=at)


def _accounts(rows: Sequence[ArrearsRow], by: Actor) -> dict[str, int]:
    """Account ids by 户号 of those that the actor may fill."""
    known: dict[str, int] = {}
    for chunk in _chunks(sorted({row.account_code for row in rows})):
        ids = customers.account_ids(chunk)
        if not by.has("admin"):
            mine = set(customers.visible_to(by).filter(pk__in=ids.values()).values_list("pk", flat=True))
            ids = {code: one for code, one in ids.items() if one in mine}
        known |= ids
    return known


def _sorted(
    rows: Sequence[ArrearsRow], seen: dict[str, int], at: datetime
) -> tuple[dict[tuple[int, str], ArrearsRow], list[RefusedRow]]:
    """The rows to keep by account and bill (the last of a bill counts), and those refused."""
    good: dict[tuple[int, str], ArrearsRow] = {}
    refused = []
    for number, row in enumerate(rows, start=1):
        if row.account_code not in seen:
            refused.append(RefusedRow(number, "account_unknown", _("没有这个户号，或不在您的管辖范围内")))
        elif row.amount_fen <= 0:
            refused.append(RefusedRow(number, "amount_invalid", _("欠费金额要大于 0")))
        elif not row.bill.strip():
            refused.append(RefusedRow(number, "bill_missing", _("缺少账单编号或电费年月")))
        elif row.paid_at is not None and row.paid_at > at:
            refused.append(RefusedRow(number, "paid_in_future", _("缴费时间晚于现在")))
        else:
            good[seen[row.account_code], row.bill.strip()[:40]] = row
    return good, refused


def _keep(
    wanted: dict[tuple[int, str], ArrearsRow], at: datetime
) -> tuple[list[Arrears], list[Arrears], list[Arrears]]:
    """(new, changed, newly paid) bills of one chunk."""
    rows = Arrears.objects.select_for_update().filter(account__in={account for account, _bill in wanted})
    known = {(row.account_id, row.bill): row for row in rows.order_by("id")}
    made, moved, settled = [], [], []
    for (account_id, bill), row in wanted.items():
        held = known.get((account_id, bill))
        if held is None:
            made.append(
                Arrears(
                    account_id=account_id,
                    bill=bill,
                    amount_fen=row.amount_fen,
                    due_on=row.due_on,
                    paid_at=row.paid_at,
                    kept_at=at,
                )
            )
        elif held.paid_at is None and row.paid_at is not None:
            held.paid_at, held.kept_at = row.paid_at, at
            settled.append(held)
        elif held.paid_at is None and (held.amount_fen, held.due_on) != (row.amount_fen, row.due_on):
            held.amount_fen, held.due_on, held.kept_at = row.amount_fen, row.due_on, at
            moved.append(held)
    Arrears.objects.bulk_create(made, ignore_conflicts=True)
    Arrears.objects.bulk_update([*moved, *settled], ["amount_fen", "due_on", "paid_at", "kept_at"])
    return made, moved, settled


def _chunks(things: Sequence[Thing]) -> Iterable[Sequence[Thing]]:
    return (things[start : start + CHUNK] for start in range(0, len(things), CHUNK))
