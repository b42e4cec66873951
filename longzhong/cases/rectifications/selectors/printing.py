"""The form as paper (Word and PDF by kit.papers): one, or a batch in a handful of queries. It never says who complained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from longzhong.cases.rectifications.models import Form, Measure, Revisit, Signature
from longzhong.cases.rectifications.rules import DEPUTY_MARK, UNSIGNED, Proof, Sign, Visit
from longzhong.cases.rectifications.selectors.door import visible_to
from longzhong.cases.rectifications.selectors.reading import texts_of
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.clock import CST
from longzhong.kit.errors import Refused
from longzhong.kit.papers import Block, Facts, Paper, Signatures, Table, Text
from longzhong.kit.papers import Signature as Field
from longzhong.register.categories import selectors as categories
from longzhong.register.org.rules import ROLE_NAMES, Role

MOST_PAPERS = 200
_BESIDE = ("complaint__case", "unit", "department", "owner")
_BELOW = (
    Prefetch("measures", Measure.objects.select_related("owner")),
    Prefetch("signatures", Signature.objects.select_related("unit", "staff", "for_staff")),
    Prefetch("revisits", Revisit.objects.select_related("by_staff")),
)


@dataclass(frozen=True)
class Below:
    """What hangs on a form."""

    measures: Sequence[Measure]
    signatures: Sequence[Signature]
    revisits: Sequence[Revisit]


def paper(actor: Actor, form_id: int) -> Paper:
    """One form as paper; refused outside the actor's scope."""
    found = papers(actor, [form_id])
    if not found:
        raise Refused("not_found", _("没有这份整改单，或不在您的管辖范围内。"), form=form_id)
    return found[0]


def papers(actor: Actor, form_ids: Sequence[int]) -> list[Paper]:
    """The forms of these ids that the actor may see, in this order; ten queries at most for any number, 200 at most."""
    if len(form_ids) > MOST_PAPERS:
        raise Refused("too_many_papers", _("一次最多打印 200 份整改单，请先缩小筛选范围。"), most=MOST_PAPERS)
    rows = visible_to(actor).filter(pk__in=form_ids).select_related(*_BESIDE).prefetch_related(*_BELOW)
    found = {row.pk: row for row in rows}
    names = categories.labels({row.complaint.category_id for row in found.values()})
    return [_paper(found[one], names) for one in form_ids if one in found]


def _paper(row: Form, names: Mapping[int, str]) -> Paper:
    texts = texts_of(row)
    below = Below(
        sorted((one for one in row.measures.all() if one.dropped_at is None), key=lambda one: one.number),
        sorted((one for one in row.signatures.all() if one.round == row.signing_round), key=lambda one: one.position),
        sorted((one for one in row.revisits.all() if one.found != Visit.DROPPED), key=lambda one: one.due_on),
    )
    blocks: tuple[Block, ...] = (
        _facts(row, names), _text("客户反映", texts.said), _text("核查情况", texts.facts), _text("原因分析", texts.cause),
        _text("整改目标", texts.aim), _measures(below, unsigned=row.state in UNSIGNED), _visits(below),
        _text("成效评价", texts.review),
        Signatures(tuple(_field(one) for one in below.signatures) or (Field("责任单位"), Field("专业部门")), "会签意见"),
    )  # fmt: skip
    return Paper("属实投诉问题整改单", row.number or "", row.unit.name, blocks, f"状态：{row.get_state_display()}")


def _facts(row: Form, names: Mapping[int, str]) -> Facts:
    complaint = row.complaint
    return Facts((
        ("诉求编号", complaint.case.number or ""),
        ("类别", complaint.get_kind_display()),
        ("业务分类", names.get(complaint.category_id, "")),
        ("投诉等级", complaint.get_grade_display()),
        ("受理时间", _moment(complaint.accepted_at)),
        ("核定时间", _moment(complaint.decided_at)),
        ("核定结论", complaint.get_final_verdict_display()),
        ("责任类别", complaint.get_final_responsibility_display()),
        ("根本原因", complaint.get_root_cause_display()),
        ("责任单位", row.unit.name),
        ("专业部门", row.department.name if row.department else ""),
        ("填报人", str(row.owner or "")),
    ))  # fmt: skip


def _text(title: str, words: str) -> Text:
    paragraphs = tuple(line for line in words.splitlines() if line.strip())
    return Text(title, paragraphs, 0 if paragraphs else 2)


def _measures(below: Below, *, unsigned: bool) -> Table:
    """Measures with how they stand; nothing of an open one before the form is signed."""
    rows = tuple(
        (str(place), vault.unseal(one.text_sealed), str(one.owner), _day(one.due_on),
         "" if unsigned and one.state == Proof.OPEN
         else f"{one.get_state_display()} {_moment(one.proved_at)} {vault.unseal(one.proof_sealed)}".strip())
        for place, one in enumerate(below.measures, 1)
    )  # fmt: skip
    return Table(
        ("序号", "整改措施", "责任人", "完成期限", "完成情况"),
        rows or (("", "", "", "", ""),),
        "整改措施",
        (1.3, 6, 2, 2.4, 4),
    )


def _visits(below: Below) -> Table:
    rows = tuple(
        (_day(one.due_on), str(one.by_staff or ""), _moment(one.at), one.get_found_display()) for one in below.revisits
    )
    return Table(("应回访日期", "回访人", "回访时间", "情况"), rows or (("", "", "", ""),), "整改回访", (2.4, 2, 3, 4))


def _field(one: Signature) -> Field:
    label = f"{one.position} {one.unit.name} {ROLE_NAMES[Role(one.role)]}"
    if one.state not in (Sign.SIGNED, Sign.REFUSED) or one.staff is None:
        return Field(label)
    deputy = f"（{DEPUTY_MARK}{one.for_staff or ''}）" if one.is_deputy else ""
    words = vault.unseal(one.opinion_sealed)
    if one.state == Sign.REFUSED:
        words = f"不同意：{words}"
    elif not words.startswith("同意"):
        words = f"同意。{words}"
    return Field(label, f"{one.staff}{deputy}", _moment(one.at), words)


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(CST):%Y-%m-%d %H:%M}" if at else ""


def _day(day: date) -> str:
    return day.isoformat()
