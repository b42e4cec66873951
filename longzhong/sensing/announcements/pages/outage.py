"""告知与协同: one outage for three desks: what was told and how far it is, who goes there, the estimate, the crews, who called."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.notifications.rules import CHANNEL_WORDS, MOVING, STATE_WORDS, Channel
from longzhong.dispatch.notifications.rules import State as NoticeState
from longzhong.kit import clock, web
from longzhong.kit.web.words import stamp
from longzhong.sensing.announcements import selectors
from longzhong.sensing.announcements.pages.forms import DropForm
from longzhong.sensing.announcements.rules import (
    AUDIENCE_LABELS,
    ERRAND_LABELS,
    READERS,
    STATE_LABELS,
    TALE_LABELS,
    TELLERS,
    Audience,
    Errand,
    State,
    Tale,
)
from longzhong.sensing.announcements.selectors import CrewLine, Joint, Outage, RoundLine
from longzhong.sensing.troubles.rules import KIND_LABELS
from longzhong.sensing.troubles.rules.words import SignalKind

READINESS = {"ready": "有空闲班组", "busy": "班组都在抢修", "none": "现在没有班组值班"}
STILL = (NoticeState.COMPOSING, *MOVING)


@dataclass(frozen=True)
class ToldLine:
    """A telling as the page shows it."""

    title: str
    whom: str
    at: str
    badge: web.Badge
    href: str
    queued: int
    sent: int
    failed: int
    uncertain: int
    reach: str


@dataclass(frozen=True)
class RoundsPart:
    """What is asked for every three seconds while something moves."""

    outage_id: int
    lines: list[ToldLine]
    moving: bool


@dataclass(frozen=True)
class OutagePage:
    outage: Outage
    rounds: RoundsPart
    proposal: str
    drop: list[web.MoveForm]
    tales: list[tuple[str, str]]
    facts: list[web.Fact]
    crews: tuple[CrewLine, ...]
    errands: list[tuple[str, str]]
    errands_href: str
    may_tell: bool
    timeline: list[web.Entry]


@web.page(*READERS)
def outage(request: HttpRequest, outage_id: int) -> HttpResponseBase:
    who, now = web.actor(request), clock.now()
    row = selectors.outage_of(who, outage_id)
    card, may_tell = selectors.joint_board(row, now), who.has(*TELLERS)
    waiting = card.proposal
    page = OutagePage(
        outage=row, rounds=_part(row.pk, card.rounds), proposal=TALE_LABELS[Tale(waiting.tale)] if waiting else "",
        drop=_drop(waiting.pk) if waiting and may_tell else [],
        tales=[(word, _compose(row.pk, tale)) for tale, word in selectors.tales_of(row)] if may_tell else [],
        facts=_facts(card), crews=card.crews, errands=_errands(card),
        errands_href=f"{reverse('announcements:board')}?tab=all&outage={row.number}", may_tell=may_tell,
        timeline=matters.timeline(selectors.telling_label(row.pk)),
    )  # fmt: skip
    return web.show(request, page, "announcements/outage.html")


@web.page(*READERS)
def progress(request: HttpRequest, outage_id: int) -> HttpResponseBase:
    """The tellings again, as their messages go out."""
    row = selectors.outage_of(web.actor(request), outage_id)
    part = _part(row.pk, selectors.joint_board(row, clock.now()).rounds)
    return web.fragment(request, part, "announcements/_rounds.html")


def _part(outage_id: int, lines: tuple[RoundLine, ...]) -> RoundsPart:
    moving = any(one.notice is not None and one.notice.state in STILL for one in lines)
    return RoundsPart(outage_id, [_told(one) for one in lines], moving)


def _told(line: RoundLine) -> ToldLine:
    row, card = line.row, line.notice
    reach = "；".join(
        _("%(channel)s 送达 %(n)s 确认 %(m)s")
        % {"channel": CHANNEL_WORDS[Channel(one.channel)], "n": one.delivered, "m": one.acknowledged}
        for one in line.reach
    )
    counts = card.counts if card else None
    whom = "、".join(f"{AUDIENCE_LABELS[Audience(one)]} {n}" for one in row.audiences if (n := row.counted.get(one, 0)))
    return ToldLine(
        title=TALE_LABELS[Tale(row.tale)], whom=whom or _("没有人"), at=stamp(row.made_at), badge=_badge(line),
        href=reverse("notifications:notice", args=[card.id]) if card else "", queued=counts.queued if counts else 0,
        sent=counts.sent if counts else 0, failed=counts.failed if counts else 0,
        uncertain=counts.uncertain if counts else 0, reach=reach,
    )  # fmt: skip


def _badge(line: RoundLine) -> web.Badge:
    if line.notice is None:
        return web.Badge("closed", _("已过时")) if line.row.fallen_at else web.Badge("info", _("上门和张贴"))
    state = NoticeState(line.notice.state)
    if state == NoticeState.READY:
        return web.Badge("soon", _("待您点发送"))
    tone = "good" if state == NoticeState.DONE else "closed" if state == NoticeState.CANCELLED else "info"
    return web.Badge(tone, str(STATE_WORDS[state]))  # type: ignore[arg-type]


def _facts(card: Joint) -> list[web.Fact]:
    outage, said = card.outage, card.estimate
    kinds = "、".join(f"{KIND_LABELS[SignalKind(kind)]} {count}" for kind, count in sorted(card.heard.items()))
    guess = _("暂无")
    if said is not None:
        guess = _("%(low)s 至 %(high)s") % {"low": stamp(said.low_at), "high": stamp(said.high_at)}
    note = "" if said is None else _("已采用为对客户的口径") if said.is_adopted else _("模型估计，未告知客户")
    impact = _("%(a)s 个台区，%(n)s 户，重要客户 %(i)s 户")
    counted = {"a": outage.areas, "n": outage.accounts, "i": outage.important}
    return [
        web.Fact(_("对客户的预计恢复"), outage.expected_end_at or _("待定")), web.Fact(_("恢复预计（80% 区间）"), guess, note=note),
        web.Fact(_("影响"), impact % counted),
        web.Fact(_("报停信号"), kinds or _("没有")), web.Fact(_("抢修力量"), READINESS[card.readiness]),
        web.Fact(_("停电详情"), outage.number, reverse("outages:detail", args=[outage.pk])),
    ]  # fmt: skip


def _errands(card: Joint) -> list[tuple[str, str]]:
    """书面通知: 待办 1，已送达 3."""
    return [
        (word, "，".join(f"{STATE_LABELS[State(state)]} {count}" for state, count in card.errands[kind].items()))
        for kind, word in ((one.value, ERRAND_LABELS[one]) for one in Errand) if kind in card.errands
    ]  # fmt: skip


def _compose(outage_id: int, tale: str) -> str:
    return f"{reverse('announcements:compose', args=[outage_id])}?tale={tale}"


def _drop(proposal_id: int) -> list[web.MoveForm]:
    action = reverse("announcements:drop", args=[proposal_id])
    return [
        web.MoveForm(
            "drop",
            _("不告知"),
            action,
            form=DropForm(),
            ask=_("这次变化不对外告知，理由留痕；停电再有变化会重新建议。"),
        )
    ]
