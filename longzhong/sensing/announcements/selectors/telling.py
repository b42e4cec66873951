"""The timelines of errands and tellings in words, and the card on an outage's page."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import Line, Link, Panel, moment_words
from longzhong.dispatch.matters.selectors import StepCard
from longzhong.kit.actor import Actor
from longzhong.sensing.announcements.rules import (
    AUDIENCE_LABELS,
    READERS,
    RECEIPT_LABELS,
    TALE_LABELS,
    TELLERS,
    VERBS,
    Audience,
    Receipt,
    State,
    Tale,
)
from longzhong.sensing.announcements.selectors.boards import errands_of
from longzhong.sensing.announcements.selectors.doors import open_proposal, rounds
from longzhong.sensing.outages import selectors as outages

WORDS = VERBS
TELLING_WORDS = {"compose": "组织告知", "follow": "停电有变化", "drop": "不告知"}


def told(cards: Sequence[StepCard]) -> list[str]:
    """The text of each step; no query."""
    return ["\n".join(filter(None, [_codes(card.data), matters.said(card)])) for card in cards]


def _codes(data: Mapping[str, Any]) -> str:
    counted = data.get("counted") or {}
    parts = [
        outages.WORDS.get(data["verb"], "") if data.get("verb") else "",
        f"收回未发出的通知 {data['rounds']} 批" if data.get("rounds") else "",
        f"作废书面通知和张贴 {data['errands']} 件" if data.get("errands") and "verb" in data else "",
        f"{'建议' if 'verb' in data else ''}告知：{TALE_LABELS[Tale(data['tale'])]}" if data.get("tale") else "",
        "、".join(f"{AUDIENCE_LABELS[Audience(one)]} {count}" for one, count in counted.items() if count),
        f"期限 {_moment(data['due_at'])}" if data.get("due_at") else "",
        "替换作废的一份" if data.get("replaces") else "",
        RECEIPT_LABELS[Receipt(data["receipt"])] if data.get("receipt") else "",
        f"时间 {_moment(data['moment'])}" if data.get("moment") else "",
        "照片没有位置" if data.get("no_place") else "",
        f"第 {data['tries']} 次到访" if data.get("tries") else "",
    ]
    return "；".join(part for part in parts if part)


def _moment(value: str) -> str:
    return moment_words(datetime.fromisoformat(value))


def panel(actor: Actor, outage_id: int) -> Panel | None:
    """The card on an outage's page: what was told last, what is suggested, and the door; three queries."""
    if not actor.has(*READERS):
        return None
    waiting, last = open_proposal(outage_id), rounds(outage_id).first()
    here, lines = reverse("announcements:outage", args=[outage_id]), []
    if waiting:
        lines.append(Line(_("建议告知"), TALE_LABELS[Tale(waiting.tale)], note=_("停电有变化，由人核对后再发")))
    if last:
        note = _("已过时，没有发出的已收回") if last.fallen_at else moment_words(last.made_at)
        lines.append(Line(_("最近告知"), TALE_LABELS[Tale(last.tale)], here, note))
    papers = sum(errands_of(outage_id).get(kind, {}).get(State.OPEN, 0) for kind in ("written", "posting"))
    if papers:
        lines.append(Line(_("书面通知和张贴待办"), _("%s 件") % papers, f"{reverse('announcements:board')}?tab=open"))
    links = [Link(_("告知与协同"), here, "broadcast")]
    if waiting and actor.has(*TELLERS):
        compose = reverse("announcements:compose", args=[outage_id])
        links.insert(0, Link(_("去组织告知"), f"{compose}?tale={waiting.tale}", "send"))
    return Panel(_("停电告知"), tuple(lines), tuple(links), order=20)
