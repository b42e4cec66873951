"""Who sits owes a vote: it stands with what is due to them, rings, goes up from the company. What is over is over: a verdict
that is investigated again, a draft whose window has ended.
"""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from longzhong.cases.appeals import jobs, selectors, services
from longzhong.cases.appeals.models import Appeal
from longzhong.cases.appeals.rules import Choice, State
from longzhong.cases.complaints import services as complaint_services
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import State as Stands
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters import services as matter_services
from longzhong.dispatch.matters.models import Clock
from longzhong.kit import clock, outbox
from longzhong.kit.errors import Refused
from longzhong.register.org import services as org
from longzhong.register.policies.services import change_policy
from tests.cases.appeals.make import (
    FIRST_PANEL,
    HOUR,
    WORDS,
    after,
    bench,
    drafted,
    ids,
    sitting,
    submitted,
    voted,
)
from tests.cases.complaints.make import called_back, client, taken_to, upheld
from tests.cases.hotline.make import SYSTEM, Hotline

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def owed(row: Appeal) -> dict[str, int | None]:
    """The running clocks of an appeal with their owners."""
    rows = Clock.objects.filter(matter=selectors.label(row.pk), state="running")
    return dict(rows.values_list("name", "owner_id"))


def on_the_bell(browser: Client, at: datetime) -> str:
    with clock.frozen(at):
        return str(browser.get("/bell/").content.decode()) + str(browser.get("/due/").content.decode())


def test_everybody_seated_owes_a_vote_until_it_is_cast(hotline: Hotline) -> None:
    complaint, one = upheld(hotline), bench(hotline)
    row, panel = sitting(hotline, complaint), ids(*FIRST_PANEL)
    assert owed(row) == {"panel": one.office.staff_id, **{f"vote:{member}": member for member in panel}}
    when = after(complaint) + 3 * HOUR
    voted(hotline, row, [Choice.ALLOWED], FIRST_PANEL[:1], when)
    assert set(owed(row)) == {"panel", *(f"vote:{member}" for member in panel[1:])}
    swap = {"leaves": panel[1], "comes": ids("office3")[0], "reason": "出差不能参加"}
    services.replace(appeal_id=row.pk, by=one.office, at=when, **swap)
    assert set(owed(row)) == {"panel", f"vote:{swap['comes']}", f"vote:{panel[2]}"}
    voted(hotline, row, [Choice.ALLOWED] * 2, ["office3", "boss"], when)
    services.conclude(appeal_id=row.pk, verb="allow", conclusion=WORDS, by=one.office, at=when + HOUR)
    assert owed(row) == {}
    told = selectors.told(matters.steps(selectors.label(row.pk)))
    assert any("已投票 1/3" in line and "投票按时" in line for line in told)
    assert "评审按时" in told[0] and "投票" not in told[0]


def test_a_vote_that_is_due_rings_with_its_member_and_goes_up_from_the_company(hotline: Hotline) -> None:
    complaint = upheld(hotline)
    row = sitting(hotline, complaint)
    boss, late = client(hotline, "boss", "leader"), after(complaint) + 6 * DAY
    matter_services.sweep(by=SYSTEM, at=late)
    mine = Clock.objects.get(matter=selectors.label(row.pk), name=f"vote:{ids('boss')[0]}")
    assert mine.unit_id == hotline.county.county, "the unit that appeals isn't asked to press the panel"
    assert "申诉评审投票" in on_the_bell(boss, late)
    assert mine.due_at is not None and row.due_at is not None and mine.due_at < row.due_at + DAY


def test_who_moved_away_votes_no_more_and_is_replaced(hotline: Hotline) -> None:
    complaint = upheld(hotline)
    row, when = sitting(hotline, complaint), after(complaint) + DAY
    boss, station = ids("boss")[0], hotline.county.other_station
    org.appoint(
        staff_id=boss, unit_id=station, title="专责", role="crew", from_on=when.date(), by=SYSTEM, at=after(complaint)
    )
    with pytest.raises(Refused) as no:
        voted(hotline, row, [Choice.ALLOWED], ["boss"], when)
    assert no.value.code == "member_unfit"
    swap = {"leaves": boss, "comes": ids("boss2")[0], "reason": "已调离县公司"}
    services.replace(appeal_id=row.pk, by=bench(hotline).office, at=when, **swap)
    voted(hotline, row, [Choice.ALLOWED], ["boss2"], when)
    assert set(owed(row)) == {"panel", *(f"vote:{one}" for one in ids("mark2", "office2"))}


def test_of_the_votes_each_reads_only_their_own_clock(hotline: Hotline) -> None:
    complaint = upheld(hotline)
    row, when = sitting(hotline, complaint), after(complaint) + 3 * HOUR
    boss = ids("boss")[0]

    def names(who: str) -> set[str]:
        by = hotline.head if who == "head" else bench(hotline).as_(who)
        return {one.name for one in selectors.appeal_card(by, row.pk, when).clocks}

    assert (names("boss"), names("head")) == ({"panel", f"vote:{boss}"}, {"panel"})


def test_an_appeal_that_lapses_leaves_nobody_owing(hotline: Hotline) -> None:
    complaint = taken_to(hotline, upheld(hotline), Stands.ANSWERED)
    row = sitting(hotline, complaint)
    called_back(hotline, complaint, after(complaint) + 5 * HOUR, "dissatisfied")
    outbox.deliver_all(twice=True)
    row.refresh_from_db()
    assert (row.state, owed(row)) == (State.LAPSED, {})


def test_the_time_to_vote_is_that_of_the_seating(hotline: Hotline) -> None:
    """Another edition of the policy while the panel sits moves nobody's deadline; the next panel has the new one."""
    first = sitting(hotline, upheld(hotline))
    before = {one.name: one.due_at for one in Clock.objects.filter(matter=selectors.label(first.pk))}
    change_policy(
        key="complaint.appeal_vote_wd", value=10, unit_id=None, edition="", from_on=after(first.complaint).date(),
        reason="试行", by=SYSTEM, at=after(first.complaint),
    )  # fmt: skip
    assert {one.name: one.due_at for one in Clock.objects.filter(matter=selectors.label(first.pk))} == before
    other = sitting(hotline, upheld(hotline, text="抄表员态度恶劣还骂人", account=2))
    mine = Clock.objects.get(matter=selectors.label(other.pk), name=f"vote:{ids('boss')[0]}")
    assert mine.value == 10


def test_a_verdict_that_is_investigated_again_isnt_corrected(hotline: Hotline) -> None:
    """The panel was writing its conclusion while the customer brought the complaint back."""
    complaint = taken_to(hotline, upheld(hotline), Stands.ANSWERED)
    row = submitted(hotline, complaint)
    called_back(hotline, complaint, after(complaint) + 5 * HOUR, "dissatisfied")
    given = {"verdict": "dismissed", "responsibility": "customer", "basis": WORDS, "appeal": selectors.label(row.pk)}
    with pytest.raises(Refused) as no:
        complaint_services.correct(complaint_id=complaint.pk, by=SYSTEM, at=after(complaint) + 6 * HOUR, **given)
    assert no.value.code == "verdict_reopened"
    found = Complaint.objects.get(pk=complaint.pk)
    assert (found.final_verdict, found.corrected_by, found.decisions.count()) == ("upheld", "", 1)


def test_a_draft_that_outlives_its_window_lapses(hotline: Hotline) -> None:
    complaint = upheld(hotline)
    row = drafted(hotline, complaint)
    last = row.window.last_at
    assert services.lapse_late(by=SYSTEM, at=last - HOUR / 3600) == 0
    with clock.frozen(last):
        jobs.lapse_drafts()
        jobs.lapse_drafts()
    row.refresh_from_db()
    assert row.state == State.LAPSED
    steps = matters.steps(selectors.label(row.pk))
    assert [one.verb for one in steps].count("lapse") == 1
    assert "申诉期已于 2026-03-09 截止" in selectors.told(steps)[0]


def test_what_was_submitted_in_time_is_judged_after_the_window(hotline: Hotline) -> None:
    complaint = upheld(hotline)
    row = submitted(hotline, complaint)
    assert services.lapse_late(by=SYSTEM, at=row.window.last_at + 9 * DAY) == 0
