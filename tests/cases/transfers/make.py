"""Estate transfers to test with, built through the services: the station surveys, the department decides."""

from datetime import timedelta
from typing import Any

from longzhong.cases.transfers import services
from longzhong.cases.transfers.models import Defect, Transfer
from longzhong.cases.transfers.rules import NewDefect, NewTransfer, Paper, State
from longzhong.cases.transfers.services import Upload
from longzhong.kit.actor import Actor
from tests.cases.filings.make import dept, leader, refused
from tests.cases.hotline.make import DAY, MORNING, Hotline
from tests.dispatch.matters.pictures import jpeg

HOUR, DAYS = timedelta(hours=1), timedelta(days=1)


def paper(kind: Paper = Paper.OTHER) -> Upload:
    return Upload(kind.value, "材料.jpg", jpeg())


def new(**changes: Any) -> NewTransfer:
    given = {
        "estate": "名仕家天下", "developer": "襄阳名仕置业有限公司", "property_company": "名仕物业", "households": 800, "area": "A1"
    }  # fmt: skip
    return NewTransfer(**{**given, **changes})


def a_defect(days: int = 10, **changes: Any) -> NewDefect:
    return NewDefect(**{"text": "配电房积水", "party": "developer", "due_on": DAY + days * DAYS, **changes})


def opened(hotline: Hotline, *, by: Actor | None = None, **changes: Any) -> Transfer:
    return services.open_transfer(
        new=new(**changes), unit_id=hotline.county.station, by=by or hotline.head, at=MORNING
    )  # fmt: skip


def with_defect(hotline: Hotline, row: Transfer, days: int = 10) -> Defect:
    return services.add_defect(transfer_id=row.pk, new=a_defect(days), by=hotline.head, at=MORNING)


def in_state(hotline: Hotline, state: State, **changes: Any) -> Transfer:
    """A transfer that came to a stage by everybody's steps; one defect on the way."""
    row = opened(hotline, **changes)
    who: dict[str, Any] = {"transfer_id": row.pk, "at": MORNING + HOUR}
    road = (State.DEFECTS, State.RECTIFYING, State.ACCEPTANCE, State.CONTRACT, State.HANDED_OVER)
    acts = (
        lambda: _listed(hotline, row, who),
        lambda: services.notify(uploads=[paper(Paper.NOTICE)], by=hotline.head, **who),
        lambda: _rectified(hotline, row, who),
        lambda: services.accept(uploads=[paper(Paper.ACCEPTANCE)], by=hotline.head, **who),
        lambda: services.hand_over(contract_no="YJ-01", uploads=[paper(Paper.CONTRACT)], by=dept(hotline), **who),
    )
    for _state, act in zip(road[: road.index(state) + 1] if state in road else (), acts, strict=False):
        act()
    if state == State.DISPUTED:
        services.dispute(reason="开发商拒绝承担整改费用", by=hotline.head, **who)
    if state == State.STOPPED:
        services.stop(reason="业主大会否决", by=dept(hotline), **who)
    row.refresh_from_db()
    return row


def _listed(hotline: Hotline, row: Transfer, who: dict[str, Any]) -> None:
    with_defect(hotline, row)
    services.end_survey(verb="list_defects", reason="勘查完成", by=hotline.head, **who)


def _rectified(hotline: Hotline, row: Transfer, who: dict[str, Any]) -> None:
    for defect in row.defects.all():
        services.fix(defect_id=defect.pk, uploads=[paper(Paper.PROOF)], by=hotline.manager, **who)
        services.verify(defect_id=defect.pk, by=hotline.head, **who)
    services.submit(by=hotline.head, **who)


__all__ = ["DAYS", "HOUR", "a_defect", "dept", "in_state", "leader", "new", "opened", "paper", "refused", "with_defect"]
