"""A written notice or an announcement ready for print: every text as the paper shows it."""

from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.dispatch.matters.rules import moment_words
from longzhong.kit.actor import Actor
from longzhong.kit.papers import Facts, Paper, Signature, Signatures, Text
from longzhong.register.customers import selectors as customers
from longzhong.sensing.announcements.models import Errand
from longzhong.sensing.announcements.rules import RECEIPT_LABELS, TALE_LABELS, Tale
from longzhong.sensing.announcements.rules import Errand as Kind
from longzhong.sensing.outages import selectors as outages

LEADS = {
    Tale.PLAN: "因{reason}，需要停电。现将停电时间告知如下，请提前做好准备；重要负荷请启用自备应急电源，并与供电所保持联系。",
    Tale.CHANGE: "原停电计划有变更，请以本通知为准，原通知作废。请据此调整准备；重要负荷请启用自备应急电源。",
    Tale.POSTPONE: "原停电计划延期，请以本通知为准，原通知作废。请据此调整准备。",
    Tale.CANCELLED: "此前告知的停电已取消，原通知作废，请照常用电。由此带来的不便，敬请谅解。",
}

CARE = "停电时间如有变化，将另行告知；检修期间请将设备视为带电，注意安全。"
POSTED = 1.7


def paper_of(actor: Actor, row: Errand) -> Paper:
    """The errand's paper in the words of its telling; a customer who is a person is masked, an organisation is named."""
    said, tale = row.round.said, Tale(row.round.tale)
    start, end = datetime.fromisoformat(said["start"]), said["end"]
    written = row.kind == Kind.WRITTEN
    card = customers.cards_of(actor, [row.account])[0] if row.account else None
    party = (
        _("%(name)s（户号 %(code)s）") % {"name": card.name, "code": card.code}
        if card
        else _("%s 的广大客户") % row.place
    )
    rows = (
        (_("停电线路或设备"), said["title"]), (_("停电原因"), said["reason"]), (_("停电时间"), moment_words(start)),
        (_("预计送电时间"), moment_words(datetime.fromisoformat(end)) if end else _("待定")),
        (_("停电编号"), outages.title(row.outage_id).split(" ")[0]), (_("地址"), card.place if card else row.place),
    )  # fmt: skip
    blocks = (Text(f"{party}：", (LEADS[tale].format(reason=said["reason"]),)), Facts(rows), Text("", (_(CARE),)))
    return Paper(
        title=_("停电书面通知") if written else _("停电公告"), number=str(row), unit=row.unit.name,
        note=f"{TALE_LABELS[tale]} · {moment_words(row.round.made_at)} · " + _("供电服务热线 95598"),
        blocks=(*blocks, *_receipt(row)) if written else blocks, scale=1.0 if written else POSTED,
    )  # fmt: skip


def _receipt(row: Errand) -> tuple[Text, Signatures]:
    """What is torn off and kept: how it was handed over, by whom, to whom."""
    ways = "　".join(f"□ {one}" for one in RECEIPT_LABELS.values())
    until = _("应于 %s 前送达") % moment_words(row.due_at)
    signs = (Signature(_("签收人（见证人）")), Signature(_("送达人"), str(row.owner or "")))
    return Text(_("送达回执"), (ways, until)), Signatures(signs)
