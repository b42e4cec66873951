"""An estate's transfer from survey to hand-over, its defects and disputes, and every way in which it is refused."""

import pytest

from longzhong.cases.transfers import selectors, services
from longzhong.cases.transfers.models import Dispute, Transfer
from longzhong.cases.transfers.rules import DefectState, Given, Paper, State
from longzhong.dispatch.matters import selectors as matters
from tests.cases.hotline.make import DAY, MORNING, SYSTEM, Hotline, a_case, at
from tests.cases.transfers.make import (
    DAYS,
    HOUR,
    a_defect,
    dept,
    in_state,
    leader,
    new,
    opened,
    paper,
    refused,
    with_defect,
)

NOW = MORNING + 2 * HOUR
pytestmark = pytest.mark.django_db


def live(row: Transfer) -> dict[str, str]:
    return {one.name: one.limit for one in matters.clock_cards(selectors.label(row.pk), NOW) if one.is_live}


def test_the_whole_way(hotline: Hotline) -> None:
    row = in_state(hotline, State.HANDED_OVER)
    assert (row.contract_no, row.handed_over_at, row.due_at) == ("YJ-01", MORNING + HOUR, None)
    assert (row.number, row.grid_id, row.area_id) == (
        f"YJ20260302{row.pk:06}",
        hotline.county.grid,
        hotline.areas["A1"],
    )
    assert live(row) == {}
    card = selectors.transfer_card(dept(hotline), row.pk, NOW)
    assert {kind for kind, _file in card.papers} == {"整改通知", "整改证明", "验收单", "移交协议"}
    assert [step.verb for step in reversed(card.steps)] == [
        "open", "add_defect", "list_defects", "notify", "fix", "verify", "submit", "accept", "hand_over"
    ]  # fmt: skip


def test_who_opens_what(hotline: Hotline) -> None:
    refused("not_allowed", opened, hotline=hotline, by=hotline.desk)
    refused("opener_unknown", opened, hotline=hotline, by=SYSTEM)
    refused("estate_missing", opened, hotline=hotline, estate=" ")
    refused("estate_missing", opened, hotline=hotline, households=0)
    refused("area_unknown", opened, hotline=hotline, area="A9")
    far = {"new": new(area=""), "unit_id": hotline.county.other_station, "by": hotline.head, "at": MORNING}
    refused("not_found", services.open_transfer, **far)
    row = opened(hotline, developer="名仕置业 电话13900139000")
    assert "13900139000" not in row.developer
    assert live(row) == {"stage": "10 个工作日"}
    refused("transfer_standing", opened, hotline=hotline, estate=" 名仕家天下 ")
    assert opened(hotline, estate="御龙湾").pk != row.pk


def test_a_survey_ends_with_defects_or_without(hotline: Hotline) -> None:
    row = opened(hotline)
    who = {"transfer_id": row.pk, "reason": "勘查完成", "by": hotline.head, "at": NOW}
    refused("defects_missing", services.end_survey, verb="list_defects", **who)
    defect = with_defect(hotline, row)
    assert live(row) == {"stage": "10 个工作日", f"defect{defect.pk}": "10 天"}
    refused("defects_open", services.end_survey, verb="clear", **who)
    refused("reason_missing", services.end_survey, verb="list_defects", **{**who, "reason": ""})
    refused("not_allowed", services.end_survey, verb="list_defects", **{**who, "by": hotline.manager})
    assert services.end_survey(verb="list_defects", **who).state == State.DEFECTS
    clean = opened(hotline, estate="御龙湾")
    assert services.end_survey(verb="clear", **{**who, "transfer_id": clean.pk}).state == State.ACCEPTANCE


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("defect_missing", {"text": " "}),
        ("defect_missing", {"party": "mayor"}),
        ("due_not_ahead", {"due_on": None}),
        ("due_not_ahead", {"due_on": DAY}),
        ("due_not_ahead", {"due_on": DAY + 1100 * DAYS}),
    ],
)
def test_a_defect_is_whole(hotline: Hotline, code: str, changes: dict[str, object]) -> None:
    row = opened(hotline)
    given = {"transfer_id": row.pk, "new": a_defect(**changes), "by": hotline.manager, "at": NOW}
    refused(code, services.add_defect, **given)


def test_defects_are_fixed_with_proof_and_verified_by_another(hotline: Hotline) -> None:
    row = in_state(hotline, State.RECTIFYING)
    defect = row.defects.get()
    who = {"transfer_id": row.pk, "defect_id": defect.pk, "at": NOW}
    refused("defect_state", services.verify, by=hotline.head, **who)
    refused("papers_missing", services.fix, uploads=[], by=hotline.head, **who)
    refused("fixer_unknown", services.fix, uploads=[paper()], by=SYSTEM, **who)
    refused("defect_unknown", services.fix, uploads=[paper()], by=hotline.head, **{**who, "defect_id": 0})
    refused("defects_open", services.submit, transfer_id=row.pk, by=hotline.head, at=NOW)
    services.fix(uploads=[paper(Paper.PROOF)], by=hotline.head, **who)
    assert live(row) == {"stage": "60 天"}
    refused("own_fix", services.verify, by=hotline.head, **who)
    refused("own_fix", services.unfix, reason="没修好", by=hotline.head, **who)
    refused("defects_open", services.submit, transfer_id=row.pk, by=hotline.head, at=NOW)
    refused("reason_missing", services.unfix, reason="", by=dept(hotline), **who)
    services.unfix(reason="仍然积水", by=dept(hotline), **who)
    assert set(live(row)) == {"stage", f"defect{defect.pk}"}
    services.fix(uploads=[paper(Paper.PROOF)], by=hotline.head, **who)
    done = services.verify(by=dept(hotline), **who)
    assert (done.state, done.times_failed) == (DefectState.VERIFIED, 1)
    assert services.submit(transfer_id=row.pk, by=hotline.head, at=NOW).state == State.ACCEPTANCE


def test_overdue_defects_are_late_on_the_board(hotline: Hotline) -> None:
    row = in_state(hotline, State.RECTIFYING)
    later = at("2026-03-13 09:00")
    (line,) = selectors.transfer_card(hotline.head, row.pk, later).defects
    assert line.overdue
    shown = selectors.board(hotline.head, later.date()).get(pk=row.pk)
    assert (shown.open_defects, shown.overdue_defects) == (1, 1)
    assert selectors.late_count(hotline.head, later) == 1
    assert selectors.late_count(hotline.head, NOW) == 0
    defect = row.defects.get()
    services.fix(transfer_id=row.pk, defect_id=defect.pk, uploads=[paper()], by=hotline.head, at=later)
    services.unfix(transfer_id=row.pk, defect_id=defect.pk, reason="没修好", by=dept(hotline), at=later)
    row.refresh_from_db()
    assert selectors.late_count(hotline.head, later + HOUR) == 1


def test_acceptance_fails_with_a_new_defect(hotline: Hotline) -> None:
    row = in_state(hotline, State.ACCEPTANCE)
    who = {"transfer_id": row.pk, "by": hotline.head, "at": NOW}
    refused("reason_missing", services.fail, new=a_defect(), reason="", **who)
    refused("defect_missing", services.fail, new=a_defect(text=""), reason="不合格", **who)
    refused("papers_missing", services.accept, uploads=[], **who)
    assert services.fail(new=a_defect(5), reason="接地电阻超标", **who).state == State.RECTIFYING
    assert row.defects.count() == 2


def test_a_contract_has_a_number_and_papers(hotline: Hotline) -> None:
    row = in_state(hotline, State.CONTRACT)
    who = {"transfer_id": row.pk, "at": NOW}
    refused("contract_missing", services.hand_over, contract_no=" ", uploads=[paper()], by=dept(hotline), **who)
    refused("papers_missing", services.hand_over, contract_no="X1", uploads=[], by=dept(hotline), **who)
    refused("not_allowed", services.hand_over, contract_no="X1", uploads=[paper()], by=hotline.head, **who)
    refused("papers_missing", services.attach, uploads=[], by=hotline.head, **who)
    services.attach(uploads=[paper(Paper.APPLICATION)], by=hotline.manager, **who)


def test_a_dispute_stands_beside_the_road(hotline: Hotline) -> None:
    row = in_state(hotline, State.RECTIFYING)
    case = a_case(hotline)
    who = {"transfer_id": row.pk, "at": NOW}
    refused("reason_missing", services.dispute, reason="", by=hotline.head, **who)
    services.dispute(reason="业主代表我叫赵六，电话13900139000，拒付整改费", by=hotline.head, **who)
    held = Dispute.objects.get()
    assert ("13900139000" in held.text, held.was, held.settled_at) == (False, State.RECTIFYING, None)
    assert live(row)["stage"] == "10 个工作日"
    services.tie(address=f"hotline.case:{case.pk}", by=hotline.head, **who)
    refused("tied_already", services.tie, address=f"hotline.case:{case.pk}", by=hotline.head, **who)
    refused("address_unknown", services.tie, address="https://weibo.com/", by=hotline.head, **who)
    assert selectors.tied_to(hotline.head, f"hotline.case:{case.pk}") == [row]
    refused("not_allowed", services.settle, verb="settle_rectify", reason="各担一半", by=hotline.head, **who)
    refused("defects_open", services.settle, verb="settle_accept", reason="各担一半", by=leader(hotline), **who)
    refused("not_handed_over", services.settle, verb="settle_handed", reason="各担一半", by=leader(hotline), **who)
    refused("no_such_move", services.settle, verb="burn", reason="各担一半", by=leader(hotline), **who)
    services.settle(verb="settle_rectify", reason="各担一半", by=leader(hotline), **who)
    held.refresh_from_db()
    assert (held.result, held.settled_at) == ("各担一半", NOW)


def test_a_dispute_after_the_hand_over(hotline: Hotline) -> None:
    row = in_state(hotline, State.HANDED_OVER)
    who = {"transfer_id": row.pk, "at": NOW}
    other = opened(hotline)
    refused("transfer_standing", services.dispute, reason="质保金没退", by=hotline.head, **who)
    services.stop(transfer_id=other.pk, reason="重复", by=dept(hotline), at=NOW)
    services.dispute(reason="质保金没退", by=hotline.head, **who)
    assert services.settle(verb="settle_handed", reason="已退", by=dept(hotline), **who).state == State.HANDED_OVER


def test_stopped_and_begun_again(hotline: Hotline) -> None:
    row = in_state(hotline, State.RECTIFYING)
    who = {"transfer_id": row.pk, "by": dept(hotline), "at": NOW}
    services.stop(reason="业主大会否决", **who)
    assert live(row) == {}
    other = opened(hotline)
    refused("transfer_standing", services.restart, reason="重新表决通过", **who)
    services.stop(transfer_id=other.pk, reason="重复", by=dept(hotline), at=NOW)
    services.restart(reason="重新表决通过", **who)
    assert set(live(row)) == {"stage", f"defect{row.defects.get().pk}"}


def test_outside_ones_scope(hotline: Hotline) -> None:
    row = opened(hotline)
    other = hotline.county.actor("other", "station", units=(hotline.county.other_station,))
    refused("not_found", services.submit, transfer_id=row.pk, by=other, at=NOW)
    refused("not_found", selectors.transfer_of, actor=hotline.county.li, transfer_id=row.pk)
    refused("wrong_state", services.submit, transfer_id=row.pk, by=hotline.head, at=NOW)
    assert selectors.is_visible(hotline.manager, row.pk)


def test_a_step_is_taken_once_for_a_client_key(hotline: Hotline) -> None:
    given = {"new": new(), "unit_id": hotline.county.station, "by": hotline.head, "at": NOW}
    first = services.open_once(key="key-0001", **given)
    assert services.open_once(key="key-0001", **given) == first
    who = {"transfer_id": first, "given": Given(defect=a_defect()), "uploads": [], "by": hotline.head, "at": NOW}
    assert services.take_step(verb="add_defect", key="key-0002", **who) == "add_defect"
    assert services.take_step(verb="add_defect", key="key-0002", **who) == "add_defect"
    assert Transfer.objects.get().defects.count() == 1
    refused("no_such_move", services.take_step, verb="burn", key="key-0004", **who)
