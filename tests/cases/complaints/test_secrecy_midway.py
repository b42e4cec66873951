"""A customer asks for secrecy after everybody has known them for a while: from then on no page of the unit tells."""

from datetime import timedelta
from typing import Any

import pytest

from longzhong.cases.complaints import selectors
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import State
from longzhong.cases.hotline import selectors as hotline_reads
from longzhong.cases.hotline import services as hotline_services
from longzhong.cases.hotline.models import Case, Link
from longzhong.cases.hotline.rules.machine import State as CaseState
from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.cases.hotline.services import Caller
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.models import Clock
from longzhong.dispatch.matters.services import Upload
from longzhong.dispatch.workorders import selectors as orders
from longzhong.dispatch.workorders import services as order_services
from longzhong.dispatch.workorders.rules import State as Order
from longzhong.kit import outbox
from longzhong.kit.errors import Refused
from tests.cases.complaints.make import RUDE, a_complaint, people, someone, step, taken_to
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_case
from tests.dispatch.matters.pictures import jpeg

HOUR = timedelta(hours=1)
NOON = MORNING + timedelta(hours=6)
NAME = "欧阳修远"
TEXT = "檀溪营业厅那个戴眼镜的把我的材料往桌上一摔就走了，我是名仕家天下的欧阳修远"
RETOLD = "客户反映窗口服务质量问题，请核查当日录像"
ASKED = "客户来电说怕被打击报复，要求保密"


def known(hotline: Hotline, **changes: Any) -> Complaint:
    """An open complaint of somebody whom everybody knows."""
    caller = Caller(name=NAME, phone="13977778888", account_id=hotline.accounts[2])
    return a_complaint(hotline, TEXT, caller=caller, account=2, **changes)


def hidden(hotline: Hotline, complaint: Complaint, at: Any = NOON) -> Complaint:
    return step(complaint, "hide", people(hotline).office, at, reason=ASKED, summary=RETOLD)


def test_from_then_on_it_is_as_if_secret_from_the_beginning(hotline: Hotline) -> None:
    complaint = taken_to(hotline, known(hotline), State.DISPATCHED)
    order_id = complaint.case.order_id or 0
    assert hotline_reads.is_visible(hotline.head, complaint.case_id) and complaint.grid_id
    complaint = hidden(hotline, complaint)
    order = orders.visible_to(SYSTEM).get(pk=order_id)
    assert (complaint.secrecy, complaint.case.secrecy) == (Secrecy.CONFIDENTIAL, Secrecy.CONFIDENTIAL)
    assert (complaint.grid_id, order.grid_id, order.area_id) == (None, None, None)
    titles = Clock.objects.filter(matter=orders.label(order_id)).values_list("title", flat=True)
    assert titles and not any("台区" in one for one in titles)
    assert not hotline_reads.is_visible(hotline.head, complaint.case_id)
    live = {name for name, _key in matters.live_policies(hotline_reads.label(complaint.case_id))}
    assert "contact" not in live
    card = selectors.complaint_card(people(hotline).handler, complaint.pk, NOON)
    assert (card.knows, card.content) == (False, RETOLD)
    assert complaint.state == State.DISPATCHED


def test_what_was_written_with_the_name_is_shown_no_more(hotline: Hotline) -> None:
    who, complaint = people(hotline), known(hotline)
    text = f"{NAME}的意见已经核实清楚"
    complaint = taken_to(hotline, complaint, State.INVESTIGATING)
    upload = Upload("evidence", f"{NAME}家门口.jpg", jpeg())
    step(complaint, "regrade", who.office, NOON, grade="important", reason=text)
    step(complaint, "find", who.handler, NOON, (upload,), evidence="statement", reason=text)
    complaint = taken_to(hotline, complaint, State.REPLIED, at=NOON + HOUR)
    step(complaint, "return", who.dept, NOON + 2 * HOUR, reason=text)
    complaint = hidden(hotline, complaint, NOON + 3 * HOUR)
    card = selectors.complaint_card(who.handler, complaint.pk, NOON + 4 * HOUR)
    order = [*matters.steps(orders.label(complaint.case.order_id or 0))]
    shown = str(card) + str(selectors.dossier(who.handler, complaint.pk)) + str(order)
    assert NAME not in shown and "的意见已经核实清楚" in card.findings[0].words
    assert card.findings[0].files and not card.findings[0].files[0].is_erased
    page = hotline.client("head", "station").get(f"/complaints/{complaint.pk}/").content.decode()
    assert RETOLD in page and NAME not in page and "把我的材料往桌上一摔" not in page


def test_it_is_taken_apart_from_open_matters(hotline: Hotline) -> None:
    before = a_case(hotline, RUDE, TEXT, account=2)
    root = a_case(hotline, account=1)
    case = a_case(hotline, RUDE, TEXT, account=2, when=MORNING + HOUR)
    child = a_case(hotline, account=1, when=MORNING + 2 * HOUR)
    hotline_services.link(case_id=case.pk, earlier_id=before.pk, by=hotline.desk, at=NOON)
    hotline_services.join(case_id=child.pk, parent_id=case.pk, by=hotline.desk, at=NOON)
    hotline_services.keep_secret(case_id=case.pk, reason=ASKED, by=hotline.desk, at=NOON)
    assert not Link.objects.exists()
    child.refresh_from_db()
    assert (child.parent_id, child.state) == (None, CaseState.TAKEN)
    told = str(
        [(step.words, text) for step in matters.steps(hotline_reads.label(child.pk)) for text in step.words.values()]
    )
    assert "分开办理" in told and "保密" not in told
    follower = a_case(hotline, RUDE, TEXT, account=2, when=MORNING + 3 * HOUR)
    hotline_services.join(case_id=follower.pk, parent_id=root.pk, by=hotline.desk, at=NOON)
    hotline_services.keep_secret(case_id=follower.pk, reason=ASKED, by=hotline.quality, at=NOON)
    follower.refresh_from_db()
    assert (follower.parent_id, follower.state, follower.secrecy) == (None, CaseState.TAKEN, Secrecy.CONFIDENTIAL)


def test_who_may_note_it_and_when(hotline: Hotline) -> None:
    complaint = known(hotline, about_staff_id=hotline.county.staff["office"])
    case = complaint.case
    for by, code in ((hotline.head, "not_allowed"), (hotline.quality, "not_allowed"), (hotline.desk, "reason_missing")):
        with pytest.raises(Refused, match=rf"^{code}: "):
            hotline_services.keep_secret(case_id=case.pk, reason=" ", by=by, at=NOON)
    repair = a_case(hotline)
    with pytest.raises(Refused, match=r"^secrecy_not_for_type: "):
        hotline_services.keep_secret(case_id=repair.pk, reason=ASKED, by=hotline.desk, at=NOON)
    hotline_services.keep_secret(case_id=case.pk, reason=ASKED, by=hotline.desk, at=NOON)
    with pytest.raises(Refused, match=r"^secret_already: "):
        hotline_services.keep_secret(case_id=case.pk, reason=ASKED, by=hotline.desk, at=NOON)
    for summary, code in (("", "summary_missing"), ("那个戴眼镜的把我的材料往桌上一摔", "summary_quotes")):
        with pytest.raises(Refused, match=rf"^{code}: "):
            step(complaint, "hide", people(hotline).office2, NOON, summary=summary)
    other = someone("crew", "desk", (hotline.county.station,))  # of the unit's own desk
    with pytest.raises(Refused, match=r"^(caller_confidential|not_allowed): "):
        step(complaint, "hide", other, NOON, summary=RETOLD)


def test_who_took_the_call_asks_on_the_cases_page_and_the_office_retells(hotline: Hotline) -> None:
    complaint = taken_to(hotline, known(hotline), State.DISPATCHED)
    case = Case.objects.get(pk=complaint.case_id)
    desk, head = hotline.client("wang", "desk"), hotline.client("head", "station")
    address = f"/calls/cases/{case.pk}/"
    assert "客户要求保密" in desk.get(address).content.decode()
    assert "客户怎样提出的" not in head.get(address).content.decode()
    for _twice in range(2):
        posted = desk.post(f"{address}keep_secret/", {"reason": ASKED, "client_key": "keep-secret-1"})
        assert posted.status_code == 302
    outbox.deliver_all()
    complaint.refresh_from_db()
    assert (complaint.secrecy, complaint.grid_id) == (Secrecy.CONFIDENTIAL, None)
    page = f"/complaints/{complaint.pk}/"
    assert "待优质服务办公室转述" in head.get(page).content.decode()
    office = hotline.client("office", "quality")
    assert "保密转述" in office.get(page).content.decode() and "保密转述" not in head.get(page).content.decode()
    told = office.post(f"{page}hide/", {"summary": RETOLD, "client_key": "hide-step-1"})
    assert told.status_code == 302 and RETOLD in head.get(page).content.decode()


def test_a_danger_told_in_secret_is_found_and_tells_nothing(hotline: Hotline) -> None:
    """The crew gets the place; neither who told it nor that a complaint stands behind it, on no page of theirs."""
    caller = Caller(name=NAME, phone="13977778888", account_id=hotline.accounts[2])
    crew = someone("crew", "crew", (hotline.county.station,))
    complaint = a_complaint(
        hotline,
        f"{TEXT}，门口电线掉下来了",
        caller=caller,
        account=2,
        hazard="wire_broken",
        secrecy=Secrecy.CONFIDENTIAL,
    )
    case = Case.objects.get(pk=complaint.case_id)
    hotline_services.dispatch(case_id=case.pk, owner_id=crew.staff_id, by=SYSTEM, at=NOON)
    case.refresh_from_db()
    order = orders.visible_to(SYSTEM).get(pk=case.order_id)
    assert (order.kind, order.area_id) == ("repair", hotline.areas["A1"])
    order_services.accept(order_id=order.pk, by=crew, at=NOON)
    outbox.deliver_all()
    case.refresh_from_db()
    assert case.owner_id == hotline.desk.staff_id and orders.standing(order.pk).state == Order.ACCEPTED
    assert not Clock.objects.filter(matter=hotline_reads.label(case.pk), owner=crew.staff_id).exists()
    for client in (hotline.client("crew", "crew"), hotline.client("head", "station")):
        page = client.get(f"/orders/{order.pk}/").content.decode()
        assert "名仕家天下1号台区" in page
        for telling in (NAME, "13977778888", str(case), f"/calls/cases/{case.pk}/", "4200000000002"):
            assert telling not in page
    assert (
        f"/calls/cases/{case.pk}/" in hotline.client("office", "quality").get(f"/orders/{order.pk}/").content.decode()
    )


def test_a_danger_keeps_its_place_when_secrecy_is_asked_midway(hotline: Hotline) -> None:
    complaint = known(hotline, hazard="wire_broken")
    case = hotline_services.dispatch(case_id=complaint.case_id, by=SYSTEM, at=NOON)
    hotline_services.keep_secret(case_id=case.pk, reason=ASKED, by=hotline.desk, at=NOON)
    assert orders.visible_to(SYSTEM).get(pk=case.order_id).area_id == hotline.areas["A1"]


def test_governed_cases_join_nothing_by_any_door(hotline: Hotline) -> None:
    complaint = a_complaint(hotline, account=1)
    twin = a_case(hotline, account=1, when=MORNING + HOUR)
    pairs = ((twin.pk, complaint.case_id), (complaint.case_id, twin.pk))
    for case_id, parent_id in pairs:
        with pytest.raises(Refused, match=r"^case_governed: "):
            hotline_services.relate(case_id=case_id, earlier_id=parent_id, by=hotline.desk, at=NOON)
        with pytest.raises(Refused, match=r"^case_governed: "):
            hotline_services.take_tie(
                case_id=case_id,
                verb="join",
                given=hotline_services.Tie(parent_id),
                key=f"join-twin-{case_id}",
                by=hotline.desk,
                at=NOON,
            )
    page = hotline.client().get(f"/calls/same/{twin.pk}/").content.decode()
    assert "并入这一件" not in page
