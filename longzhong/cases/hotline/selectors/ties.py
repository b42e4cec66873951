"""What hangs on one case: its parent and children, what was told before or again, and who urged."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from longzhong.cases.hotline.models import Case, CaseParty, Link, Urge
from longzhong.cases.hotline.rules.machine import STATE_LABELS, State
from longzhong.cases.hotline.rules.repeats import URGE_LABELS, UrgeReason, urge_words
from longzhong.cases.hotline.rules.words import LINK_LABELS, LinkKind
from longzhong.cases.hotline.selectors.door import visible_to
from longzhong.cases.hotline.selectors.repeats import overseen_level
from longzhong.cases.hotline.selectors.same import Likeness, same_matter
from longzhong.kit.actor import Actor


@dataclass(frozen=True)
class LinkLine:
    """Another case and how it hangs together with this one, in words."""

    case_id: int
    number: str
    state: str
    kind: str
    reasons: tuple[str, ...]
    score: float
    opened_at: datetime
    overridden: bool = False


@dataclass(frozen=True)
class UrgeLine:
    """An urge as the page shows it."""

    number: int
    reason: str
    at: datetime
    within_limit: bool
    dispatched: bool
    answered_at: datetime | None
    words: str

    @property
    def open(self) -> bool:
        """Whether it is still to be answered."""
        return self.dispatched and self.answered_at is None


@dataclass(frozen=True)
class Ties:
    """All that hangs on a case, as far as the actor may see it."""

    parent: LinkLine | None
    children: tuple[LinkLine, ...]
    links: tuple[LinkLine, ...]
    urges: tuple[UrgeLine, ...]
    level: int


def candidates_of(actor: Actor, case: Case, at: datetime) -> list[Likeness]:
    """Cases that may be the same matter as this one and aren't tied to it yet; the surest first."""
    phone = CaseParty.objects.filter(case=case.pk).exclude(phone_index="").values_list("phone_index", flat=True).first()
    found = same_matter(
        actor, account_id=case.account_id, phone_index=phone or "", meter_code=case.meter_code, area_id=case.area_id,
        category_id=case.category_id, text=case.content, case_id=case.pk, at=at,
    )  # fmt: skip
    tied = {case.parent_id, *Case.objects.filter(parent=case.pk).values_list("id", flat=True)}
    for pair in Link.objects.filter(Q(case=case.pk) | Q(earlier=case.pk)).values_list("case_id", "earlier_id"):
        tied |= set(pair)
    return [one for one in found if one.case_id not in tied]


def ties_of(actor: Actor, case: Case) -> Ties:
    """Parent, children, links and urges of a case; five queries."""
    rows = Link.objects.filter(Q(case=case.pk) | Q(earlier=case.pk)).order_by("-at", "-id")
    links = {row.earlier_id if row.case_id == case.pk else row.case_id: row for row in rows}
    family = Q(pk__in=[*links, *([case.parent_id] if case.parent_id else [])]) | Q(parent=case.pk)
    cases = {row.pk: row for row in visible_to(actor).filter(family).order_by("-opened_at", "-id")}
    parent = cases.get(case.parent_id) if case.parent_id else None
    return Ties(
        parent=_member(parent, "主单") if parent else None,
        children=tuple(_member(row, "随主单办理") for row in cases.values() if row.parent_id == case.pk),
        links=tuple(_linked(cases[pk], row) for pk, row in links.items() if pk in cases),
        urges=tuple(_urge(row) for row in Urge.objects.filter(case=case.pk).order_by("-number")),
        level=overseen_level(case.pk),
    )


def _member(row: Case, kind: str) -> LinkLine:
    return LinkLine(row.pk, str(row), STATE_LABELS[State(row.state)], kind, (), 1.0, row.opened_at)


def _linked(row: Case, link: Link) -> LinkLine:
    return LinkLine(
        row.pk, str(row), STATE_LABELS[State(row.state)], LINK_LABELS[LinkKind(link.kind)], tuple(link.reasons),
        link.score, row.opened_at, overridden=link.kind == LinkKind.OVERRIDDEN,
    )  # fmt: skip


def _urge(row: Urge) -> UrgeLine:
    return UrgeLine(
        row.number, URGE_LABELS[UrgeReason(row.reason)], row.at, row.within_limit, row.dispatched, row.answered_at,
        urge_words(row.number, row.within_limit, row.dispatched),
    )  # fmt: skip
