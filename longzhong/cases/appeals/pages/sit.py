"""评审: what a member of the panel reads before voting — the complaint as it was investigated, the appeal, the statement."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.appeals import selectors
from longzhong.cases.appeals.models import Appeal
from longzhong.cases.appeals.pages.detail import evidence_of, move_form
from longzhong.cases.appeals.pages.words import asked_words, grounds_words, state_badge, was_words
from longzhong.cases.appeals.rules import MEMBERS
from longzhong.cases.appeals.selectors import MemberLine, SealLine
from longzhong.cases.complaints.selectors import Dossier
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused


@dataclass(frozen=True)
class SitPage:
    appeal: Appeal
    state: web.Badge
    facts: list[web.Fact]
    basis: str
    dossier: Dossier
    statements: list[str]
    seals: tuple[SealLine, ...]
    evidence: list[tuple[str, str, bool]]
    voted: str
    seat: MemberLine
    clocks: tuple[ClockCard, ...]
    back: str
    moves: list[web.MoveForm]


@web.page(*MEMBERS)
def sit(request: HttpRequest, appeal_id: int) -> HttpResponseBase:
    """Members only; who left the panel has no page any more."""
    now = clock.now()
    card = selectors.appeal_card(web.actor(request), appeal_id, now)
    if card.my_seat is None:
        raise Refused("not_member", _("您不在这件申诉的评审组里。"), appeal=appeal_id)
    row, sitting = card.appeal, [one for one in card.members if one.left_at is None]
    page = SitPage(
        appeal=row, state=state_badge(row), facts=_facts(row), basis=card.basis, dossier=card.dossier,
        statements=[str(one.words.get("text", "")) for one in card.steps if one.verb == "state" and not one.is_erased],
        seals=card.seals, evidence=evidence_of(card), seat=card.my_seat, clocks=card.clocks,
        voted=f"{sum(one.voted_at is not None for one in sitting)}/{len(sitting)}",
        back=reverse("appeals:detail", args=[row.pk]),
        moves=[move_form(card, one.verb, one.label, now) for one in card.moves if one.verb == "vote"],
    )  # fmt: skip
    return web.show(request, page, "appeals/sit.html")


def _facts(row: Appeal) -> list[web.Fact]:
    return [
        web.Fact(_("原核定"), was_words(row)),
        web.Fact(_("申诉目的"), asked_words(row)),
        web.Fact(_("申诉原因"), grounds_words(row)),
        web.Fact(_("责任单位"), row.complaint.unit.name),
    ]
