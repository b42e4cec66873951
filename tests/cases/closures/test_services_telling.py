"""Told once, asked twice, printed, reminded; and the seed's story (000): a spoken wish, no identity card, a bill a year later."""

from datetime import date
from typing import Any

import pytest

from longzhong.cases.closures import selectors, services
from longzhong.cases.closures.models import Closure, ClosurePaper, Telling, ToldAgain
from longzhong.cases.closures.rules import Fault, Given, House, NewClosure, State
from longzhong.cases.hotline.models import Case
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.notifications import selectors as notices
from longzhong.dispatch.notifications import services as notifications
from longzhong.dispatch.notifications.models import Message
from longzhong.dispatch.notifications.rules import Channel, NewNotice, Purpose, Recipient, Text, Variable
from longzhong.kit import outbox, papers
from longzhong.kit.actor import Actor
from longzhong.kit.models import JournalEntry
from longzhong.register.customers import selectors as customers
from longzhong.register.policies.services import change_policy
from tests.cases.closures.make import (
    DAY,
    LATER,
    MORNING,
    SYSTEM,
    Hotline,
    a_project,
    begun,
    key,
    listed,
    refused,
    taken_to,
)
from tests.cases.hotline.make import PLAIN, a_case
from tests.dispatch.make import at

pytestmark = pytest.mark.django_db


def bill(here: Hotline, *accounts: int, when: Any = LATER, purpose: Purpose = Purpose.BILLING) -> Any:
    """A message to these accounts, composed and queued."""
    template = notifications.NewTemplate(
        code=f"bill_{purpose}", title="电费账单", purpose=purpose, signature="襄阳供电",
        variables=(Variable("yuan", "电费", longest=12, sample="56.20"),), texts={Channel.SMS: Text("本月电费{yuan}元。")},
    )  # fmt: skip
    notifications.keep_template(template=template, by=SYSTEM, at=when)
    new = NewNotice(
        template=template.code, unit_id=here.county.station, channels=(Channel.SMS,), params={"yuan": "56.20"}
    )
    rows = [Recipient(account_id=here.accounts[one]) for one in accounts]
    notice = notifications.compose(notice=new, recipients=rows, by=SYSTEM, at=when)
    notifications.queue_notice(notice_id=notice.pk, by=SYSTEM, at=when)
    return notice


def fates(notice: Any) -> list[tuple[str, str]]:
    return list(Message.objects.filter(notice=notice).order_by("id").values_list("state", "reason"))


def test_the_seeds_story_ends_without_a_complaint(hotline: Hotline) -> None:
    """2017: demolished, wants to close at the counter, no identity card. 2018: the bill isn't sent, somebody reminds him."""
    project = a_project(hotline)
    (house,) = listed(hotline, project, 1)
    counter = services.begin(
        account_id=hotline.accounts[1],
        new=NewClosure(channel="verbal", note="打印发票时说拆迁要销户，没有带身份证"), by=hotline.desk, at=MORNING,
    )  # fmt: skip
    assert counter.state == State.WISHED
    assert customers.account_states([counter.account_id])[counter.account_id] == "closing"  # never closed by a word
    a_year_later = at("2027-04-25 09:00")
    notice = bill(hotline, 1, 3, when=a_year_later)
    assert fates(notice) == [("skipped", "account_closing"), ("queued", "")]
    assert notices.withheld([counter.account_id]) == 1
    assert selectors.progress_of(hotline.head, project.pk, DAY).withheld == 1
    assert Case.objects.count() == 0
    row = selectors.closure_of(hotline.desk, counter.pk)  # the pending ticket is still there, late, with its owner
    assert (row.state, row.owner_id) == (State.WISHED, hotline.county.staff["wang"])
    assert selectors.counts(hotline.desk, a_year_later.date())["due"] == 1
    who: dict[str, Any] = {"closure_id": row.pk, "by": hotline.desk, "at": a_year_later}
    services.accept(given=Given(shown="identity", signed=True), **who)
    house.refresh_from_db()
    assert house.state == House.DOCUMENTS


def test_which_messages_a_closing_account_gets(hotline: Hotline) -> None:
    begun(hotline)
    assert fates(bill(hotline, 1, 3))[0][1] == "account_closing"
    assert fates(bill(hotline, 1, purpose=Purpose.SERVICE))[0] == ("queued", "")
    change_policy(
        key="notices.closing_silent", value=["marketing"], unit_id=None, edition="", reason="试行", from_on=DAY, by=SYSTEM,
        at=MORNING,
    )  # fmt: skip
    assert fates(bill(hotline, 1))[0] == ("queued", "")


def test_told_once_and_asked_twice_is_our_fault(hotline: Hotline) -> None:
    row = begun(hotline, shown="identity")
    telling = row.tellings.get()
    given = Given(paper="property", reason="窗口忘了说", staff="wang")
    who: dict[str, Any] = {"telling_id": telling.pk, "by": hotline.manager, "at": LATER}
    refused("paper_listed", services.ask_again, given=Given(paper="account", reason="不明"), **who)
    refused("paper_unknown", services.ask_again, given=Given(paper="horoscope", reason="不明"), **who)
    refused("words_missing", services.ask_again, given=Given(paper="property"), **who)
    refused("no_such_staff", services.ask_again, given=Given(paper="property", reason="不明", staff="nobody"), **who)
    fault = services.ask_again(given=given, **who)
    refused("told_again_already", services.ask_again, given=given, **who)
    assert (fault.staff_id, fault.recorded_by_id) == (hotline.county.staff["wang"], hotline.county.staff["zhang"])
    paper = ClosurePaper.objects.get(closure=row, code="property")
    assert not paper.told and paper.brought_at is None
    outbox.deliver_all(twice=True)
    (clock,) = matters.clock_cards(selectors.fault_label(fault.pk), LATER)
    assert clock.is_live and clock.name == "review"
    judge = {"fault_id": fault.pk, "verb": "confirm", "reason": "核实录音属实", "at": LATER}
    refused("own_fault", services.judge, by=hotline.manager, **judge)
    refused("own_fault", services.judge, by=hotline.desk, **judge)
    refused(
        "not_allowed",
        services.judge,
        by=hotline.county.actor("boss", "leader", units=(hotline.county.station,)),
        **judge,
    )
    refused(
        "not_found",
        services.judge,
        by=hotline.county.actor("other", "station", units=(hotline.county.other_station,)),
        **judge,
    )
    refused("words_missing", services.judge, by=hotline.head, **{**judge, "reason": " "})
    services.judge(by=hotline.head, **judge)
    refused("wrong_state", services.judge, by=hotline.head, **judge)
    fault.refresh_from_db()
    assert (fault.state, fault.judged_by_id) == (Fault.CONFIRMED, hotline.county.staff["head"])
    assert not any(one.is_live for one in matters.clock_cards(selectors.fault_label(fault.pk), LATER))
    assert not services.start_review(fault_id=fault.pk, by=SYSTEM, at=LATER)


def test_what_was_asked_after_a_wish_is_wanted_too(hotline: Hotline) -> None:
    row = begun(hotline)
    given = Given(paper="property", reason="漏说")
    services.ask_again(telling_id=row.tellings.get().pk, given=given, by=hotline.desk, at=LATER)
    services.accept(closure_id=row.pk, given=Given(shown="identity"), by=hotline.desk, at=LATER)
    assert [(one.code, one.told) for one in row.papers.order_by("id")] == [
        ("identity", True), ("account", True), ("property", False)
    ]  # fmt: skip
    services.withdraw(closure_id=row.pk, given=Given(reason="不销了"), by=hotline.desk, at=LATER)
    again: dict[str, Any] = {"telling_id": row.tellings.get().pk, "given": Given(paper="load", reason="不明")}
    refused("closure_over", services.ask_again, **again, by=hotline.desk, at=LATER)


def test_any_business_is_told_once(hotline: Hotline) -> None:
    case = a_case(hotline, "enquiry.change", "过户要带什么", account=1)
    given: dict[str, Any] = {
        "account_id": hotline.accounts[1],
        "kind": "owner",
        "way": "print",
        "by": hotline.desk,
        "at": LATER,
    }
    row = services.tell_list(case_number=case.number, **given)
    assert (row.codes, row.case_id, row.confidence) == (["identity", "property", "consent", "authority"], case.pk, "U")
    refused("told_already", services.tell_list, case_number=case.number, **given)
    services.tell_list(**given)  # another visit of the same customer, no case
    refused("list_unknown", services.tell_list, **{**given, "kind": "wedding"})
    refused("list_unknown", services.tell_list, **{**given, "way": "pigeon"})
    refused("case_unknown", services.tell_list, case_number="K404", **given)
    refused("teller_unknown", services.tell_list, **{**given, "by": SYSTEM})
    refused("not_found", services.tell_list, **{**given, "account_id": hotline.accounts[5], "by": hotline.head})
    refused("not_allowed", services.tell_list, **{**given, "by": hotline.county.actor("boss", "leader")})
    pressed = key()
    first = services.tell_once(**given, key=pressed)
    assert services.tell_once(**given, key=pressed) == first
    assert Telling.objects.count() == 3
    again = {
        "telling_id": first,
        "given": Given(paper="load", reason="不明"),
        "key": key(),
        "by": hotline.desk,
        "at": LATER,
    }
    assert services.ask_again_once(**again) == services.ask_again_once(**again)
    assert ToldAgain.objects.count() == 1


def test_the_list_is_as_it_was_told_though_the_policy_changes(hotline: Hotline) -> None:
    row = begun(hotline)
    change_policy(
        key="onetime.close_resident", value=["identity"], unit_id=None, edition="", reason="简化", from_on=DAY, by=SYSTEM,
        at=MORNING,
    )  # fmt: skip
    assert row.tellings.get().codes == ["identity", "authority", "account"]
    assert begun(hotline, 2).tellings.get().codes == ["identity"]
    paper = services.told_list(telling_id=row.tellings.get().pk, by=hotline.desk)
    assert "待确认" in paper.note
    assert papers.pdf(paper).startswith(b"%PDF")
    stranger = Actor(1, None, "x")
    refused("not_found", services.told_list, telling_id=row.tellings.get().pk, by=stranger)


@pytest.mark.parametrize("kind", [services.FORM, services.LETTER])
def test_printed_forms_are_filled_and_every_look_is_kept(hotline: Hotline, kind: str) -> None:
    row = begun(hotline, shown="identity", signed=True)
    paper = services.fill_paper(closure_id=row.pk, kind=kind, by=hotline.desk, at=LATER)
    assert all(word in str(paper.blocks) for word in ("4200000000001", "张惠芳", "3单元101"))
    assert papers.pdf(paper).startswith(b"%PDF") and papers.docx(paper).startswith(b"PK")
    assert JournalEntry.objects.filter(act="customers.reveal", label=f"customers.account:{row.account_id}").count() == 3
    steps = str([(step.data, step.words) for step in matters.steps(selectors.label(row.pk))])
    assert not any(word in steps for word in PLAIN)
    who: dict[str, Any] = {"closure_id": row.pk, "by": hotline.desk, "at": LATER}
    refused("nothing_to_print", services.fill_paper, **{**who, "kind": "poem"})
    leader = hotline.county.actor("boss", "leader", units=(hotline.county.station,))
    refused("not_allowed", services.fill_paper, **{**who, "kind": kind, "by": leader})
    refused("not_found", services.fill_paper, **{**who, "kind": kind, "by": Actor(1, None, "x")})
    services.withdraw(given=Given(reason="不销了"), **who)
    refused("nothing_to_print", services.fill_paper, **{**who, "kind": kind})


def test_the_customer_is_reminded_once_a_day_with_the_state(hotline: Hotline) -> None:
    row = begun(hotline, shown="identity")
    who: dict[str, Any] = {"closure_id": row.pk, "by": hotline.desk, "at": LATER}
    notice = services.remind_customer(**who)
    assert services.remind_customer(**who) == notice
    (message,) = Message.objects.filter(notice=notice)
    assert (message.state, message.account_id) == ("queued", row.account_id)
    row.refresh_from_db()
    assert row.reminded_at == LATER
    assert [step.verb for step in matters.steps(selectors.label(row.pk))].count("remind") == 1
    refused("not_allowed", services.remind_customer, **{**who, "by": hotline.manager})
    gone = taken_to(hotline, State.SETTLING, 2, ground="demolition")
    refused("account_gone", services.remind_customer, **{**who, "closure_id": gone.pk})
    services.withdraw(given=Given(reason="不销了"), **who)
    refused("closure_over", services.remind_customer, **who)


def test_reminders_by_themselves_only_where_the_policy_says(hotline: Hotline) -> None:
    row = begun(hotline, next_on=date(2026, 3, 4))
    later = at("2026-03-06 09:35")
    assert services.remind_due(by=SYSTEM, at=later) == 0
    change_policy(
        key="closure.auto_remind", value=True, unit_id=None, edition="", reason="试行", from_on=DAY, by=SYSTEM, at=MORNING
    )  # fmt: skip
    assert services.remind_due(by=SYSTEM, at=MORNING) == 0
    assert services.remind_due(by=SYSTEM, at=later) == 1
    assert services.remind_due(by=SYSTEM, at=later) == 0
    assert Closure.objects.get(pk=row.pk).reminded_at == later
