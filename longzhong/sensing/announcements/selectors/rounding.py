"""Rounds: what they said, whether the same was told already, whose recipients wait, and who they are."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from longzhong.dispatch.notifications import selectors as notices
from longzhong.dispatch.notifications.rules import Recipient
from longzhong.dispatch.notifications.rules import State as NoticeState
from longzhong.sensing.announcements.models import Errand, Round
from longzhong.sensing.announcements.rules import Audience, Facts, Now, State, Tale
from longzhong.sensing.announcements.selectors import audiences
from longzhong.sensing.announcements.selectors.doors import HOUSE, outage_of
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.selectors import Outage

HANDED = (State.SERVED, State.POSTED, State.OUTDATED)


def said_of(facts: Facts) -> dict[str, str]:
    """What is told, in plain values: two that are equal say the same."""
    return {
        "title": facts.title, "reason": facts.reason, "start": facts.starts_at.isoformat(),
        "end": facts.ends_at.isoformat() if facts.ends_at else "",
    }  # fmt: skip


def is_told(row: Round) -> bool:
    """Whether a telling that holds said the same to one of these audiences, for some of the same units."""
    rows = Round.objects.filter(outage=row.outage_id, tale=row.tale, said=row.said, fallen_at=None)
    rows = rows.filter(audiences__overlap=row.audiences).exclude(notice__state=NoticeState.CANCELLED)
    if row.units is not None:
        rows = rows.filter(Q(units=None) | Q(units__overlap=row.units))
    return rows.exists()


def is_said(outage_id: int, tale: str, said: Mapping[str, str]) -> bool:
    """Whether a telling that holds says just this already: it was told before anybody heard that it has to be."""
    rows = Round.objects.filter(outage=outage_id, tale=tale, said=said, fallen_at=None)
    return rows.exclude(notice__state=NoticeState.CANCELLED).exists()


def to_fill() -> list[Round]:
    """Rounds whose batch waits for its recipients, the oldest first."""
    rows = Round.objects.filter(notice__state=NoticeState.COMPOSING, fallen_at=None).order_by("id")
    return list(rows.select_related("outage"))


def recipients(row: Round) -> Iterator[Recipient]:
    """Everybody whom the round tells by message, as things are now: who has power again meanwhile isn't told that it is off."""
    outage = outage_of(HOUSE, row.outage_id)
    area_ids = audiences.areas_of(outage, Tale(row.tale), row.units)
    rows = audiences.accounts_of(area_ids)
    if Audience.ACCOUNTS in row.audiences:
        yield from audiences.to_accounts(rows, outages.label(outage.pk), only_new=row.only_new)
    if Audience.LEADERS in row.audiences:
        yield from audiences.to_leaders(rows, area_ids)
    if Audience.PARTNERS in row.audiences:
        yield from audiences.to_partners(rows)
        yield from audiences.to_groups(rows)


def now_of(outage: Outage) -> Now:
    """How the outage stands and what was told of it, for the next suggestion."""
    cards = notices.of_cause(outages.label(outage.pk))
    told = any(card.counts.sent + card.counts.claimed + card.counts.uncertain for card in cards)
    told = told or Errand.objects.filter(outage=outage.pk, state__in=HANDED).exists()
    last: Mapping[str, Any] | None = Round.objects.filter(outage=outage.pk).order_by("-id").values("ends_at").first()
    return Now(
        kind=outage.kind, state=outage.state, expected_end=outage.expected_end_at, planned_end=outage.planned_end, told=told,
        told_end=last["ends_at"] if told and last else None,
    )  # fmt: skip
