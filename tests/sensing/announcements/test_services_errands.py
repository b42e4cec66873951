"""Errands: who may, what is needed, what falls; suggestions; and facts that come late, twice and out of order."""

import pytest

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.models import Clock
from longzhong.dispatch.notifications.models import Notice
from longzhong.kit import clock
from longzhong.sensing.announcements import selectors, services
from longzhong.sensing.announcements.models import Errand, Proposal, Round
from longzhong.sensing.announcements.rules import Audience, Given, Tale
from longzhong.sensing.outages import services as pool
from tests.sensing.announcements.make import (
    HOUR,
    MACHINE,
    NOW,
    Here,
    at,
    do,
    heard,
    key,
    paper,
    photo,
    planned,
    postings,
    proposal,
    refused,
    release,
    tell,
    temporary,
)

pytestmark = pytest.mark.django_db
A = Audience
LATER = NOW + HOUR


def test_a_posting_needs_a_photo_with_its_place_or_a_reason(here: Here) -> None:
    tell(here, outage := planned(here), audiences=(A.POSTINGS,))
    first, _, _, second = postings(outage)  # 凤凰村 and 名仕家天下 are of cell G1
    boss = here.actor("grid", grid="G1", staff="S1")
    refused("photo_missing", do, first, "post", boss, when=LATER, photos=())
    refused("place_missing", do, first, "post", boss, when=LATER, photos=(photo(placed=False),))
    refused("wrong_state", do, do(first, "post", boss, when=LATER), "post", boss, when=LATER)
    first.refresh_from_db()
    assert (first.state, round(first.lat or 0, 2), first.no_place, first.done_by_id) == (
        "posted",
        32.01,
        False,
        boss.staff_id,
    )
    done = do(second, "post", boss, when=LATER, photos=(photo(placed=False),), note="手机没有信号")
    assert (done.no_place, done.lat) == (True, None)
    assert Clock.objects.get(matter=selectors.label(first.pk)).verdict == "met"


def test_who_may_take_which_step(here: Here) -> None:
    tell(here, outage := temporary(here))
    served, posting = paper(outage), postings(outage)[-1]
    boss, head = here.actor("grid", "42060202", "S2", grid="G2"), here.actor("station", "42060202", "S2")
    refused("not_found", do, served, "serve", here.actor("grid", grid="G1", staff="S1"), receipt="signed")
    refused("not_allowed", do, served, "serve", here.actor("desk", "42060202", "S2"), receipt="signed")
    refused("not_allowed", do, served, "post", boss)
    refused("not_allowed", do, served, "cancel", boss, reason="不去了")
    refused("no_such_move", do, served, "supersede", head)
    refused("receipt_missing", do, served, "serve", boss)
    refused("time_out_of_order", do, served, "serve", boss, receipt="signed", moment=NOW + HOUR)
    refused("owner_unknown", do, served, "give", head, owner_id=here.place.net.city.staff["S1"])
    refused("reason_missing", do, served, "cancel", head, reason=" ")
    assert do(posting, "cancel", here.actor("station"), reason="物业代贴").state == "cancelled"
    assert Clock.objects.get(matter=selectors.label(posting.pk)).ended_at is not None


def test_an_errand_goes_to_somebody_else_of_the_station(here: Here) -> None:
    tell(here, outage := planned(here), audiences=(A.POSTINGS,))
    one = postings(outage)[-1]
    head, other = here.actor("station"), here.place.net.city.staff["S3"]
    assert do(one, "give", head, owner_id=other).owner_id == other
    assert Clock.objects.get(matter=selectors.label(one.pk)).owner_id == other
    owner = here.actor("grid", "42060202", "S3", grid="G2")
    assert selectors.is_visible(owner, one.pk), "an own errand is seen whatever the cell"


def test_the_same_post_twice_is_one_step(here: Here) -> None:
    tell(here, outage := temporary(here), audiences=(A.PAPERS,))
    one, boss, once = paper(outage), here.actor("grid", "42060202", "S2", grid="G2"), key()
    for _ in range(2):
        services.take_step(errand_id=one.pk, verb="miss", given=Given(note="没人"), key=once, by=boss, at=NOW)
    one.refresh_from_db()
    assert one.tries == 1


def test_a_cancelled_plan_takes_back_and_says_so_to_whoever_heard(here: Here) -> None:
    outage = temporary(here)
    release(here, tell(here, outage))
    boss = here.actor("grid", "42060202", "S2", grid="G2")
    do(paper(outage), "serve", boss, when=LATER, receipt="signed")
    with clock.frozen(NOW + 2 * HOUR):
        pool.cancel(outage_id=outage.pk, reason="天气", by=MACHINE, at=clock.now())
        heard()
    assert proposal(outage) == "cancelled"
    assert sorted(Errand.objects.filter(outage=outage).values_list("state", flat=True)) == ["outdated", *["void"] * 4]
    row = tell(here, outage, Tale.CANCELLED, (A.ACCOUNTS, A.PAPERS), when=NOW + 2 * HOUR)
    assert row.counted == {"accounts": 7, "papers": 1}
    assert paper(outage).replaces is not None
    assert proposal(outage) == ""


def test_one_that_goes_into_another_takes_its_telling_along(here: Here) -> None:
    first = here.place.plan("03-12 08:00", "03-12 18:00", areas="A1", exemption="")
    second = here.place.plan("03-13 08:00", "03-13 18:00", areas="A2", exemption="")
    heard()
    waiting = tell(here, first, audiences=(A.ACCOUNTS,))
    release(here, tell(here, second, audiences=(A.ACCOUNTS,)))
    with clock.frozen(LATER):
        pool.absorb(outage_id=second.pk, other_id=first.pk, reason="并到一天停", by=MACHINE, at=clock.now())
        heard()
    assert Notice.objects.get(pk=waiting.notice_id).state == "cancelled"
    assert (proposal(first), proposal(second)) == ("", "change")


def test_a_fault_reported_then_withdrawn(here: Here) -> None:
    fault = here.place.fault(feeders="F1", confirmed=False)
    heard()
    assert proposal(fault) == "", "said by somebody, told to nobody"
    pool.confirm(outage_id=fault.pk, by=MACHINE, at=LATER)
    heard()
    assert proposal(fault) == "fault"
    with clock.frozen(LATER):
        release(here, tell(here, fault, Tale.FAULT, (A.ACCOUNTS,), when=LATER), LATER)
    pool.withdraw(outage_id=fault.pk, reason="用户内部故障", by=MACHINE, at=NOW + 2 * HOUR)
    heard()
    assert proposal(fault) == "cancelled"


def test_facts_heard_late_and_out_of_order_leave_the_newest_suggestion(here: Here) -> None:
    outage = planned(here)
    pool.postpone(outage_id=outage.pk, starts_at=at("03-14 08:00"), reason="材料", by=MACHINE, at=LATER)
    new = tell(here, outage, audiences=(A.ACCOUNTS, A.POSTINGS), when=LATER)
    heard()
    new.refresh_from_db()
    assert new.fallen_at is None and len(postings(outage)) == 4, "made after the step, and true"
    follow = {"outage_id": outage.pk, "by": selectors.HOUSE}
    assert services.follow_outage(verb="cancel", at=NOW + 3 * HOUR, **follow)  # type: ignore[arg-type]
    assert not services.follow_outage(verb="cancel", at=NOW + 3 * HOUR, **follow), "twice"  # type: ignore[arg-type]
    assert not services.follow_outage(verb="locate", at=NOW + 3 * HOUR, **follow)  # type: ignore[arg-type]
    assert services.follow_outage(verb="impact_changed", at=NOW + 5 * HOUR, **follow)  # type: ignore[arg-type]
    assert services.follow_outage(verb="change_plan", at=NOW + 4 * HOUR, **follow)  # type: ignore[arg-type]
    assert Proposal.objects.get(outage=outage, closed_at=None).verb == "impact_changed"
    assert Proposal.objects.get(outage=outage, verb="change_plan").outcome == "replaced"


def test_a_telling_that_read_the_plan_a_moment_before_it_changed_falls_too(here: Here) -> None:
    outage = planned(here)
    late = tell(here, outage, audiences=(A.ACCOUNTS,), when=NOW + 2 * HOUR)
    pool.postpone(outage_id=outage.pk, starts_at=at("03-14 08:00"), reason="材料", by=MACHINE, at=LATER)
    heard()
    assert Round.objects.get(pk=late.pk).fallen_at is not None, "it says what isn't so, whatever its moment"


def test_dropping_a_suggestion(here: Here) -> None:
    outage = planned(here)
    heard()
    row = Proposal.objects.get(outage=outage, closed_at=None)
    drop = services.drop_proposal
    refused("reason_missing", drop, proposal_id=row.pk, reason=" ", key=key(), by=here.quality, at=NOW)
    refused("not_found", drop, proposal_id=0, reason="x", key=key(), by=here.quality, at=NOW)
    refused("not_found", drop, proposal_id=row.pk, reason="x", key=key(), by=here.actor("station", "420606"), at=NOW)
    refused("not_allowed", drop, proposal_id=row.pk, reason="x", key=key(), by=here.actor("grid", grid="G1"), at=NOW)
    drop(proposal_id=row.pk, reason="只影响空台区", key=key(), by=here.quality, at=NOW)
    refused("proposal_closed", drop, proposal_id=row.pk, reason="x", key=key(), by=here.quality, at=NOW)
    steps = matters.steps(selectors.telling_label(outage.pk))
    assert [step.verb for step in steps] == ["drop", "follow"] and steps[0].words["reason"] == "只影响空台区"
