"""Ways by which a unit could still learn who complained in confidence: around the complaint's own page, one after the other."""

from datetime import timedelta
from typing import Any

import pytest

from longzhong.cases.closures import services as closures
from longzhong.cases.closures.rules import Given as Paper
from longzhong.cases.closures.rules import Kind
from longzhong.cases.complaints import selectors, services
from longzhong.cases.complaints.rules import Given, State
from longzhong.cases.disconnections.rules.guard import Stage
from longzhong.cases.disconnections.selectors.guarding import guard
from longzhong.cases.explanations.pages.detail import _case
from longzhong.cases.hotline import selectors as hotline_reads
from longzhong.cases.hotline import services as hotline_services
from longzhong.cases.hotline.models import Case, Link
from longzhong.cases.hotline.rules.words import Channel, Secrecy
from longzhong.cases.hotline.selectors.resolving import first_contacts
from longzhong.cases.hotline.services import Caller, NewCall, NewCase
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.services import Upload
from longzhong.dispatch.workorders import selectors as orders
from longzhong.kit import outbox
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from tests.cases.complaints.make import RUDE, called_back, dispatch_given, people, someone, step, taken_to
from tests.cases.complaints.test_secrecy import NOON, QUOTE, TEXT, secret
from tests.cases.disconnections.make import ACT, proposed
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_call, a_case, category
from tests.cases.nearmisses.make import a_near_miss
from tests.dispatch.matters.pictures import jpeg

HOUR = timedelta(hours=1)


def secret_case(hotline: Hotline, **changes: Any) -> Case:
    """Taken and opened; nobody has heard of it yet."""
    return a_case(hotline, RUDE, TEXT, secrecy=Secrecy.CONFIDENTIAL, account=2, **changes)


def test_nobody_of_the_unit_sees_it_before_governance_has_heard(hotline: Hotline) -> None:
    case = secret_case(hotline)
    assert not case.governed
    for reader in (hotline.head, hotline.manager, someone("crew", "crew", (hotline.county.station,))):
        assert not hotline_reads.is_visible(reader, case.pk)
        assert not hotline_reads.visible_calls(reader).filter(case=case).exists()
    assert hotline_reads.is_visible(hotline.desk, case.pk) and hotline_reads.is_visible(hotline.quality, case.pk)


def test_a_secret_matter_that_a_machine_took_is_the_offices(hotline: Hotline) -> None:
    who = people(hotline)
    caller = Caller(name="欧阳修远", phone="13977778888", account_id=hotline.accounts[2])
    call = hotline_services.take_call(
        call=NewCall(channel=Channel.GOV_12345, text=TEXT, caller=caller), by=SYSTEM, at=MORNING
    )
    wanted = NewCase(
        category_id=category(RUDE),
        secrecy=Secrecy.CONFIDENTIAL,
        chosen=False,
        confidence=0.99,
        about_staff_id=who.office.staff_id,
    )
    case = hotline_services.open_case(call_id=call.pk, case=wanted, by=SYSTEM, at=MORNING)
    assert case.first_asked_id == case.owner_id == who.office2.staff_id  # of the office, but not who it is about
    assert not hotline_reads.is_visible(hotline.head, case.pk)
    assert not hotline_reads.may_know_caller(hotline.manager, case)


def test_whom_it_is_about_never_sees_case_or_call(hotline: Hotline) -> None:
    """Neither as somebody of the office, nor having taken the call themselves."""
    staff = hotline.county.staff
    for code, role, by in (("office", "quality", None), ("wang", "desk", hotline.desk)):
        case = secret_case(hotline, about_staff_id=staff[code], by=by)
        accused = someone(code, role, (hotline.county.county, hotline.county.station))
        assert not hotline_reads.is_visible(accused, case.pk)
        assert not hotline_reads.visible_calls(accused).filter(case=case).exists()


def test_the_cell_of_the_customer_is_told_to_nobody(hotline: Hotline) -> None:
    """Its manager would know that somebody of theirs complained."""
    complaint = secret(hotline)
    case = Case.objects.get(pk=complaint.case_id)
    hotline_services.dispatch(case_id=case.pk, by=SYSTEM, at=NOON)
    case.refresh_from_db()
    order = orders.visible_to(SYSTEM).get(pk=case.order_id)
    assert (case.grid_id, complaint.grid_id, order.grid_id, order.area_id) == (hotline.county.grid, None, None, None)
    assert order.owner_id != hotline.manager.staff_id
    assert not selectors.is_visible(hotline.manager, complaint.pk)
    assert not orders.is_visible(hotline.manager, order.pk)


def test_nothing_open_hangs_on_a_secret_case(hotline: Hotline) -> None:
    """The customer's other matters on the unit's own pages: not linked, not counted, not come back to, not joined."""
    day, text = civil_day(MORNING), "营业厅的工作人员态度恶劣，办业务推来推去"
    before = a_case(hotline, RUDE, text, account=2)
    asked = a_call(hotline, "问一下电费", account=2, when=MORNING)
    hotline_services.answer_call(call_id=asked.pk, outcome="answered", reply="已经说明", by=hotline.desk, at=MORNING)
    case = secret_case(hotline, when=MORNING + HOUR)
    outbox.deliver_all()
    after = a_case(hotline, RUDE, text, account=2, when=MORNING + 2 * HOUR)
    outbox.deliver_all()
    pairs = {(row.case_id, row.earlier_id) for row in Link.objects.all()}
    assert pairs == {(after.pk, before.pk)}
    after.refresh_from_db()
    run = hotline_reads.run_of(after, NOON)
    assert (after.calls_count, run.calls, case.pk in run.case_ids) == (2, 2, False)
    told = hotline_reads.repeat_of(account_id=hotline.accounts[2], at=NOON)
    assert case.pk not in told.case_ids
    only = first_contacts(hotline.head, day, day, NOON + 80 * HOUR).get(pk=asked.pk)
    assert only.again  # by the open case of an hour later
    Case.objects.filter(pk=after.pk).update(secrecy=Secrecy.CONFIDENTIAL)
    assert not first_contacts(hotline.head, day, day, NOON + 80 * HOUR).get(pk=asked.pk).again
    for later, earlier in ((case, before), (before, case)):
        with pytest.raises(Refused, match=r"^link_secret: "):
            hotline_services.link(case_id=later.pk, earlier_id=earlier.pk, by=hotline.desk, at=NOON)
        with pytest.raises(Refused, match=r"^join_secret: "):
            hotline_services.join(case_id=later.pk, parent_id=earlier.pk, by=hotline.desk, at=NOON)


def test_a_page_names_no_case_that_its_reader_may_not_open(hotline: Hotline) -> None:
    """A case that had joined another before its caller asked for secrecy."""
    root = a_case(hotline, account=1)
    case = a_case(hotline, RUDE, account=2, when=MORNING + HOUR)
    hotline_services.join(case_id=case.pk, parent_id=root.pk, by=hotline.desk, at=NOON)
    Case.objects.filter(pk=case.pk).update(secrecy=Secrecy.CONFIDENTIAL)
    assert hotline_reads.case_card(hotline.head, root.pk, NOON).children == ()
    assert len(hotline_reads.case_card(hotline.desk, root.pk, NOON).children) == 1


@pytest.mark.parametrize(
    "said", ["欧阳修远", "欧阳先生", "１３９-7777-8888", "4200000000002", "名仕家天下11号楼1单元502"]
)
def test_who_knows_the_customer_cannot_name_them_by_mistake(hotline: Hotline, said: str) -> None:
    """In the retelling, reasons, evidence and names of files, basis and answer; neither on the page nor in the order."""
    who, complaint = people(hotline), secret(hotline)
    text = f"{said}的意见已经核实清楚"
    step(complaint, "dispatch", who.office, NOON, **dispatch_given(hotline, complaint, summary=text))
    step(complaint, "regrade", who.office, NOON, grade="important", reason=text)
    taken_to(hotline, complaint, State.INVESTIGATING, at=NOON + HOUR)
    upload = Upload("evidence", f"{said}.jpg", jpeg())
    step(complaint, "find", who.desk, NOON + 2 * HOUR, (upload,), evidence="statement", reason=text)
    taken_to(hotline, complaint, State.REVIEWED, at=NOON + 3 * HOUR)
    decided = {"verdict": "dismissed", "responsibility": "customer", "basis": text}
    step(complaint, "decide", who.office, NOON + 5 * HOUR, **decided)
    step(complaint, "answer", who.office, NOON + 6 * HOUR, answer=f"尊敬的{text}")
    called_back(hotline, complaint, NOON + 7 * HOUR, "dissatisfied")
    page = str(selectors.complaint_card(who.handler, complaint.pk, NOON + 8 * HOUR))
    order = orders.label(complaint.case.order_id or 0)
    shown = page + str(selectors.dossier(who.handler, complaint.pk)) + str([*matters.steps(order)])
    assert said not in shown and "已经核实清楚" in shown
    assert "问题没有解决" not in str([*matters.steps(order)])  # what the customer said at the call-back


def test_a_guess_is_not_told_to_be_right(hotline: Hotline) -> None:
    """Whoever doesn't know writes what they like: nothing is taken out, nothing refused."""
    complaint = taken_to(hotline, secret(hotline), State.INVESTIGATING)
    step(complaint, "find", people(hotline).handler, NOON, evidence="statement", reason="我猜是欧阳修远反映的")
    card = selectors.complaint_card(people(hotline).handler, complaint.pk, NOON)
    assert card.findings[-1].words == "我猜是欧阳修远反映的"


def test_withdrawn_and_void_name_nobody_either(hotline: Hotline) -> None:
    who = people(hotline)
    for verb in ("withdraw", "void"):
        complaint = taken_to(hotline, secret(hotline, about_staff_id=None), State.DISPATCHED)
        given = Given(reason="欧阳修远来电说不再追究")
        {"withdraw": services.withdraw, "void": services.void}[verb](
            complaint_id=complaint.pk, reason=given.reason, by=who.office, at=NOON
        )
        labels = [selectors.label(complaint.pk), orders.label(complaint.case.order_id or 0)]
        assert "欧阳修远" not in str([[*matters.steps(label)] for label in labels])


def test_the_guard_of_disconnections_gives_nobody_away(hotline: Hotline) -> None:
    for account, holds in ((1, True), (2, False)):
        row = proposed(hotline, account)
        how = Secrecy.OPEN if holds else Secrecy.CONFIDENTIAL
        a_case(hotline, RUDE, TEXT, secrecy=how, account=account)
        found = {one.code: one.blocks for one in guard(row.pk, ACT, Stage.PAPERS)}
        assert found["open_dispute"] is holds


def test_service_record_and_averted_complaint_name_no_secret_case(hotline: Hotline) -> None:
    complaint = secret(hotline)
    number = Case.objects.get(pk=complaint.case_id).number or ""
    made = a_near_miss(hotline.desk, case_id=complaint.case_id, staff_id=hotline.county.staff["wang"])
    record = f"/nearmisses/staff/{hotline.county.staff['li']}/"
    office, head = hotline.client("office", "quality"), hotline.client("head", "station")
    accused = hotline.client("li", "grid")
    assert number in office.get(record).content.decode()
    for client in (head, accused):
        page = client.get(record)
        assert page.status_code == 200 and number not in page.content.decode()
    for client, sees in ((office, True), (head, False)):
        page = client.get(f"/nearmisses/{made}/").content.decode()
        assert (number in page, "****0002" in page) == (sees, sees)
        assert QUOTE not in page


def test_searching_tells_nothing_by_the_number_of_rows(hotline: Hotline) -> None:
    """By account, place, words or number: what is asked of the lists is asked of what the reader may see."""
    complaint = taken_to(hotline, secret(hotline), State.DISPATCHED)
    case = Case.objects.get(pk=complaint.case_id)
    order = str(orders.visible_to(SYSTEM).get(pk=case.order_id).number)
    client = hotline.client("head", "station")
    pages = {
        "/orders/?q=名仕家天下1号台区": order, "/calls/cases/?q=材料": str(case), "/calls/cases/?state=all": str(case),
        f"/calls/cases/?q={case}": "<td", "/search/?q=A1": order, "/calls/": str(case), "/calls/repeats/": str(case),
        f"/calls/desk/?account={hotline.accounts[2]}": str(case), f"/accounts/{hotline.accounts[2]}/": str(case),
        f"/api/workorders/orders/?area_id={case.area_id}": order, f"/curves/areas/{case.area_id}/": order,
    }  # fmt: skip
    for address, number in pages.items():
        page = client.get(address)
        assert number not in page.content.decode(), (address, page.status_code)
    assert order in hotline.client("office", "quality").get("/orders/").content.decode()


def test_what_was_written_for_an_account_names_no_secret_case(hotline: Hotline) -> None:
    """A list of documents handed over and an explained bill stand beside the account: the case's number would join the two."""
    complaint, account = secret(hotline), hotline.accounts[2]
    number = Case.objects.get(pk=complaint.case_id).number or ""
    told = closures.tell_list(
        account_id=account, kind=next(iter(Kind)), way="hall", case_number=number, by=hotline.desk, at=MORNING
    )
    given = Paper(paper="property", reason="窗口忘了说", staff="wang")
    fault = closures.ask_again(telling_id=told.pk, given=given, by=hotline.desk, at=NOON)
    for role, code, sees in (("quality", "office", True), ("station", "head", False)):
        page = hotline.client(code, role).get(f"/closures/again/{fault.pk}/")
        assert page.status_code == 200 and (number in page.content.decode()) is sees
    for reader, said in ((hotline.desk, number), (hotline.head, "不在您的管辖范围内")):
        assert said in str(_case(reader, hotline_reads.label(complaint.case_id)))
