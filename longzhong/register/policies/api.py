"""Read-only: which value holds, and why."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from longzhong.kit import clock, web
from longzhong.register.policies import selectors
from longzhong.register.policies.rules import Candidate, Explanation, Standing

router = Router(tags=["policies"])


class PolicyOut(Schema):
    key: str
    title: str
    group: str
    value: str
    scope: str
    from_on: date | None
    source: str
    confidence: str
    confirmed: bool


class CandidateOut(Schema):
    policy_id: int
    value: object
    measure: str
    edition: str
    unit_id: int | None
    from_on: date
    to_on: date | None
    source: str
    confidence: str
    reason: str
    standing: str


class WhyOut(Schema):
    key: str
    day: date
    unit_id: int | None
    unit_edition: str
    held: CandidateOut | None
    candidates: list[CandidateOut]


@router.get("", response=list[PolicyOut])
def policies(request: HttpRequest, unit_id: int | None = None, day: date | None = None) -> list[selectors.KeyLine]:
    """Every policy as it stands for a unit (none: the whole company) on a day (today)."""
    return selectors.key_lines(web.actor(request), unit_id=unit_id, day=day or clock.today())


@router.get("{key}/why", response=WhyOut)
def why(request: HttpRequest, key: str, unit_id: int | None = None, day: date | None = None) -> WhyOut:
    """Which value of a policy held for a unit on a day, and what became of every other candidate."""
    selectors.key_card(web.actor(request), key)
    return _why(selectors.why(key, unit_id=unit_id, day=day or clock.today()))


def _why(said: Explanation) -> WhyOut:
    candidates = [_candidate(one) for one in said.candidates]
    held = next((one for one in candidates if one.standing == Standing.WON), None)
    return WhyOut(
        key=said.key,
        day=said.day,
        unit_id=said.unit_id,
        unit_edition=said.unit_edition,
        held=held,
        candidates=candidates,
    )


def _candidate(one: Candidate) -> CandidateOut:
    row = one.row
    return CandidateOut(
        policy_id=row.id,
        value=row.value,
        measure=row.measure,
        edition=row.edition,
        unit_id=row.unit_id,
        from_on=row.from_on,
        to_on=row.to_on,
        source=row.source,
        confidence=row.confidence,
        reason=row.reason,
        standing=one.standing.value,
    )
