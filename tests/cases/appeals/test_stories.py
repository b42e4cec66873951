"""What happens to verdicts that are appealed against: windows kept as promised, both ledgers, the years of S0-02."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from longzhong.assessment.ledgers.rules import year_of
from longzhong.assessment.ledgers.selectors import ledger
from longzhong.cases.appeals import selectors, services
from longzhong.cases.appeals.models import Appeal, Window
from longzhong.cases.appeals.rules import Choice, Level, State
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules.ledger import change
from longzhong.cases.hotline import selectors as hotline_reads
from longzhong.cases.hotline.models import Case
from longzhong.cases.nearmisses.models import StaffMark
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit import clock, outbox, vault
from longzhong.kit.clock import day_start
from longzhong.register.policies.services import change_policy
from tests.cases.appeals.make import (
    FINAL_PANEL,
    FIRST_PANEL,
    HOUR,
    WORDS,
    after,
    bench,
    drafted,
    ids,
    judged,
    sitting,
    submitted,
    voted,
)
from tests.cases.complaints.make import client, upheld
from tests.cases.hotline.make import SYSTEM, Hotline
from tests.dispatch.make import at as moment

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NO, PART, YES = [Choice.REFUSED] * 3, [Choice.PARTLY] * 3, [Choice.ALLOWED] * 3


def test_a_window_is_kept_as_promised(hotline: Hotline) -> None:
    """Five working days over the May holidays, a make-up Saturday among them; a shorter policy afterwards changes nothing."""
    row = upheld(hotline, when=moment("2026-04-30 09:00"))
    outbox.deliver_all(twice=True)
    window = Window.objects.get(complaint=row)
    assert window.opened_at == row.decided_at
    assert window.last_at == day_start(date(2026, 5, 12))  # 6, 7, 8, 9 (made up), 11 May, to 24:00
    why = "\n".join(window.why)
    assert "05-09" in why and "劳动节" in why and "待确认" in why
    change_policy(
        key="complaint.appeal_wd", value=2, unit_id=None, edition="", from_on=date(2026, 4, 30), reason="试行",
        by=SYSTEM, at=moment("2026-04-30 16:00"),
    )  # fmt: skip
    again = services.open_window(complaint_id=row.pk, level=Level.FIRST, by=SYSTEM, at=window.opened_at)
    assert again is not None and again.last_at == window.last_at
    late = upheld(hotline, text="抄表员态度恶劣还骂人", account=2, when=moment("2026-05-06 09:00"))
    outbox.deliver_all()
    assert Window.objects.get(complaint=late).last_at == day_start(date(2026, 5, 9))
    last_minute = day_start(date(2026, 5, 12)) - timedelta(minutes=1)
    assert list(selectors.to_appeal(hotline.quality, last_minute)) == [window]
    assert drafted(hotline, row, last_minute).level == Level.FIRST
    assert list(selectors.to_appeal(hotline.quality, last_minute)) == []


def test_a_complaint_decided_before_anybody_promised(hotline: Hotline) -> None:
    row = upheld(hotline)
    Window.objects.filter(complaint=row).delete()
    assert drafted(hotline, row).window.opened_at == row.decided_at


def test_dismissed_on_final_appeal(hotline: Hotline) -> None:
    """First refused, then allowed: the raw verdict stands for ever, the final one changes from the day of the final panel."""
    row = upheld(hotline, about_staff_id=hotline.county.staff["zhang"])
    before = after(row)
    first = judged(hotline, row, NO)
    assert (first.state, row.final_verdict, row.corrected_by) == (State.REFUSED, "upheld", "")
    window = selectors.window_of(row.pk)
    assert window is not None and (window.level, window.opened_at) == (Level.FINAL, first.concluded_at)
    mark = StaffMark.objects.get(cause=hotline_reads.label(row.case_id))
    assert mark.standing == "upheld"
    when = (first.concluded_at or before) + HOUR
    tied = submitted(hotline, row, when)
    assert tied.level == Level.FINAL
    assert {code for code in FIRST_PANEL if selectors.tie_of(ids(code)[0], tied) == "sat_before"} == set(FIRST_PANEL)
    services.withdraw(appeal_id=tied.pk, reason="材料还要补充", by=hotline.head, at=when + HOUR)
    final = judged(hotline, row, YES, when + 2 * HOUR, FINAL_PANEL)
    assert (final.state, final.level, final.result_verdict) == (State.ALLOWED, Level.FINAL, "dismissed")
    assert (row.verdict, row.responsibility, row.final_verdict) == ("upheld", "marketing", "dismissed")
    assert (row.final_at, row.corrected_by) == (final.concluded_at, selectors.label(final.pk))
    decisions = list(row.decisions.order_by("number").values_list("verdict", "appeal"))
    assert decisions == [("upheld", ""), ("dismissed", selectors.label(final.pk))]
    mark.refresh_from_db()
    assert mark.standing == "dismissed"
    assert [one.state for one in Appeal.objects.order_by("id")] == ["refused", "withdrawn", "allowed"]
    year, now = year_of(date(2026, 3, 2)), (final.concluded_at or before) + HOUR
    was, since = (ledger(hotline.quality, year, asof).now for asof in (before, now))
    assert (was.raw, was.final, was.corrected) == (1, 1, 0)
    assert (since.raw, since.final, since.corrected) == (1, 0, 1)


def test_a_member_leaves_in_between(hotline: Hotline) -> None:
    row = upheld(hotline)
    appeal, one, when = sitting(hotline, row), bench(hotline), after(row) + 3 * HOUR
    voted(hotline, appeal, [Choice.ALLOWED], ["mark2"], when)
    swap = {"leaves": ids("boss")[0], "comes": ids("boss2")[0], "reason": "调往市公司"}
    services.replace(appeal_id=appeal.pk, by=one.office, at=when, **swap)
    voted(hotline, appeal, [Choice.REFUSED, Choice.PARTLY], ["office2", "boss2"], when)
    given = {"verdict": "partly", "responsibility": "marketing"}
    services.conclude(
        appeal_id=appeal.pk, verb="allow_partly", conclusion=WORDS, by=one.office, at=when + HOUR, **given
    )
    row.refresh_from_db()
    assert (row.final_verdict, row.verdict) == ("partly", "upheld")


def test_the_panel_has_a_clock_and_its_votes_are_secret(hotline: Hotline) -> None:
    row = upheld(hotline)
    appeal, one, when = sitting(hotline, row), bench(hotline), after(row) + 3 * HOUR
    cards = matters.clock_cards(selectors.label(appeal.pk), when)
    running = next(card for card in cards if card.name == "panel")
    assert running.is_live and running.due_at == appeal.due_at and "complaint.appeal_decide_wd" in running.why[0]
    voted(hotline, appeal, [Choice.REFUSED, Choice.ALLOWED], ["mark2", "office2"], when)

    def seen(code: str, role: str = "") -> set[str]:
        card = selectors.appeal_card(one.as_(code, role), appeal.pk, when)
        return {member.choice for member in card.members if member.choice}

    assert (seen("mark2"), seen("office2"), seen("boss"), seen("chief")) == ({"驳回"}, {"采纳"}, set(), set())
    assert selectors.appeal_card(one.office, appeal.pk, when).outcome is None
    steps = matters.steps(selectors.label(appeal.pk))
    assert all("choice" not in step.data and not (set(step.words) - {"by"}) for step in steps if step.verb == "vote")
    voted(hotline, appeal, [Choice.REFUSED], ["boss"], when)
    assert seen("mark2") == seen("chief") == {"驳回", "采纳"}
    head = selectors.appeal_card(hotline.head, appeal.pk, when)
    assert ({member.choice for member in head.members}, head.count) == ({""}, "驳回 2，采纳 1")
    stored = appeal.members.values_list("reason_sealed", flat=True)
    assert all("依据" not in words and vault.unseal(words) == "依据充分可信" for words in stored)


def test_words_are_erased_with_the_complaint(hotline: Hotline) -> None:
    row = upheld(hotline)
    appeal = judged(hotline, row, YES)
    assert services.erase_due(by=SYSTEM, at=after(row)) == 0
    Complaint.objects.filter(pk=row.pk).update(erased_at=after(row))
    assert services.erase_due(by=SYSTEM, at=after(row)) == 1 and services.erase_due(by=SYSTEM, at=after(row)) == 0
    appeal.refresh_from_db()
    assert (appeal.basis_sealed, appeal.conclusion_sealed, appeal.result_verdict) == ("", "", "dismissed")
    assert selectors.evidence_of(appeal.pk) == ()


def test_nothing_is_half_done_when_the_ledger_refuses(hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    """The correction and the conclusion are one transaction."""
    row = upheld(hotline)
    appeal, one, when = sitting(hotline, row), bench(hotline), after(row) + 3 * HOUR
    voted(hotline, appeal, YES, FIRST_PANEL, when)

    def broken(**_given: object) -> None:
        raise RuntimeError("the ledger is away")

    with monkeypatch.context() as patch, pytest.raises(RuntimeError), transaction.atomic():
        patch.setattr("longzhong.cases.complaints.services.correct", broken)
        services.conclude(appeal_id=appeal.pk, verb="allow", conclusion=WORDS, by=one.office, at=when)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.conclusion_sealed) == (State.SITTING, "")


RAW, AFTER, BEFORE = 52, 19, 48


def copies(row: Complaint, count: int, when: str, *, corrected: str = "") -> None:
    """Complaints like one that walked the road, of another day; `corrected` on that day: dismissed by appeal."""
    at = moment(when)
    cases = [Case(**{**_fields(row.case), "number": f"{when[:4]}{at:%m%d}{corrected[:4]}{n:03}", "opened_at": at})
             for n in range(count)]  # fmt: skip
    Case.objects.bulk_create(cases)
    final = {"final_verdict": "dismissed", "final_responsibility": "customer", "final_at": moment(corrected)} if corrected else {
        "final_verdict": "upheld", "final_responsibility": "marketing", "final_at": at + HOUR}  # fmt: skip
    made = {"accepted_at": at, "decided_at": at + HOUR, **final}
    Complaint.objects.bulk_create(
        [
            Complaint(
                **{**_fields(row), **made, "case": case, "corrected_by": f"appeals.appeal:9{n:05}" if corrected else ""}
            )
            for n, case in enumerate(cases)
        ]
    )


def _fields(row: Case | Complaint) -> dict[str, object]:
    fields = [one for one in row._meta.concrete_fields if not one.primary_key and one.name != "case"]
    return {one.attname: getattr(row, one.attname) for one in fields}


@pytest.mark.proves("S0-02", page="ledgers:home", service="longzhong.cases.appeals.services.conclude")
def test_the_year_of_s0_02(hotline: Hotline) -> None:
    """52 complaints upheld of 2026, 33 dismissed by appeal, 19 left; 48 of 2025: −60.42 %; three walk the real road."""
    rows = [upheld(hotline, text=f"营业厅工作人员态度恶劣没人管{n}", account=n) for n in (1, 2, 3)]
    ends = after(rows[0])
    for row in rows:
        ends = judged(hotline, row, YES).concluded_at or ends
        row.refresh_from_db()
    keep = Complaint.objects.select_related("case").get(pk=rows[0].pk)
    copies(keep, RAW - AFTER - 3, "2026-02-02 10:00", corrected="2026-02-20 10:00")
    copies(keep, AFTER, "2026-02-03 10:00")
    copies(keep, BEFORE, "2025-01-06 10:00")
    year = year_of(date(2026, 1, 1))

    def figures(asof: str) -> tuple[int, int, int, int]:
        found = ledger(hotline.quality, year, moment(asof))
        assert found.year_before.final == found.year_before.raw == BEFORE
        return found.now.total, found.now.raw, found.now.final, found.now.corrected

    known = RAW - 3  # three come in March
    assert figures("2026-02-10 12:00") == (known, known, known, 0)
    assert figures("2026-02-28 12:00") == (known, known, AFTER, known - AFTER)
    morning = after(rows[0]) - 30 * timedelta(minutes=1)
    assert ledger(hotline.quality, year, morning).now.raw == RAW
    assert ledger(hotline.quality, year, morning).now.final == AFTER + 3
    done = ledger(hotline.quality, year, ends + HOUR)
    assert (done.now.raw, done.now.final, done.now.corrected) == (RAW, AFTER, RAW - AFTER)
    ratio = change(done.now.final, done.year_before.final)
    assert ratio is not None and round(ratio * 100, 2) == -60.42
    with clock.frozen(ends + HOUR):
        page = client(hotline, "office", "quality").get("/ledgers/?span=2026").content.decode()
    assert "60.42" in page
