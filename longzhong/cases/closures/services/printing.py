"""Printed for the customer: the list (一次性告知单), the commitment letter (承诺书), the filled application (免填单, S4-34).

The list has nothing personal. The other two show name, address and 户号 in plain: each look is journalled.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.closures import selectors
from longzhong.cases.closures.models import Closure, Telling
from longzhong.cases.closures.rules import (
    CHANNEL_LABELS,
    GROUND_LABELS,
    HALL,
    KIND_LABELS,
    LIVE,
    PAPERS,
    WAY_LABELS,
    Channel,
    Ground,
    Kind,
    Way,
    paper_words,
)
from longzhong.cases.closures.services.moving import note
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.clock import CST
from longzhong.kit.errors import Refused
from longzhong.kit.papers import Block, Facts, Paper, Signature, Signatures, Table, Text
from longzhong.register.customers import services as customers

REASON = "打印免填单请客户核对签字"
FORM, LETTER = "form", "letter"


def told_list(*, telling_id: int, by: Actor) -> Paper:
    """The list as it was handed over, to print again or keep."""
    row = selectors.visible_tellings(by).select_related("unit", "staff").filter(pk=telling_id).first()
    if row is None:
        raise Refused("not_found", _("没有这张告知单，或不在您的管辖范围内。"), telling=telling_id)
    rows = tuple((str(place), PAPERS.get(code, code), "") for place, code in enumerate(row.codes, 1))
    blocks: tuple[Block, ...] = (
        Facts((("办理业务", KIND_LABELS[Kind(row.kind)]), ("告知时间", _moment(row.told_at)),
               ("告知方式", WAY_LABELS[Way(row.way)]), ("告知人", row.staff.name))),
        Table(("序号", "需要的材料", "备注"), rows, "请一次备齐", (1, 6, 3)),
        Text("说明", (
            "以上为办理本业务需要的全部材料。带身份证明或产权证明之一即可先受理，其余签承诺书后补。",
            "如再要求清单以外的材料，请向营业厅负责人反映，属我方责任。",
            "销户须结清电费、拆除电能表后才算办结；口头提出不等于已销户。",
        )),
        Signatures((Signature("告知人", row.staff.name), Signature("客户"))),
    )  # fmt: skip
    return Paper("一次性告知单", row.number or "", row.unit.name, blocks, _source(row))


@transaction.atomic
def fill_paper(*, closure_id: int, kind: str, by: Actor, at: datetime) -> Paper:
    """The filled application or the commitment letter of a closure that goes on."""
    row = selectors.visible_to(by).select_for_update(of=("self",)).select_related("unit").filter(pk=closure_id).first()
    if row is None:
        raise Refused("not_found", _("没有这件销户，或不在您的管辖范围内。"), closure=closure_id)
    if kind not in (FORM, LETTER) or row.state not in LIVE:
        raise Refused("nothing_to_print", _("没有可打印的内容：销户已经结束，或没有这种表单。"), kind=kind)
    if not selectors.may(by, HALL, row):
        raise Refused("not_allowed", _("您的岗位不能打印客户表单。"), roles=sorted(HALL))
    name, address, code = (
        customers.reveal(account_id=row.account_id, field=field, reason=REASON, by=by, at=at)
        for field in ("name", "address", "code")
    )
    note(row=row, verb="print", said=Said({"kind": kind}), by=by, at=at)
    whose = Facts((("户号", code), ("户名", name), ("用电地址", address)))
    return _form(row, whose, at) if kind == FORM else _letter(row, whose, at)


def _form(row: Closure, whose: Facts, at: datetime) -> Paper:
    papers = [
        (paper_words(one.code), "已核对" if one.brought_at else "后补" if row.signed else "待带来")
        for one in row.papers.order_by("id")
    ]
    blocks: tuple[Block, ...] = (
        whose,
        Facts((("业务", row.get_kind_display()), ("原因", GROUND_LABELS[Ground(row.ground)]),
               ("提出方式", CHANNEL_LABELS[Channel(row.channel)]), ("打印时间", _moment(at)))),
        Table(("材料", "情况"), tuple(papers) or (("尚未受理", "—"),), "材料", (7, 3)),
        Text("客户声明", (
            "本人（单位）申请对上述用电户销户，自拆表之日起停止用电，并结清全部电费；再用电时按新装办理。",
            "以上内容由供电企业代填，本人已核对无误。",
        )),
        Signatures((Signature("客户（签字或盖章）"), Signature("受理人"))),
    )  # fmt: skip
    return Paper("销户申请表", row.number or "", row.unit.name, blocks, "免填单：请核对后签字")


def _letter(row: Closure, whose: Facts, at: datetime) -> Paper:
    missing = [paper_words(code) for code in selectors.missing_of(row.pk)]
    blocks: tuple[Block, ...] = (
        whose,
        Text("承诺", (
            f"本人（单位）已出示{paper_words(row.shown).partition('（')[0]}" if row.shown else "本人（单位）已提出销户",
            f"下列材料在销户办结前补齐：{'；'.join(missing) or '无'}。",
            "如未补齐，同意供电企业暂不办结销户；所提供材料真实有效，否则承担相应责任。",
        )),
        Signatures((Signature("承诺人（签字或盖章）"), Signature("受理人")), "签字"),
        Text("", (f"打印时间 {_moment(at)}",)),
    )  # fmt: skip
    return Paper("材料后补承诺书", row.number or "", row.unit.name, blocks, "一证受理：办结前补齐即可")


def _source(row: Telling) -> str:
    return f"依据：{row.source}" + ("（待确认）" if row.confidence in ("M", "U") else "") if row.source else ""


def _moment(at: datetime) -> str:
    return f"{at.astimezone(CST):%Y-%m-%d %H:%M}"
