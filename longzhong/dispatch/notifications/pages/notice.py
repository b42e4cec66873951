"""One notice: how far it is (asked for every three seconds while it moves), who gets none and why, what came back."""

from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.notifications import selectors
from longzhong.dispatch.notifications.models import Notice
from longzhong.dispatch.notifications.pages.forms import CancelForm
from longzhong.dispatch.notifications.pages.words import state_badge
from longzhong.dispatch.notifications.rules import (
    CHANNEL_WORDS,
    MACHINE,
    MOVING,
    PURPOSES,
    READERS,
    STATE_WORDS,
    Channel,
    Counts,
    MessageState,
    Purpose,
    State,
)
from longzhong.dispatch.notifications.selectors import Preview, ReachLine, ReasonLine
from longzhong.kit import clock, web

PATH = (State.COMPOSING, State.READY, State.QUEUED, State.SENDING, State.DONE)
ASKS = {
    "approve": "批准后由组织人发送。", "queue": "将向 %(n)s 个地址发送，发出后不能收回；免打扰时段内的到早上再发。",
    "resend": "结果不明的会用原编号再发一次，通道不认编号时客户可能收到两条。", "cancel": "还没发出的全部收回，已发出的不受影响。",
}  # fmt: skip


@dataclass(frozen=True)
class NoticePage:
    notice: Notice
    state: web.Badge
    stages: list[web.Stage]
    facts: list[web.Fact]
    counts: Counts
    tiles: list[web.Tile]
    moving: bool
    done: int
    doing: str
    reach: list[tuple[str, ReachLine]]
    skipped: list[ReasonLine]
    failed: list[ReasonLine]
    previews: list[tuple[str, Preview]]
    timeline: list[web.Entry]
    moves: list[web.MoveForm]


@web.page(*READERS)
def notice(request: HttpRequest, notice_id: int) -> HttpResponseBase:
    return web.show(request, _page(request, notice_id), "notifications/notice.html")


@web.page(*READERS)
def progress(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The progress alone; when nothing moves any more, the whole page is loaded."""
    page = _page(request, notice_id)
    answer = web.fragment(request, page, "notifications/_progress.html")
    if not page.moving:
        answer["HX-Refresh"] = "true"
    return answer


def _page(request: HttpRequest, notice_id: int) -> NoticePage:
    who = web.actor(request)
    row = selectors.notice_of(who, notice_id)
    told = selectors.counts(row.pk)
    limits = selectors.limits_of(row, clock.now())
    return NoticePage(
        notice=row, state=state_badge(row), stages=_stages(row), facts=_facts(row), counts=told, tiles=_tiles(row, told),
        moving=row.state in MOVING or row.state == State.COMPOSING, done=_done(row, told), doing=_doing(row),
        reach=[(CHANNEL_WORDS[Channel(line.channel)], line) for line in selectors.reach(row.pk)],
        skipped=selectors.reasons(row.pk, MessageState.SKIPPED), failed=selectors.reasons(row.pk, MessageState.FAILED),
        previews=[
            (CHANNEL_WORDS[one.channel], one)
            for one in selectors.previews(row.template, row.params, limits)
            if one.channel in row.channels
        ],
        timeline=matters.timeline(selectors.label(row.pk), reader=who), moves=_moves(row, told, who),
    )  # fmt: skip


def _done(row: Notice, told: Counts) -> int:
    """Per cent of what is being done now."""
    if row.state == State.COMPOSING:
        return min(99, 100 * row.composed // row.expected) if row.expected else 0
    return 100 * told.settled // told.queued if told.queued else 100


def _doing(row: Notice) -> str:
    if row.state == State.COMPOSING:
        return _("已解析 %(n)s 个收件人") % {"n": row.composed}
    if row.state == State.QUEUED and row.send_from and row.send_from > clock.now():
        return _("免打扰时段，%(at)s 开始发送") % {"at": row.send_from.astimezone(clock.CST).strftime("%m-%d %H:%M")}
    return _("发送进度")


def _stages(row: Notice) -> list[web.Stage]:
    if row.state == State.CANCELLED:
        return [web.Stage(STATE_WORDS[State.COMPOSING], "done"), web.Stage(STATE_WORDS[State.CANCELLED], "bad")]
    now = PATH.index(State.READY if row.state == State.PENDING else State(row.state))
    stages = []
    for place, state in enumerate(PATH):
        words = STATE_WORDS[State(row.state)] if place == now else STATE_WORDS[state]
        past = place < now or row.state == State.DONE
        stages.append(web.Stage(words, "done" if past else "now" if place == now else "todo"))
    return stages


def _tiles(row: Notice, told: Counts) -> list[web.Tile]:
    href = reverse("notifications:messages", args=[row.pk])
    lines = (
        (_("应发"), told.queued, "", ""), (_("已发"), told.sent, "sent", "good"), (_("失败"), told.failed, "failed", "late"),
        (_("结果不明"), told.uncertain, "uncertain", "soon"), (_("不发"), told.skipped, "skipped", "closed"),
        (_("已取消"), told.cancelled, "cancelled", "closed"),
    )  # fmt: skip
    return [
        web.Tile(label, number, _("条"), f"{href}?state={state}" if state else href, tone if number else "")
        for label, number, state, tone in lines
    ]


def _facts(row: Notice) -> list[web.Fact]:
    return [
        web.Fact(_("模板"), row.template.title, reverse("notifications:template", args=[row.template_id]),
                 _("第 %(n)s 版") % {"n": row.template.edition}),
        web.Fact(_("用途"), PURPOSES[Purpose(row.purpose)].words),
        web.Fact(_("渠道"), "、".join(CHANNEL_WORDS[Channel(one)] for one in row.channels)),
        web.Fact(_("单位"), row.unit.name),
        web.Fact(_("缘由"), row.cause or _("无")),
        web.Fact(_("最早发送"), row.send_from),
        web.Fact(_("有效至"), row.send_until),
        web.Fact(_("地址保存"), _("结束后 %(n)s 天") % {"n": row.template.retention_days}),
    ]  # fmt: skip


def _moves(row: Notice, told: Counts, who: web.Actor) -> list[web.MoveForm]:
    offered = [
        move
        for move in MACHINE.moves_from(row.state, None if who.system else who.roles)
        if move.roles and (move.verb != "resend" or told.uncertain)
    ]
    offer = partial(_offer, row, told)
    return [offer(move.verb, move.label) for move in offered]


def _offer(row: Notice, told: Counts, verb: str, label: str) -> web.MoveForm:
    form = CancelForm() if verb == "cancel" else None
    tone = "danger" if verb == "cancel" else "primary" if verb in {"queue", "approve"} else "secondary"
    action = reverse(f"notifications:{verb}", args=[row.pk])
    return web.MoveForm(verb, label, action, form, ASKS[verb] % {"n": told.waiting}, tone)  # type: ignore[arg-type]
