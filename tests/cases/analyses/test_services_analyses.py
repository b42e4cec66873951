"""Born by the verdict, prefilled, written in versions, judged by another; every refusal changes nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from longzhong.cases.analyses import selectors, services
from longzhong.cases.analyses.models import Report, Version
from longzhong.cases.analyses.rules import MOST, Given, State
from longzhong.cases.complaints import selectors as complaint_reads
from longzhong.cases.complaints import services as complaints
from longzhong.cases.complaints.rules import Verdict
from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.dispatch.matters.selectors import clock_cards, steps
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.policies.services import change_policy
from tests.cases.analyses.make import DAY, HOUSE, LATER, PARTS, a_report, boss, parts_of, submitted, writer
from tests.cases.complaints.make import a_complaint, dismissed, people, someone, step, upheld
from tests.cases.hotline.make import MORNING, PLAIN, Hotline

pytestmark = pytest.mark.django_db


def refused(code: str, do: Callable[..., object], **given: Any) -> None:
    with pytest.raises(Refused) as found:
        do(**given)
    assert found.value.code == code


def clocks(row: Report) -> list[str]:
    return [one.name for one in clock_cards(selectors.label(row.pk), LATER) if one.is_live]


def correct(hotline: Hotline, row: Report, verdict: Verdict, appeal: str) -> None:
    against = verdict != Verdict.DISMISSED
    complaints.correct(
        complaint_id=row.complaint_id, verdict=verdict, responsibility="marketing" if against else "customer",
        basis="复核录像", appeal=appeal, by=people(hotline).office2, at=LATER + DAY,
    )  # fmt: skip
    outbox.deliver_all(twice=True)
    row.refresh_from_db()


def test_an_upheld_complaint_gets_one_prefilled_report(hotline: Hotline) -> None:
    row = a_report(hotline)
    assert (row.state, row.required, row.version) == (State.DRAFT, True, 1)
    assert clocks(row) == ["write"] and row.due_at is not None
    found, complaint = parts_of(row), row.complaint
    assert complaint.case.number in found["basics"] and "态度恶劣" in found["basics"] and "营销部" in found["basics"]
    assert (
        "查明：经调阅录像，窗口人员未使用文明用语" in found["events"]
        and "系统记录：调取当日录像并核对排号记录" in found["events"]
    )
    assert "核定：属实，营销责任。" in found["problems"] and "服务态度" in found["problems"]
    assert "回复事实清楚" in found["problems"]
    assert "约谈当事人并安排培训" in found["measures"] and "全员开展礼仪培训" in found["measures"]
    assert "礼仪" in found["advice"]
    assert not any(word in str(found) for word in PLAIN)


def test_a_dismissed_one_gets_none_and_policy_may_ask_for_less(hotline: Hotline) -> None:
    dismissed(hotline)
    outbox.deliver_all(twice=True)
    assert not Report.objects.exists()
    change_policy(
        key="analyses.required_grades", value=["重要", "重大", "特殊"], unit_id=None, edition="", reason="只写重要以上",
        from_on=MORNING.date(), by=HOUSE, at=MORNING,
    )  # fmt: skip
    upheld(hotline, text="窗口人员不理人，办事拖拉")
    outbox.deliver_all(twice=True)
    assert not Report.objects.exists()


def test_an_appeal_ends_it_and_another_brings_it_back(hotline: Hotline) -> None:
    row = a_report(hotline)
    correct(hotline, row, Verdict.DISMISSED, "appeals.appeal:1")
    assert (row.state, row.due_at, clocks(row)) == (State.DROPPED, None, [])
    correct(hotline, row, Verdict.UPHELD, "appeals.appeal:2")
    assert (row.state, clocks(row)) == (State.DRAFT, ["write"])
    correct(hotline, row, Verdict.DISMISSED, "appeals.appeal:3")
    services.resume(report_id=row.pk, by=writer(hotline), at=LATER + DAY)
    row.refresh_from_db()
    assert (row.state, row.required, clocks(row)) == (State.DRAFT, False, [])


def test_a_void_complaint_takes_its_report_away(hotline: Hotline) -> None:
    row = a_report(hotline)
    step(row.complaint, "void", people(hotline).office, LATER, reason="重复录入，不是投诉")
    outbox.deliver_all(twice=True)
    row.refresh_from_db()
    assert (row.state, row.due_at, clocks(row)) == (State.DROPPED, None, [])


def test_an_approved_one_stays_though_an_appeal_dismisses(hotline: Hotline) -> None:
    row = submitted(hotline)
    services.approve(report_id=row.pk, by=boss(hotline), at=LATER)
    correct(hotline, row, Verdict.DISMISSED, "appeals.appeal:1")
    assert row.state == State.APPROVED


def test_it_is_begun_by_hand_once_and_becomes_due_with_the_verdict(hotline: Hotline) -> None:
    complaint, who = a_complaint(hotline), people(hotline)
    given = {"complaint_id": complaint.pk, "by": who.office, "at": MORNING}
    first = services.open_report(**given)
    assert services.open_report(**given).pk == first.pk
    assert {services.open_once(key="analysis-key", **given) for _twice in range(2)} == {first.pk}
    assert (first.required, clocks(first)) == (False, [])
    refused("not_allowed", services.open_report, **{**given, "by": hotline.head})
    refused("not_found", services.open_report, **{**given, "complaint_id": 9_999_999})
    step(complaint, "void", who.office, MORNING, reason="重复登记")
    refused("complaint_void", services.open_report, **given)


def test_whom_it_is_about_neither_writes_nor_reads_it(hotline: Hotline) -> None:
    about = people(hotline).office2
    row = a_report(hotline, about_staff_id=about.staff_id)
    refused("own_complaint", services.open_report, complaint_id=row.complaint_id, by=about, at=LATER)
    refused("not_found", services.edit, report_id=row.pk, parts=PARTS, base=1, by=about, at=LATER)
    assert not selectors.is_visible(about, row.pk)
    assert selectors.panel(about, row.complaint_id) is None


def test_versions_are_kept_and_an_older_base_is_refused(hotline: Hotline) -> None:
    row, who, other = a_report(hotline), writer(hotline), people(hotline).office
    before = parts_of(row)
    services.edit(report_id=row.pk, parts={**before, "advice": "先写的建议"}, base=1, by=who, at=LATER)
    refused("stale_version", services.edit, report_id=row.pk, parts=PARTS, base=1, by=other, at=LATER)
    services.edit(report_id=row.pk, parts={**before, "advice": "先写的建议"}, base=2, by=other, at=LATER)  # nothing new
    services.edit(report_id=row.pk, parts=PARTS, base=2, by=other, at=LATER)
    newest, middle, oldest = selectors.versions(row)
    assert [one.number for one in (newest, middle, oldest)] == [3, 2, 1]
    assert (oldest.by, middle.by, middle.changed) == ("", "钱营销", ("advice",))
    assert dict(oldest.parts) == before and dict(newest.parts) == PARTS
    sealed = Version.objects.values_list("body_sealed", flat=True)
    assert all(text and "建议" not in text for text in sealed)
    refused("not_found", selectors.version_of, actor=who, report_id=row.pk, number=9)


def test_personal_data_is_redacted_and_length_is_bounded(hotline: Hotline) -> None:
    row, who = a_report(hotline), writer(hotline)
    given = {"report_id": row.pk, "base": 1, "by": who, "at": LATER}
    refused("part_too_long", services.edit, parts={**PARTS, "events": "字" * (MOST + 1)}, **given)
    services.edit(parts={**PARTS, "events": "客户电话13800138001，住3单元101"}, **given)
    assert not any(word in parts_of(row)["events"] for word in PLAIN)
    step_words = str([(one.data, one.words) for one in steps(selectors.label(row.pk))])
    assert "核对后的内容" not in step_words


def test_a_confidential_customer_is_never_quoted(hotline: Hotline) -> None:
    text = "窗口那位戴眼镜的把我的材料往桌上一摔就走了，请保密"
    row = a_report(hotline, text=text, secrecy=Secrecy.CONFIDENTIAL)
    found = parts_of(row)
    assert "往桌上一摔" not in str(found) and "转述" in found["basics"]
    quoting = {**PARTS, "events": f"客户说{text}"}
    refused("quotes_customer", services.edit, report_id=row.pk, parts=quoting, base=1, by=writer(hotline), at=LATER)


def test_it_is_submitted_whole_and_judged_by_another(hotline: Hotline) -> None:
    row, who = a_report(hotline), people(hotline)
    given: dict[str, Any] = {"report_id": row.pk, "at": LATER}
    services.edit(parts={**PARTS, "problems": " "}, base=1, by=who.office, **given)
    refused("part_missing", services.submit, by=who.dept, **given)
    services.edit(parts=PARTS, base=2, by=who.office, **given)
    services.submit(by=who.dept, **given)
    assert clocks(row) == ["approve"]
    refused("own_report", services.approve, by=who.office, **given)  # wrote a version
    refused("not_allowed", services.approve, by=who.dept, **given)
    refused("reason_missing", services.send_back, reason=" ", by=boss(hotline), **given)
    services.send_back(reason="暴露问题写得太浅", by=boss(hotline), **given)
    services.submit(by=who.dept, **given)
    services.approve(by=who.office2, **given)
    row.refresh_from_db()
    assert (row.state, row.times_returned, row.approved_by_id, clocks(row)) == (
        State.APPROVED, 1, who.office2.staff_id, [],
    )  # fmt: skip
    refused("wrong_state", services.edit, parts=PARTS, base=3, by=who.office, **given)
    services.revise(reason="补充后续措施", by=boss(hotline), **given)
    row.refresh_from_db()
    assert (row.state, row.approved_by_id, row.submitted_by_id) == (State.DRAFT, None, None)


@pytest.mark.parametrize("code", ["own_work", "own_reply"])
def test_who_investigated_doesnt_approve(hotline: Hotline, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    row = submitted(hotline)
    monkeypatch.setattr(complaint_reads, "conflict", lambda _by, _row, verb="sit": code if verb == "sit" else None)
    refused(code, services.approve, report_id=row.pk, by=boss(hotline), at=LATER)


def test_the_handler_with_an_approvers_role_is_kept_away(hotline: Hotline) -> None:
    row = submitted(hotline)
    county = hotline.county
    handler = someone("crew", "leader", (county.county, county.station))
    refused("own_work", services.approve, report_id=row.pk, by=handler, at=LATER)


def test_the_writers_take_back_what_nobody_judged(hotline: Hotline) -> None:
    row = submitted(hotline)
    refused("reason_missing", services.take_back, report_id=row.pk, reason="", by=writer(hotline), at=LATER)
    services.take_back(report_id=row.pk, reason="补一段", by=writer(hotline), at=LATER)
    row.refresh_from_db()
    assert (row.state, clocks(row)) == (State.DRAFT, ["write"])


def test_a_repeated_post_does_it_once(hotline: Hotline) -> None:
    row, who = a_report(hotline), writer(hotline)
    given: dict[str, Any] = {"report_id": row.pk, "by": who, "at": LATER}
    for _twice in range(2):
        services.take_step(verb="edit", given=Given(parts=PARTS, base=1), key="analysis-key-1", **given)
    row.refresh_from_db()
    assert row.version == 2
    refused("no_such_move", services.take_step, verb="fly", given=Given(), key="analysis-key-2", **given)


def test_strangers_find_nothing(hotline: Hotline) -> None:
    row = a_report(hotline)
    refused("not_found", services.edit, report_id=row.pk, parts=PARTS, base=1, by=Actor(1, None, "x"), at=LATER)
    refused("not_found", selectors.report_card, actor=Actor(1, None, "x"), report_id=row.pk, at=LATER)


def test_the_words_go_with_the_complaints_evidence(hotline: Hotline) -> None:
    row = submitted(hotline)
    assert services.erase_due(by=HOUSE, at=LATER) == 0
    type(row.complaint).objects.filter(pk=row.complaint_id).update(erased_at=LATER)
    assert services.erase_due(by=HOUSE, at=LATER) == 2
    assert services.erase_due(by=HOUSE, at=LATER) == 0
    assert selectors.versions(row)[0].erased
    refused("words_erased", selectors.paper, actor=writer(hotline), report_id=row.pk)
