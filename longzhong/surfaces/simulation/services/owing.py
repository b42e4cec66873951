"""Customers who owe: bills as the marketing system brings them, a payment, a request that waits for approval, and the elder who
lives alone, whom the guard doesn't let anybody disconnect.
"""

from datetime import datetime, timedelta

from longzhong.cases.disconnections import selectors
from longzhong.cases.disconnections import services as disconnections
from longzhong.cases.disconnections.rules import ArrearsRow, Given
from longzhong.kit.clock import civil_day
from longzhong.register.customers import selectors as customers
from longzhong.surfaces.simulation.rules.codes import account_code
from longzhong.surfaces.simulation.services.acting import MACHINE, Scene, paper, play

OWING, OVERDUE_D = 7, 34
FEN = (18_650, 9_320, 43_075, 6_410, 27_790, 12_045, 8_800)


def owe(scene: Scene) -> int:
    """Play it; returns how many disconnections were proposed."""
    codes = _who(scene)
    play(scene.before(days=12), lambda at: _bills(codes, at))
    made = play(scene.before(days=11), lambda at: disconnections.propose_due(by=MACHINE, at=at))
    rows = list(selectors.board(MACHINE, scene.morning).order_by("id").values_list("pk", "account__code", "unit_id"))
    by_code = {code: (pk, unit) for pk, code, unit in rows}
    for place, code in enumerate(codes[:3]):
        if code in by_code:
            _work(scene, *by_code[code], asks=place < 2)
    if len(codes) > 3:
        play(scene.before(days=2), lambda at: _paid(codes[3], at))
    return int(made or 0)


def _who(scene: Scene) -> list[str]:
    """户号 of the own station: first somebody of a special group, then ordinary homes."""
    rows = customers.visible_to(MACHINE).filter(unit=scene.unit(scene.own_station), state="active", kind="resident")
    special = rows.filter(priorities__grade="lone_elder").order_by("id").values_list("code", flat=True)[:1]
    plain = rows.filter(priorities=None).order_by("id").values_list("code", flat=True)[: OWING - 1]
    return [*special, *plain] or [account_code(scene.county, 0)]


def _bills(codes: list[str], at: datetime) -> None:
    due = civil_day(at) - timedelta(days=OVERDUE_D - 12)
    month = f"{due - timedelta(days=20):%Y-%m}"
    rows = [ArrearsRow(code, month, FEN[n % len(FEN)], due) for n, code in enumerate(codes)]
    disconnections.keep_arrears(rows=rows, by=MACHINE, at=at)


def _work(scene: Scene, row_id: int, unit_id: int, *, asks: bool) -> None:
    """Contacted, noticed in writing; and on the last morning asked for, where the guard has the word."""
    head, given = scene.head(unit_id), Given(way="call", note="客户外出务工忘记缴费，答应近日缴清")
    play(scene.before(days=10), lambda at: disconnections.contact(disconnection_id=row_id, given=given, by=head, at=at))
    told = Given(receipt="signed")
    play(
        scene.before(days=9),
        lambda at: disconnections.notice(
            disconnection_id=row_id, given=told, photos=[paper("通知书回执")], by=head, at=at
        ),
    )
    if asks:
        reason = Given(reason="多次联系仍未缴费")
        play(
            scene.before(minutes=24),
            lambda at: disconnections.submit(disconnection_id=row_id, given=reason, by=head, at=at),
        )


def _paid(code: str, at: datetime) -> None:
    account = customers.account_ids([code])[code]
    disconnections.record_payment(account_id=account, paid_at=at, by=MACHINE, at=at)
