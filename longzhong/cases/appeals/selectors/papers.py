"""申诉工单 for print (REFERENCE §1.7 F2): number, business type, reason and aim, basis, who appeals, the three seals."""

from datetime import datetime

from longzhong.cases.appeals.models import Appeal
from longzhong.cases.appeals.rules import LEVEL_LABELS, STATE_LABELS, Level, State
from longzhong.cases.appeals.selectors.reading import AppealCard, appeal_card, asked_words, grounds_words
from longzhong.dispatch.matters.rules import moment_words
from longzhong.kit.actor import Actor
from longzhong.kit.papers import Block, Facts, Paper, Signature, Signatures, Table, Text


def paper(actor: Actor, appeal_id: int, at: datetime) -> Paper:
    """The form of an appeal; nothing in it says who complained."""
    card = appeal_card(actor, appeal_id, at)
    row = card.appeal
    blocks: list[Block] = [
        _facts(card),
        Text("申诉原因及目的", (f"申诉原因：{grounds_words(row)}", f"申诉目的：{asked_words(row)}")),
        Text("申诉依据", tuple(card.basis.splitlines())),
        Table(("序号", "附件", "上传时间"), _files(card), "附件清单", (1, 6, 3)),
    ]
    if card.conclusion:
        result = f"{row.get_result_verdict_display()} {row.get_result_responsibility_display()}".strip()
        head = f"{STATE_LABELS[State(row.state)]}（{card.count}）" + (f"，改判：{result}" if result else "")
        blocks.append(Text("评审结论", (head, *card.conclusion.splitlines())))
    seals = tuple(Signature(f"{one.part} {one.unit}".strip(), one.by, str(one.on or "")) for one in card.seals)
    blocks.append(Signatures(seals, "三级盖章"))
    return Paper("申诉工单", row.number or f"draft-{row.pk}", str(row.complaint.unit), tuple(blocks), _note(row))


def _facts(card: AppealCard) -> Facts:
    row, told = card.appeal, card.dossier
    return Facts((
        ("工单编号", told.number), ("业务类型", f"{told.kind}：{told.category}"),
        ("申诉级别", LEVEL_LABELS[Level(row.level)]), ("申诉人", f"{told.unit} {row.drafted_by.name}"),
        ("专业部门", told.department), ("投诉等级", told.grade),
        ("原核定", f"{row.get_was_verdict_display()} {row.get_was_responsibility_display()}"),
        ("核定时间", moment_words(row.window.opened_at)),
        ("提交时间", moment_words(row.submitted_at) if row.submitted_at else "未提交"),
        ("申诉截止", moment_words(row.window.last_at)),
    ))  # fmt: skip


def _files(card: AppealCard) -> tuple[tuple[str, ...], ...]:
    rows = tuple((str(place), one.name, moment_words(one.at)) for place, one in enumerate(card.evidence, 1))
    return rows or (("—", "无", "—"),)


def _note(row: Appeal) -> str:
    return "盖章件须三级齐全、日期无矛盾" if row.state == State.DRAFT else ""
