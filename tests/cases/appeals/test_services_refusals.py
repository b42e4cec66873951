"""Who and what is refused: late, twice, without papers, with a tie; each refusal leaves everything as it was."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from longzhong.cases.appeals import services
from longzhong.cases.appeals.models import Appeal, Member
from longzhong.cases.appeals.rules import Ask, Choice, Given, Ground, Part, Request, State
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import State as Stands
from longzhong.dispatch.matters.services import Upload
from longzhong.kit import outbox
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.policies.services import change_policy
from tests.cases.appeals.make import (
    BASIS,
    FIRST_PANEL,
    HOUR,
    REQUEST,
    WORDS,
    after,
    bench,
    drafted,
    ids,
    judged,
    ready,
    scan,
    sealed,
    sitting,
    submitted,
    voted,
)
from tests.cases.complaints.make import a_complaint, called_back, dismissed, people, someone, taken_to, upheld
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def refused(act: Any) -> str:
    with pytest.raises(Refused) as no:
        act()
    return no.value.code


def late(row: Complaint) -> datetime:
    return after(row) + 30 * DAY


def test_drafting(hotline: Hotline) -> None:
    row, who = upheld(hotline), people(hotline)
    outbox.deliver_all()

    def code(request: Request = REQUEST, **changes: Any) -> str:
        return refused(lambda: drafted(hotline, row, changes.pop("at", None), request, **changes))

    assert code(by=who.dept) == code(by=hotline.quality) == "not_allowed"
    assert code(by=SYSTEM) == "not_allowed"  # nobody signs for the house
    assert code(Request((), Ask.DISMISSED, "customer", BASIS)) == "grounds_missing"
    assert code(Request(("rumour",), Ask.DISMISSED, "customer", BASIS)) == "grounds_missing"
    assert code(Request((Ground.FACTS,), "", "", BASIS)) == "ask_unknown"
    assert code(Request((Ground.FACTS,), Ask.DISMISSED, "marketing", BASIS)) == "ask_contradicts"
    assert code(Request((Ground.FACTS,), Ask.RESPONSIBILITY, "marketing", BASIS)) == "ask_changes_nothing"
    assert code(Request((Ground.FACTS,), Ask.DISMISSED, "customer", " ")) == "words_missing"
    assert code(Request((Ground.FORCE_MAJEURE,), Ask.DISMISSED, "customer", BASIS)) == "filing_missing"
    assert code(Request((Ground.DUPLICATE,), Ask.DISMISSED, "customer", BASIS)) == "duplicate_unknown"
    own = row.case.number or ""
    assert code(Request((Ground.DUPLICATE,), Ask.DISMISSED, "customer", BASIS, own)) == "duplicate_unknown"
    assert code(at=late(row)) == "appeal_late"
    assert not Appeal.objects.exists()
    drafted(hotline, row)
    assert code() == "appeal_under_way"


def test_a_complaint_that_is_not_decided_or_not_upheld(hotline: Hotline) -> None:
    fresh = a_complaint(hotline)
    assert refused(lambda: drafted(hotline, fresh, MORNING + HOUR)) == "not_decided"
    fine = dismissed(hotline, text="抄表员态度恶劣还骂人", account=2)
    assert refused(lambda: drafted(hotline, fine)) == "nothing_against"


def test_duplicates_name_the_other_complaint(hotline: Hotline) -> None:
    row = upheld(hotline)
    twin = a_complaint(hotline, text="同一营业厅的工作人员态度恶劣没人管", account=2)
    request = Request((Ground.DUPLICATE,), Ask.DISMISSED, "", BASIS, twin.case.number or "")
    assert drafted(hotline, row, request=request).duplicate_of_id == twin.pk


def test_who_is_complained_about_neither_drafts_nor_seals_but_speaks(hotline: Hotline) -> None:
    accused = hotline.county.staff["zhang"]
    row = upheld(hotline, about_staff_id=accused)
    zhang = hotline.county.actor("zhang", "station")
    assert refused(lambda: drafted(hotline, row, by=zhang)) == "own_complaint"
    appeal, when = drafted(hotline, row), after(row)
    seal = {"appeal_id": appeal.pk, "on": civil_day(when), "at": when}
    assert refused(lambda: services.seal(part=Part.UNIT, staff_id=accused, by=hotline.head, **seal)) == "own_complaint"
    head = ids("head")[0]
    assert refused(lambda: services.seal(part=Part.UNIT, staff_id=head, by=zhang, **seal)) == "own_complaint"
    assert (
        refused(lambda: services.state(appeal_id=appeal.pk, text="不是我说的", by=hotline.head, at=when))
        == "not_accused"
    )
    assert refused(lambda: services.state(appeal_id=appeal.pk, text="", by=zhang, at=when)) == "words_missing"
    assert services.state(appeal_id=appeal.pk, text="当时我在现场处理故障", by=zhang, at=when).state == State.DRAFT


def test_seals_and_papers(hotline: Hotline) -> None:
    row = upheld(hotline)
    when = after(row)
    appeal, head, today = drafted(hotline, row), hotline.head, civil_day(when)

    def seal(part: str, code: str, day: Any = today) -> str:
        return refused(
            lambda: services.seal(appeal_id=appeal.pk, part=part, staff_id=ids(code)[0], on=day, by=head, at=when)
        )

    def submit() -> str:
        return refused(lambda: services.submit(appeal_id=appeal.pk, by=head, at=when))

    assert seal("mayor", "head") == "part_unknown"
    assert seal(Part.UNIT, "mark") == seal(Part.DEPARTMENT, "head") == seal(Part.QUALITY, "mark") == "seal_stranger"
    assert seal(Part.UNIT, "head", today - DAY) == "seal_before_decision"
    assert seal(Part.UNIT, "head", today + DAY) == "seal_in_future"
    assert submit() == "seal_missing"
    sealed(appeal, today, head, when)
    assert submit() == "scan_missing"
    services.attach(appeal_id=appeal.pk, uploads=[scan()], by=head, at=when)  # evidence isn't the sealed paper
    assert submit() == "scan_missing"
    recording = Upload("x", "录音.mp3", b"ID3" + b"\x00" * 40)
    services.attach(appeal_id=appeal.pk, uploads=[recording], scan=True, by=head, at=when)
    assert submit() == "scan_missing"  # one can't read a seal off a recording
    assert refused(lambda: services.attach(appeal_id=appeal.pk, uploads=[], by=head, at=when)) == "evidence_missing"
    services.attach(appeal_id=appeal.pk, uploads=[scan()], scan=True, by=head, at=when)
    assert refused(lambda: services.submit(appeal_id=appeal.pk, by=head, at=late(row))) == "appeal_late"
    assert refused(lambda: services.submit(appeal_id=appeal.pk, by=people(hotline).dept, at=when)) == "not_allowed"
    assert services.submit(appeal_id=appeal.pk, by=head, at=when).state == State.SUBMITTED
    edit = {"appeal_id": appeal.pk, "request": REQUEST, "by": head, "at": when}
    assert refused(lambda: services.edit(**edit)) == "wrong_state"


def test_seals_out_of_order(hotline: Hotline) -> None:
    row = upheld(hotline)
    appeal, head, when = drafted(hotline, row), hotline.head, after(row) + 2 * DAY
    day = civil_day(when)
    services.seal(appeal_id=appeal.pk, part=Part.DEPARTMENT, staff_id=ids("mark")[0], on=day - DAY, by=head, at=when)
    seal = {"appeal_id": appeal.pk, "part": Part.UNIT, "staff_id": ids("head")[0], "by": head, "at": when}
    assert refused(lambda: services.seal(on=day, **seal)) == "seal_order"
    services.seal(on=day - DAY, **seal)
    services.seal(on=day - 2 * DAY, **seal)  # the same level again replaces it
    assert appeal.seals.count() == 2


def test_the_panel_has_no_ties(hotline: Hotline) -> None:
    row = upheld(hotline)
    appeal, when = submitted(hotline, row), after(row) + 2 * HOUR
    one = bench(hotline)

    def seat(*codes: str) -> str:
        return refused(lambda: services.seat(appeal_id=appeal.pk, members=ids(*codes), by=one.office, at=when))

    assert seat("mark2", "boss") == seat("mark2", "boss", "office2", "chief") == "panel_size"
    assert seat("mark2", "boss", "boss") == "panel_twice"
    assert seat("mark2", "boss", "zhang") == "member_unfit"  # no post of the panel's roles
    assert seat("mark2", "boss", "mark") == "own_review"
    assert seat("mark2", "boss", "office") == "own_decision"
    by_head = {"appeal_id": appeal.pk, "members": ids(*FIRST_PANEL), "by": one.head, "at": when}
    assert refused(lambda: services.seat(**by_head)) == "not_allowed"
    assert not Member.objects.exists()
    change = {"unit_id": None, "edition": "", "from_on": civil_day(when), "reason": "试点", "by": SYSTEM, "at": when}
    with pytest.raises(Refused):  # the table of policies knows odd and even no better than whoever typed it
        change_policy(key="complaint.appeal_panel_persons", value=1, **change)
    change_policy(key="complaint.appeal_panel_persons", value=4, **change)
    assert seat("mark2", "boss", "office2", "chief") == "panel_even"


def test_neither_sealers_nor_the_accused_sit(hotline: Hotline) -> None:
    one = bench(hotline)
    row = upheld(hotline, about_staff_id=ids("mark3")[0])
    when = after(row)
    appeal = drafted(hotline, row)
    for part, code in ((Part.UNIT, "head"), (Part.DEPARTMENT, "mark2"), (Part.QUALITY, "office2")):
        services.seal(appeal_id=appeal.pk, part=part, staff_id=ids(code)[0], on=civil_day(when), by=one.head, at=when)
    services.attach(appeal_id=appeal.pk, uploads=[scan()], scan=True, by=one.head, at=when)
    services.submit(appeal_id=appeal.pk, by=one.head, at=when)
    for codes, code in ((("mark2", "boss", "chief"), "own_seal"), (("mark3", "boss", "chief"), "own_complaint")):
        seat = {"appeal_id": appeal.pk, "members": ids(*codes), "by": one.office, "at": when}
        assert refused(lambda seat=seat: services.seat(**seat)) == code


def test_votes_and_replacement(hotline: Hotline) -> None:
    row = upheld(hotline)
    appeal, one, when = sitting(hotline, row), bench(hotline), after(row) + 3 * HOUR

    def vote(code: str, choice: str = Choice.ALLOWED, reason: str = "依据充分可信", role: str = "") -> str:
        by = one.as_(code, role)
        return refused(lambda: services.vote(appeal_id=appeal.pk, choice=choice, reason=reason, by=by, at=when))

    def swap(leaves: str, comes: str, reason: str = "调离本单位") -> str:
        given = {"leaves": ids(leaves)[0], "comes": ids(comes)[0], "reason": reason}
        return refused(lambda: services.replace(appeal_id=appeal.pk, by=one.office, at=when, **given))

    assert vote("chief") == "not_member"
    assert vote("boss", role="grid") == "not_allowed"
    assert vote("boss", "maybe") == "vote_unknown"
    assert vote("boss", reason="好") == "words_missing"
    voted(hotline, appeal, [Choice.ALLOWED], ["boss"], when)
    assert vote("boss") == "voted_already"
    assert swap("boss", "chief") == "voted_already"
    assert swap("chief", "mark3") == "not_member"
    assert swap("mark2", "office2") == "member_already"
    assert swap("mark2", "zhang") == "member_unfit"
    assert swap("mark2", "mark") == "own_review"
    assert swap("mark2", "chief", reason="") == "words_missing"
    services.replace(
        appeal_id=appeal.pk, leaves=ids("mark2")[0], comes=ids("mark3")[0], reason="调离本单位", by=one.office, at=when
    )
    assert vote("mark2") in ("not_member", "not_found")  # gone, and not even of its own department any more
    assert swap("mark3", "mark2") == "member_already"


def test_conclusions(hotline: Hotline) -> None:
    row = upheld(hotline)
    appeal, one, when = sitting(hotline, row), bench(hotline), after(row) + 3 * HOUR

    def conclude(verb: str, by: Any = None, conclusion: str = WORDS, **result: str) -> str:
        given = {"verb": verb, "conclusion": conclusion, **result}
        return refused(lambda: services.conclude(appeal_id=appeal.pk, by=by or one.office, at=when, **given))

    voted(hotline, appeal, [Choice.ALLOWED, Choice.PARTLY], FIRST_PANEL[:2], when)
    assert conclude("allow") == "votes_missing"
    voted(hotline, appeal, [Choice.REFUSED], FIRST_PANEL[2:], when)
    assert conclude("allow") == conclude("refuse") == "not_majority"
    assert conclude("allow_partly", by=one.head) == "not_allowed"
    assert conclude("allow_partly", conclusion="") == "words_missing"
    assert conclude("allow_partly", verdict="upheld", responsibility="marketing") == "result_contradicts"
    withdraw = {"appeal_id": appeal.pk, "reason": "单位不再坚持", "by": one.head, "at": when}
    assert refused(lambda: services.withdraw(**withdraw)) == "wrong_state"  # the panel sits
    row.refresh_from_db()
    assert (row.final_verdict, row.corrected_by) == ("upheld", "")


def test_a_reopened_complaint_takes_its_appeal_away(hotline: Hotline) -> None:
    row = taken_to(hotline, upheld(hotline), Stands.ANSWERED, at=MORNING + 2 * HOUR)
    appeal, one, when = sitting(hotline, row, MORNING + 3 * HOUR), bench(hotline), MORNING + 8 * HOUR
    voted(hotline, appeal, [Choice.ALLOWED] * 3, FIRST_PANEL, when)
    Complaint.objects.filter(pk=row.pk).update(round=2, state="investigating")  # nobody has told us yet
    conclude = {"appeal_id": appeal.pk, "verb": "allow", "conclusion": WORDS, "by": one.office, "at": when}
    assert refused(lambda: services.conclude(**conclude)) == "complaint_reopened"
    Complaint.objects.filter(pk=row.pk).update(round=1, state="answered")
    called_back(hotline, row, MORNING + 9 * HOUR, "dissatisfied")
    appeal.refresh_from_db()
    assert (row.state, appeal.state, appeal.due_at) == ("investigating", State.LAPSED, None)
    assert refused(lambda: drafted(hotline, row, when)) == "complaint_reopened"


def test_each_level_is_judged_once(hotline: Hotline) -> None:
    row = upheld(hotline)
    judged(hotline, row, [Choice.PARTLY] * 3, verdict="partly", responsibility="marketing")
    assert (row.final_verdict, row.verdict) == ("partly", "upheld")
    again = lambda: drafted(hotline, row, after(row) + 5 * HOUR)  # noqa: E731
    assert refused(again) == "appeals_exhausted"  # no final appeal after one that was allowed, if only in part


def test_steps_and_doors(hotline: Hotline) -> None:
    row = upheld(hotline)
    appeal, when = ready(hotline, row), after(row)
    other = someone("other", "station", (hotline.county.other_station,))
    given: Any = {"given": Given(), "key": "appeal-key-1", "at": when}
    assert refused(lambda: services.take_step(appeal_id=appeal.pk, verb="submit", by=other, **given)) == "not_found"
    assert (
        refused(lambda: services.take_step(appeal_id=appeal.pk, verb="bribe", by=hotline.head, **given))
        == "no_such_move"
    )
    assert (
        refused(lambda: services.take_step(appeal_id=appeal.pk, verb="seal", by=hotline.head, **given))
        == "field_missing"
    )
