"""The report as paper (Word and PDF by kit.papers); it never says who complained."""

from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.cases.analyses.models import Report
from longzhong.cases.analyses.rules import PART_LABELS, Part, State
from longzhong.cases.analyses.selectors.door import report_of
from longzhong.cases.analyses.selectors.reading import versions
from longzhong.dispatch.matters.rules import moment_words
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.papers import Facts, Paper, Signature, Signatures, Text
from longzhong.register.categories import selectors as categories


def paper(actor: Actor, report_id: int) -> Paper:
    """The newest version, printed; a draft says that it is one."""
    row = report_of(actor, report_id)
    newest = versions(row)[0]
    if newest.erased:
        raise Refused("words_erased", _("这份报告已过保存期限，正文已删除，无法打印。"), report=report_id)
    complaint = row.complaint
    parts = tuple(
        Text(f"{place}、{PART_LABELS[part]}", tuple(newest.parts.get(part.value, "").splitlines()))
        for place, part in zip("一二三四五", Part, strict=True)
    )
    version = _("第 %(n)s 版") % {"n": newest.number}
    note = version if row.state == State.APPROVED else _("%(state)s · %(version)s，未经审批") % {
        "state": row.get_state_display(), "version": version,
    }  # fmt: skip
    return Paper(
        _("投诉穿透分析报告"),
        complaint.case.number or "",
        str(complaint.unit),
        (_facts(row), *parts, _signed(row)),
        note,
    )


def _facts(row: Report) -> Facts:
    one = row.complaint
    found = [
        (_("工单编号"), one.case.number or ""),
        (_("类型与等级"), f"{one.get_kind_display()} · {one.get_grade_display()}"),
        (_("分类"), categories.label_of(one.category_id)),
        (_("责任单位"), str(one.unit)),
        (_("专业部门"), str(one.department or "")),
        (_("受理时间"), moment_words(one.accepted_at)),
        (_("核定结果"), one.get_final_verdict_display() or _("未定性")),
    ]
    return Facts(tuple(found))


def _signed(row: Report) -> Signatures:
    def when(at: datetime | None) -> str:
        return moment_words(at) if at is not None else ""

    return Signatures(
        (
            Signature(_("编写"), str(row.submitted_by or ""), when(row.submitted_at)),
            Signature(_("审批"), str(row.approved_by or ""), when(row.approved_at)),
        )
    )
