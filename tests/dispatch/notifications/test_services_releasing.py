"""When a notice goes out: quiet hours, daily limits, approval by somebody else, cancelling; and its steps."""

from dataclasses import replace

import pytest

from longzhong.dispatch.notifications import selectors, services
from longzhong.dispatch.notifications.rules import Purpose
from longzhong.kit.actor import Actor, Scope
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact
from tests.dispatch.make import SYSTEM, County
from tests.dispatch.notifications import make
from tests.dispatch.notifications.make import MORNING, NIGHT, NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates")]


def test_quiet_hours_wait_for_the_morning_emergencies_do_not(county: County) -> None:
    ids = make.accounts(county, 1)
    calm = make.queue(make.compose(county, make.to_accounts(ids)), NIGHT)
    assert calm.send_from == MORNING
    make.a_provider()
    fake = make.Fake()
    make.send(fake, NIGHT)
    assert not fake.got
    make.a_template(code="urgent", purpose=Purpose.EMERGENCY)
    urgent = make.queue(make.compose(county, make.to_accounts(ids), template="urgent"), NIGHT)
    assert urgent.send_from == NIGHT
    make.send(fake, NIGHT)
    assert len(fake.got) == 1
    make.send(fake, MORNING)
    assert len(fake.got) == 2
    stale = make.compose(county, make.to_accounts(ids), send_until=MORNING)
    with pytest.raises(Refused, match="too_late"):
        make.queue(stale, NIGHT)


def test_a_batch_that_runs_into_the_night_sleeps(county: County) -> None:
    notice = make.queue(make.compose(county, make.to_accounts(make.accounts(county, 2))), NOON)
    make.a_provider()
    fake = make.Fake()
    make.send(fake, NIGHT)
    assert make.states(notice) == {"queued": 2}
    make.send(fake, MORNING)
    assert make.states(notice) == {"sent": 2}


def test_a_phone_has_a_daily_limit(county: County) -> None:
    (one, two) = make.accounts(county, 2)
    for _ in range(5):
        make.queue(make.compose(county, make.to_accounts([one])))
    notice = make.queue(make.compose(county, make.to_accounts([one, two])))
    assert make.skips(notice) == ["frequency"]
    assert make.states(notice) == {"queued": 1, "skipped": 1}
    make.a_template(code="urgent", purpose=Purpose.EMERGENCY)
    assert make.states(make.queue(make.compose(county, make.to_accounts([one]), template="urgent"))) == {"queued": 1}
    tomorrow = make.queue(make.compose(county, make.to_accounts([one])), MORNING)
    assert make.states(tomorrow) == {"queued": 1}


def test_approval_by_somebody_else(county: County) -> None:
    make.a_template(needs_approval=True)
    (one,) = make.accounts(county, 1)
    quality = Actor(7, None, "优服", (Scope("quality", frozenset({county.station})),))
    notice = make.compose(county, make.to_accounts([one]), by=quality)
    assert notice.state == "pending"
    with pytest.raises(Refused, match="wrong_state"):
        make.queue(notice)
    with pytest.raises(Refused, match="approve_own"):
        services.approve_notice(notice_id=notice.pk, by=quality, at=NOON)
    with pytest.raises(Refused, match="not_allowed"):
        services.approve_notice(notice_id=notice.pk, by=county.head, at=NOON)
    services.approve_notice(notice_id=notice.pk, by=replace(quality, user_id=8), at=NOON)
    assert make.queue(notice).state == "queued"


def test_cancelling_takes_back_what_has_not_gone_out(county: County) -> None:
    ids = make.accounts(county, 3)
    make.a_provider(rate_per_s=1.0)
    notice = make.queue(make.compose(county, make.to_accounts(ids), cause="outages.outage:12"))
    make.send(make.Fake(), rounds=1)
    with pytest.raises(Refused, match="cancel_needs_reason"):
        services.cancel_notice(notice_id=notice.pk, reason=" ", by=SYSTEM, at=NOON)
    assert services.cancel_cause(cause="outages.outage:12", reason="计划变更", by=SYSTEM, at=NOON) == 1
    assert make.states(notice) == {"sent": 1, "cancelled": 2}
    assert services.cancel_cause(cause="outages.outage:12", reason="计划变更", by=SYSTEM, at=NOON) == 0
    (card,) = selectors.of_cause("outages.outage:12")
    assert (card.state, card.counts.sent, card.counts.cancelled) == ("cancelled", 1, 2)
    with pytest.raises(Refused, match="not_found"):
        services.cancel_notice(
            notice_id=notice.pk, reason="x", by=county.actor("other", "station", units=(1,)), at=NOON
        )


def test_every_step_is_told_with_its_counts(county: County) -> None:
    make.a_provider()
    notice = make.queue(make.compose(county, make.to_accounts(make.accounts(county, 2))))
    make.send(make.Fake())
    told = list(Fact.objects.filter(name="NoticeMoved").order_by("id").values_list("body__verb", "body__sent"))
    assert told == [("compose", 0), ("ready", 0), ("queue", 0), ("start", 0), ("finish", 2)]
    assert selectors.progress(notice.pk).counts.sent == 2
