"""Campaigns to test with: against rude hall clerks in the whole county, from the morning on."""

from datetime import date, timedelta
from typing import Any

from longzhong.cases.campaigns import services
from longzhong.cases.campaigns.models import Campaign
from longzhong.cases.campaigns.rules import Basis, Plan
from longzhong.kit.actor import Actor
from tests.cases.complaints.make import people
from tests.cases.hotline.make import MORNING, Hotline, category

DAY = timedelta(days=1)
TODAY = MORNING.date()


def plan(hotline: Hotline, **changes: Any) -> Plan:
    given: dict[str, Any] = {
        "title": "营业厅服务规范专项整治", "category_ids": (category("complaint.service"),), "unit_id": hotline.county.county,
        "starts_on": TODAY, "ends_on": TODAY + 29 * DAY, "basis": Basis.BEFORE, "target_pct": 40, "aim": "服务态度投诉集中",
    }  # fmt: skip
    return Plan(**{**given, **changes})


def office(hotline: Hotline) -> Actor:
    return people(hotline).office


def a_campaign(hotline: Hotline, *, started: bool = True, **changes: Any) -> Campaign:
    who = office(hotline)
    row = services.draft(plan=plan(hotline, **changes), by=who, at=MORNING)
    if started:
        services.start(campaign_id=row.pk, by=who, at=MORNING)
    row.refresh_from_db()
    return row


def on(day: int) -> date:
    """So many days after the campaign's first."""
    return TODAY + day * DAY
