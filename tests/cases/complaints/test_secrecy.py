"""A confidential complaint about a hall clerk: who complained is on no page, export, step, fact or message for the unit."""

import json
from datetime import timedelta
from typing import Any

import pytest

from longzhong.cases.complaints import selectors, services
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import Given, State
from longzhong.cases.hotline import selectors as hotline_reads
from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.cases.hotline.services import Caller
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.models import Step
from longzhong.dispatch.notifications.models import Message
from longzhong.dispatch.workorders.selectors import label as order_label
from longzhong.dispatch.workorders.selectors import standing
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact, JournalEntry
from tests.cases.complaints.make import a_complaint, called_back, dispatch_given, people, someone, step, taken_to
from tests.cases.complaints.walk import walk
from tests.cases.hotline.make import MORNING, Hotline
from tests.sample import some

NOON = MORNING + timedelta(hours=6)
QUOTE = "把我的材料往桌上一摔"
TEXT = f"檀溪营业厅那个戴眼镜的{QUOTE}就走了，请保密，我是名仕家天下的欧阳修远，电话13977778888"
TELLING = (
    "欧阳修远", "欧阳**", "欧阳*", "13977778888", "139****8888", "4200000000002", "1单元502", "名仕家天下1号台区", QUOTE,
)  # fmt: skip


def secret(hotline: Hotline, **changes: Any) -> Complaint:
    caller = Caller(
        name="欧阳修远", phone="13977778888", address="名仕家天下11号楼1单元502", account_id=hotline.accounts[2]
    )
    given = {"about_staff_id": hotline.county.staff["li"], "about_unit_id": hotline.county.station, **changes}
    return a_complaint(hotline, TEXT, secrecy=Secrecy.CONFIDENTIAL, caller=caller, account=2, **given)


WALKERS = some((("head", "station"), ("li", "grid"), ("zhang", "grid"), ("crew", "crew")), 4)  # the head reaches most


def test_the_unit_never_learns_who_complained(hotline: Hotline, caplog: pytest.LogCaptureFixture) -> None:
    clients = {who: hotline.client(who, role) for who, role in WALKERS}
    home = [f"/accounts/{hotline.accounts[2]}/", f"/curves/areas/{hotline.areas['A1']}/"]
    before = {who: walk(client, NOON, TELLING, home) for who, client in clients.items()}
    assert all(len(pages) > 15 for pages in before.values())
    complaint = taken_to(hotline, secret(hotline), State.CLOSED)
    complaint.case.refresh_from_db()
    ids = (complaint.case_id, complaint.case.order_id, complaint.pk)
    own = [f"/calls/cases/{ids[0]}/", f"/orders/{ids[1]}/", f"/field/{ids[1]}/", f"/complaints/{ids[2]}/"]
    calls = [f"/calls/{one.pk}/" for one in complaint.case.calls.all()]
    also = [*home, *own, *calls, f"/calls/same/{ids[0]}/", f"/api/workorders/orders/{ids[1]}/"]
    for who, client in clients.items():
        after = walk(client, NOON, TELLING, also)
        leaks = {page: news for page, said in after.items() if (news := said - before[who].get(page, set()))}
        assert leaks == {}, (who, leaks)
    written = [*texts_of(complaint), caplog.text]
    assert [one for one in TELLING if any(one in text for text in written)] == []


def texts_of(complaint: Complaint) -> list[str]:
    """Steps of the complaint, its case and order; every fact, message and line of the journal."""
    labels = [
        selectors.label(complaint.pk), hotline_reads.label(complaint.case_id), order_label(complaint.case.order_id or 0),
    ]  # fmt: skip
    steps = [f"{card.data}{card.words}" for label in labels for card in matters.steps(label)]
    rows = [*Step.objects.values_list("data", flat=True), *Fact.objects.values_list("body", flat=True)]
    journal = JournalEntry.objects.values()
    return [*steps, *(json.dumps(one, ensure_ascii=False, default=str) for one in (*rows, *journal)),
            *map(str, Message.objects.values())]  # fmt: skip


def test_what_each_may_read(hotline: Hotline) -> None:
    who, county = people(hotline), hotline.county
    complaint = taken_to(hotline, secret(hotline), State.REPLIED)
    for reader in (who.handler, who.head, who.dept, who.leader):
        card = selectors.complaint_card(reader, complaint.pk, NOON)
        said = selectors.dossier(reader, complaint.pk)
        assert not card.knows and QUOTE not in card.content and "窗口服务质量" in card.content
        assert said.content == card.content
        assert not hotline_reads.is_visible(reader, complaint.case_id)
    for reader in (who.office, who.desk):
        assert QUOTE in selectors.complaint_card(reader, complaint.pk, NOON).content
        assert hotline_reads.is_visible(reader, complaint.case_id)
    accused = someone("li", "station", (county.station,))
    assert not selectors.is_visible(accused, complaint.pk)
    with pytest.raises(Refused, match=r"^not_found: "):
        selectors.complaint_card(accused, complaint.pk, NOON)
    assert standing(Complaint.objects.get(pk=complaint.pk).case.order_id or 0).state == "finished"


def test_retelling_and_speaking_for_the_customer(hotline: Hotline) -> None:
    who = people(hotline)
    complaint = secret(hotline)
    for code, summary in (("summary_missing", ""), ("summary_quotes", f"客户说那个戴眼镜的{QUOTE}")):
        given = dispatch_given(hotline, complaint, summary=summary)
        with pytest.raises(Refused, match=f"^{code}: "):
            services.dispatch(complaint_id=complaint.pk, given=Given(**given), by=who.office, at=NOON)
    taken_to(hotline, complaint, State.DISPATCHED, at=NOON)
    with pytest.raises(Refused, match=r"^not_to_be_called: "):
        step(complaint, "contact", who.handler, NOON, result="reached")
    taken_to(hotline, complaint, State.DECIDED, at=NOON)
    for verb, by in (("answer", who.handler), ("answer", who.head)):
        with pytest.raises(Refused, match=r"^caller_confidential: "):
            step(complaint, verb, by, NOON, answer="已处理并致歉")
    taken_to(hotline, complaint, State.ANSWERED, at=NOON)
    assert called_back(hotline, complaint, NOON).state == State.CLOSED


def test_an_anonymous_complaint_ends_with_its_answer(hotline: Hotline) -> None:
    """The unit reads it retold, the office in the customer's own words; who it was is nobody's to know."""
    who, complaint = people(hotline), a_complaint(hotline, TEXT, secrecy=Secrecy.ANONYMOUS, account=1)
    given = dispatch_given(hotline, complaint, summary="")
    with pytest.raises(Refused, match=r"^summary_missing: "):
        services.dispatch(complaint_id=complaint.pk, given=Given(**given), by=who.office, at=NOON)
    assert QUOTE in selectors.complaint_card(who.office, complaint.pk, NOON).content
    done = taken_to(hotline, complaint, State.ANSWERED)
    assert done.state == State.CLOSED
    said = selectors.complaint_card(who.handler, complaint.pk, NOON).content
    assert QUOTE not in said and "窗口服务质量" in said
    assert not hotline_reads.may_know_caller(who.office, done.case)
