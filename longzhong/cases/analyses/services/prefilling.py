"""The first version of a report, from the complaint's own records. Nothing in it says who complained."""

from typing import Any

from django.utils.translation import gettext as _

from longzhong.cases.analyses.rules import Part, advice
from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.rules.secrecy import quotes
from longzhong.cases.complaints.selectors import Dossier
from longzhong.cases.filings.selectors import covers_of_case
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.dispatch.matters.rules import moment_words
from longzhong.kit import vault
from longzhong.kit.actor import Actor

HOUSE = Actor.machine("analyses")


def prefilled(complaint: Any) -> dict[str, str]:
    """The five parts of a complaint (a row with its case), each line redacted.

    A line that quotes a customer who isn't open is left out.
    """
    found = complaints.dossier(HOUSE, complaint.pk)
    raw = {
        Part.BASICS: _basics(complaint, found),
        Part.EVENTS: _events(found),
        Part.PROBLEMS: _problems(complaint, found),
        Part.MEASURES: _measures(found),
        Part.ADVICE: [advice(complaint.root_cause)],
    }
    return {
        part.value: "\n".join(safe(complaint, line) for line in lines if safe(complaint, line))
        for part, lines in raw.items()
    }


def safe(complaint: Any, line: str) -> str:
    """A line without personal data; "" where it repeats what a customer who isn't open said."""
    clean = redact(line.strip())
    return "" if complaint.secrecy != Secrecy.OPEN and quotes(clean, complaint.case.content) else clean


def _basics(complaint: Any, found: Dossier) -> list[str]:
    is_open = complaint.secrecy == Secrecy.OPEN
    content = found.content if is_open else vault.unseal(complaint.summary_sealed)
    return [
        _("工单 %(number)s，%(kind)s（%(grade)s），%(at)s 经%(channel)s受理。") % {
            "number": found.number, "kind": found.kind, "grade": found.grade, "at": moment_words(found.accepted_at),
            "channel": found.channel,
        },
        _("分类：%(category)s。责任单位：%(unit)s；专业部门：%(department)s。") % {
            "category": found.category, "unit": found.unit, "department": found.department or "–",
        },
        (_("客户诉求：%s") if is_open else _("客户诉求（转述）：%s")) % content if content else "",
    ]  # fmt: skip


def _events(found: Dossier) -> list[str]:
    facts = [one.facts for one in found.replies[-1:] if one.facts]
    evidence = [f"{one.kind}：{one.words}" for one in found.findings]
    return [
        _("经过："),
        *found.timeline,
        *(_("查明：%s") % one for one in facts),
        *(_("证据：%s") % one for one in evidence),
    ]


def _problems(complaint: Any, found: Dossier) -> list[str]:
    covers = covers_of_case(HOUSE, complaint.case_id)
    verdict = "，".join(filter(None, [found.final_verdict, found.final_responsibility]))
    return [
        _("核定：%s。") % verdict if verdict else "",
        _("主要原因：%s。") % found.root_cause if found.root_cause else "",
        *(_("核定依据：%s") % one.basis for one in found.decisions[-1:] if one.basis),
        *(_("专业审核意见：%s") % one.analysis for one in found.replies[-1:] if one.analysis),
        _("处理中被退回 %s 次。") % found.times_returned if found.times_returned else "",
        *(
            _("本件在报备 %(number)s（%(kind)s）范围内。") % {"number": one.number, "kind": one.kind_label}
            for one in covers
        ),
    ]


def _measures(found: Dossier) -> list[str]:
    last = found.replies[-1:]
    return [
        *(_("责任单位措施：%s") % one.measures for one in last if one.measures),
        *(_("专业部门措施：%s") % one.review_measures for one in last if one.review_measures),
    ]
