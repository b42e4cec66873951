"""Plan, start against a frozen baseline, extend, end, judge, cancel."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.campaigns import selectors
from longzhong.cases.campaigns.models import Campaign
from longzhong.cases.campaigns.rules import OFFICE, Basis, Plan, State, baseline
from longzhong.cases.campaigns.services.moving import begin, complete
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written
from longzhong.register.categories import selectors as categories
from longzhong.register.org import selectors as org

JUDGE, JUDGE_KEY = "judge", "campaigns.judge_wd"
FROZEN = ("base_from", "base_to", "base_total", "base_upheld")
PLANNED = ("title", "aim", "unit", "starts_on", "ends_on", "basis", "target_pct")


@transaction.atomic
def draft(*, plan: Plan, by: Actor, at: datetime) -> Campaign:
    """Plan a campaign over a unit of one's own."""
    need(by, *OFFICE)
    row = Campaign(drafted_by_id=by.staff_id, drafted_at=at)
    _fill(row, plan, by)
    Campaign.objects.bulk_create([row])
    row.categories.set(plan.category_ids)
    matters.add_step(matter=selectors.label(row.pk), step=matters.NewStep("draft", _said(plan)), by=by, at=at)
    return row


@transaction.atomic
def edit(*, campaign_id: int, plan: Plan, by: Actor, at: datetime) -> Campaign:
    """Change the plan of one that hasn't begun."""
    row, move = begin(campaign_id=campaign_id, verb="edit", by=by)
    _fill(row, plan, by)
    row.categories.set(plan.category_ids)
    return complete(row=row, move=move, data=_said(plan), fields=PLANNED, by=by, at=at)


@transaction.atomic
def start(*, campaign_id: int, by: Actor, at: datetime) -> Campaign:
    """Begin: the baseline is counted and frozen, verdicts as they stand at this moment."""
    row, move = begin(campaign_id=campaign_id, verb="start", by=by)
    if row.ends_on < civil_day(at):
        raise Refused("campaign_past", _("结束日期已经过去，请先修改方案；什么都没有改动。"), ends_on=f"{row.ends_on}")
    data = _freeze(row, at)
    return complete(row=row, move=move, data=data, fields=FROZEN, by=by, at=at)


@transaction.atomic
def extend(*, campaign_id: int, ends_on: date, reason: str, by: Actor, at: datetime) -> Campaign:
    """Go on longer. A baseline of the days before stays as it was frozen; that of the year before grows by the same days, whose
    verdicts count as they stood at the start.
    """
    row, move = begin(campaign_id=campaign_id, verb="extend", by=by)
    if ends_on <= max(row.ends_on, civil_day(at)):
        raise Refused("extend_earlier", _("延期后的结束日期要晚于原来的和今天；什么都没有改动。"), ends_on=f"{ends_on}")
    was, row.ends_on = row.ends_on, ends_on
    matters.stop_clocks(matter=selectors.label(row.pk), names=(JUDGE,), by=by, at=at)
    data, words = {"was": f"{was}", "ends_on": f"{ends_on}", **_follow(row)}, {"reason": written(reason, _("理由"))}
    return complete(row=row, move=move, data=data, words=words, fields=("ends_on", *FROZEN), by=by, at=at)


@transaction.atomic
def end(*, campaign_id: int, by: Actor, at: datetime) -> Campaign:
    """Its last day is over, or a person ends it today (a baseline of the year before ends as early); the judgement is due."""
    row, move = begin(campaign_id=campaign_id, verb="end", by=by)
    row.ends_on = max(row.starts_on, min(row.ends_on, civil_day(at)))
    clock = matters.NewClock(
        matter=selectors.label(row.pk), name=JUDGE, label=_("总结成效"), unit_id=row.unit_id, owner_id=row.drafted_by_id,
        policy_key=JUDGE_KEY, title=row.title,
    )  # fmt: skip
    matters.start_clocks(clocks=[clock], by=by, at=at)
    data = {"ends_on": f"{row.ends_on}", **_follow(row)}
    return complete(row=row, move=move, data=data, fields=("ends_on", *FROZEN), by=by, at=at)


def end_due(*, by: Actor, at: datetime) -> int:
    """End those whose last day is over; returns how many."""
    ids = list(Campaign.objects.filter(state=State.RUNNING, ends_on__lt=civil_day(at)).values_list("id", flat=True))
    for one in ids:
        end(campaign_id=one, by=by, at=at)
    return len(ids)


@transaction.atomic
def judge(*, campaign_id: int, conclusion: str, by: Actor, at: datetime) -> Campaign:
    """Freeze the result and say what it was worth; whoever reads it later sees the same numbers."""
    row, move = begin(campaign_id=campaign_id, verb="judge", by=by)
    row.total, row.upheld = selectors.count(row, row.starts_on, row.ends_on, at)
    row.conclusion, row.judged_at = written(conclusion, _("结论")), at
    matters.stop_clocks(matter=selectors.label(row.pk), names=None, by=by, at=at)
    data = {"total": row.total, "upheld": row.upheld}
    fields = ("total", "upheld", "conclusion", "judged_at")
    return complete(row=row, move=move, data=data, fields=fields, by=by, at=at)


@transaction.atomic
def cancel(*, campaign_id: int, reason: str, by: Actor, at: datetime) -> Campaign:
    """Give it up, with the reason."""
    row, move = begin(campaign_id=campaign_id, verb="cancel", by=by)
    matters.stop_clocks(matter=selectors.label(row.pk), names=None, by=by, at=at)
    return complete(row=row, move=move, data={}, words={"reason": written(reason, _("理由"))}, by=by, at=at)


def _freeze(row: Campaign, as_of: datetime) -> dict[str, object]:
    """Count the baseline of the campaign's days, verdicts as they stood at a moment."""
    row.base_from, row.base_to = baseline(row.starts_on, row.ends_on, Basis(row.basis))
    row.base_total, row.base_upheld = selectors.count(row, row.base_from, row.base_to, as_of)
    days = {"base_from": f"{row.base_from}", "base_to": f"{row.base_to}"}
    return {**days, "total": row.base_total, "upheld": row.base_upheld}


def _follow(row: Campaign) -> dict[str, object]:
    """The same season's days change with the campaign's; as many days before don't."""
    same = row.basis != Basis.YEAR or row.base_to == baseline(row.starts_on, row.ends_on, Basis.YEAR)[1]
    return {} if same else _freeze(row, selectors.started_at(row))


def _fill(row: Campaign, plan: Plan, by: Actor) -> None:
    if not plan.title.strip() or not plan.category_ids:
        raise Refused("plan_incomplete", _("请写明名称并选择要整治的投诉分类；什么都没有改动。"))
    if plan.ends_on < plan.starts_on or plan.basis not in set(Basis) or not 0 < plan.target_pct <= 100:
        raise Refused("plan_wrong", _("请核对起止日期、对比口径和下降目标（1–100 %）；什么都没有改动。"))
    if set(plan.category_ids) - set(categories.by_ids(plan.category_ids)):
        raise Refused("category_unknown", _("请从投诉分类里选择；什么都没有改动。"))
    if not org.visible_units(by).filter(pk=plan.unit_id).exists():
        raise Refused("unit_unknown", _("没有这个单位，或不在您的管辖范围内；什么都没有改动。"), unit=plan.unit_id)
    row.title, row.aim, row.unit_id = plan.title.strip(), plan.aim.strip(), plan.unit_id
    row.starts_on, row.ends_on, row.basis, row.target_pct = plan.starts_on, plan.ends_on, plan.basis, plan.target_pct


def _said(plan: Plan) -> dict[str, object]:
    return {
        "categories": sorted(plan.category_ids), "unit": plan.unit_id, "starts_on": f"{plan.starts_on}",
        "ends_on": f"{plan.ends_on}", "basis": plan.basis, "target_pct": plan.target_pct,
    }  # fmt: skip
