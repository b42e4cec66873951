"""What the page of a case says on its left: facts, customer, order, stages, as plain parts."""

from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.hotline.pages.words import channel_words, counted_words, grade_words, type_words
from longzhong.cases.hotline.rules.machine import WORKING
from longzhong.cases.hotline.rules.words import (
    CAUSE_LABELS,
    HAZARD_LABELS,
    OUTCOME_LABELS,
    SECRECY_LABELS,
    SIDE_LABELS,
    SITE_LABELS,
    Hazard,
    Outcome,
    RootCause,
    Secrecy,
    Side,
    Site,
)
from longzhong.cases.hotline.selectors import CaseCard
from longzhong.dispatch.workorders import selectors as workorders
from longzhong.dispatch.workorders.rules import SERVICES, TRIAGES, Kind, state_label
from longzhong.dispatch.workorders.rules import State as Order
from longzhong.kit import web
from longzhong.sensing.outages import selectors as outages


def case_facts(card: CaseCard) -> list[web.Fact]:
    """What it is and whose."""
    case = card.case
    cause = CAUSE_LABELS[RootCause(case.root_cause)] if case.root_cause else ""
    hazard = HAZARD_LABELS[Hazard(case.hazard)] if case.hazard else ""
    rows = [
        web.Fact(_("分类"), card.category, note=type_words(case)),
        web.Fact(_("等级与情绪"), grade_words(case), note=counted_words(case)),
        web.Fact(_("来源"), channel_words(case), note=case.external_no),
        web.Fact(_("保密"), SECRECY_LABELS[Secrecy(case.secrecy)]) if case.secrecy != Secrecy.OPEN else None,
        web.Fact(_("安全隐患"), hazard) if hazard else None,
        web.Fact(_("提到越级"), _("12345、媒体或信访"), note=_("优先联系，先稳住情绪")) if case.over_level else None,
        web.Fact(_("责任单位"), str(case.unit), note=str(case.grid or _("未划分网格"))),
        web.Fact(_("专业部门"), str(case.department)) if case.department else None,
        web.Fact(_("同一事项"), _("以前说过没有、催过几次"), reverse("hotline:same", args=[case.pk])),
        web.Fact(_("首问负责人"), case.first_asked.name, note=_("受理时的首问，不因转办而改变")),
        web.Fact(_("现在负责人"), case.owner.name),
        web.Fact(_("受理时间"), case.opened_at),
        *_power_facts(card),
        web.Fact(_("根本原因"), cause) if cause else None,
        web.Fact(_("办结结果"), OUTCOME_LABELS[Outcome(case.outcome)]) if case.outcome else None,
    ]
    return [row for row in rows if row is not None]


def _power_facts(card: CaseCard) -> list[web.Fact | None]:
    """The outage that explains it, until when it lasts as announced, and what history expects."""
    case, foreseen = card.case, card.foreseen
    if case.outage_id is None and foreseen is None:
        return []
    outage = case.outage_id
    return [
        web.Fact(_("所属停电"), outages.title(outage), reverse("outages:detail", args=[outage])) if outage else None,
        web.Fact(_("对外预计恢复"), case.expected_at or _("还没有公布")) if outage else None,
        web.Fact(_("系统估计（未对外）"), foreseen.words, note=foreseen.why) if foreseen else None,
    ]


def customer_facts(card: CaseCard) -> list[web.Fact]:
    """Who it is about, masked, and where; special groups are always helped (S4-24)."""
    case, account = card.case, card.account
    marks = (*account.priorities, *account.tags) if account else ()
    area = reverse("curves:area", args=[case.area_id]) if case.area_id else ""
    call = card.first_call_id
    rows = [
        web.Fact(
            _("来电人"), " ".join(filter(None, card.caller)) or _("未留姓名电话"),
            reverse("hotline:call", args=[call]) if call else "", _("查看来电记录") if call else "",
        ),
        web.Fact(_("户号"), account.code, reverse("customers:account", args=[account.id])) if account else None,
        web.Fact(_("户名与地址"), account.name, note=account.place) if account else None,
        web.Fact(_("重点关注"), "、".join(marks)) if marks else None,
        web.Fact(_("台区"), str(case.area), area) if case.area else web.Fact(_("台区"), _("未定位到台区")),
        web.Fact(_("地域"), SITE_LABELS[Site(case.site)]),
        web.Fact(_("电能表"), case.meter_code) if case.meter_code else None,
    ]  # fmt: skip
    return [row for row in rows if row is not None]


def order_facts(card: CaseCard) -> list[web.Fact]:
    """The work order, what was found on site, and whose equipment it is."""
    case, order = card.case, card.order
    if order is None or case.order_id is None:
        return []
    kind = Kind(order.kind)
    rows = [
        web.Fact(_("工单"), workorders.title(case.order_id), reverse("workorders:detail", args=[case.order_id])),
        web.Fact(_("工单状态"), state_label(kind, Order(order.state))),
        web.Fact(_("预计恢复"), case.expected_at) if case.expected_at else None,
        web.Fact(_("故障位置"), order.fault_place) if order.fault_place else None,
        web.Fact(_("产权"), SIDE_LABELS[Side(case.side)], note=SERVICES.get(order.service, "")) if case.side else None,
        web.Fact(_("三分流"), TRIAGES[order.triage]) if order.triage in TRIAGES else None,
        web.Fact(_("恢复送电"), order.restored_at) if order.restored_at else None,
        web.Fact(_("处理答复"), card.reply) if card.reply else None,
    ]
    return [row for row in rows if row is not None]


def stage_facts(card: CaseCard) -> list[web.Fact]:
    """抢修四句: how long each stage took."""
    spans = {
        one.code: "—" if one.minutes is None else _("%(n)s 分钟") % {"n": f"{one.minutes:.0f}"} for one in card.stages
    }
    return [web.Fact(one.label, spans[one.code], note=one.note) for one in card.stages]


def service_advice(card: CaseCard) -> str:
    """How equipment of the customer's own is dealt with (产权区分服务, S4-24)."""
    if card.is_special:
        return _("特殊群体：不论产权，都要上门帮办，不收费；当场办不了的记录故障、材料和联系人并安排。")
    if card.case.side == Side.CUSTOMER:
        return _("客户产权：先电话指导；客户要求时可有偿服务，收费须事先说明。")
    at_work = card.case.side == Side.UTILITY and card.case.state in WORKING
    return _("供电企业产权：立即处理。") if at_work else ""
