"""What an outage hears of the notices that were sent because of it: told once, whatever is heard twice."""

import pytest
from django.db import transaction

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.notifications.events import NoticeMoved
from longzhong.kit import outbox
from longzhong.sensing.outages import selectors, services
from tests.sensing.outages.make import MACHINE, Place, a_place, at

pytestmark = pytest.mark.django_db
WHEN = at("03-03 10:00")


@pytest.fixture
def place() -> Place:
    return a_place()


def told(cause: str, verb: str) -> NoticeMoved:
    return NoticeMoved(
        notice_id=7, cause=cause, purpose="service", unit_id=1, verb=verb, state="done", queued=120, sent=118, failed=1,
        uncertain=1, cancelled=0, skipped=3, at=WHEN,
    )  # fmt: skip


def heard(*facts: NoticeMoved) -> None:
    with transaction.atomic():
        outbox.tell(*facts)
    outbox.deliver_all(twice=True)


def verbs(outage_id: int) -> list[str]:
    return [step.verb for step in matters.steps(selectors.label(outage_id)) if step.verb.startswith("notice_")]


def test_a_notice_of_the_outage_is_a_line_in_its_timeline_once(place: Place) -> None:
    outage_id = place.fault(areas="A1").pk
    cause = selectors.label(outage_id)
    heard(told(cause, "queue"), told(cause, "start"), told(cause, "finish"), told(cause, "finish"))
    assert sorted(verbs(outage_id)) == ["notice_queued", "notice_sent"]
    step = next(step for step in matters.steps(cause) if step.verb == "notice_sent")
    assert selectors.told([step]) == ["已发出 118 条"]


def test_notices_of_other_causes_and_gone_outages_change_nothing(place: Place) -> None:
    outage_id = place.fault(areas="A1").pk
    heard(told("hotline.case:1", "finish"), told("", "finish"), told(selectors.label(outage_id + 99), "finish"))
    assert verbs(outage_id) == []
    assert not services.note_notice(cause="", notice_id=1, verb="finish", sent=1, by=MACHINE, at=WHEN)
