"""Somebody tells faster than the outage's step is heard: what was told isn't suggested to them again; what changed since is."""

import pytest

from longzhong.sensing.announcements.models import Proposal
from longzhong.sensing.announcements.rules import Audience
from longzhong.sensing.outages import services as pool
from tests.sensing.announcements.make import HOUR, MACHINE, NOW, Here, at, heard, planned, proposal, tell

pytestmark = pytest.mark.django_db


def test_a_plan_that_was_told_at_once_isnt_suggested_afterwards(here: Here) -> None:
    outage = planned(here)
    tell(here, outage, audiences=(Audience.ACCOUNTS,))
    heard()
    assert proposal(outage) == ""
    assert Proposal.objects.get(outage=outage, tale="plan").outcome == "told"


def test_a_plan_that_changed_since_is_suggested(here: Here) -> None:
    outage = planned(here)
    tell(here, outage, audiences=(Audience.ACCOUNTS,))
    heard()
    pool.postpone(outage_id=outage.pk, starts_at=at("03-14 08:00"), reason="材料未到", by=MACHINE, at=NOW + HOUR)
    heard()
    assert proposal(outage) == "plan", "nothing of the first telling was out: the new time is told as the plan"
