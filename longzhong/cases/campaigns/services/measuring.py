"""Measures of a campaign: who does what until when, watched by a clock each."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.campaigns import selectors
from longzhong.cases.campaigns.models import Campaign, Measure
from longzhong.cases.campaigns.rules import OFFICE
from longzhong.cases.campaigns.services.moving import begin, complete
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.rules import Limit
from longzhong.dispatch.matters.rules import Measure as Unit
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day, day_start
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written
from longzhong.register.org import selectors as org


@transaction.atomic
def add_measure(*, campaign_id: int, text: str, owner_id: int, due_on: date, by: Actor, at: datetime) -> Measure:
    """Promise a measure with its owner and day; the clock ends with that day."""
    row, move = begin(campaign_id=campaign_id, verb="add_measure", by=by)
    if not org.visible_staff(by).filter(pk=owner_id).exists():
        raise Refused("no_such_staff", _("没有这位员工，或不在您的管辖范围内；什么都没有改动。"), staff=owner_id)
    if due_on < civil_day(at):
        raise Refused("due_past", _("完成日期已经过去；什么都没有改动。"), due_on=f"{due_on}")
    made = Measure.objects.create(
        campaign=row, text=written(text, _("措施"), most=200), owner_id=owner_id, due_on=due_on
    )
    clock = matters.NewClock(
        matter=selectors.label(row.pk), name=f"measure:{made.pk}", label=_("整治措施"), unit_id=row.unit_id,
        owner_id=owner_id, promise=_until_end_of(due_on, at), title=row.title,
    )  # fmt: skip
    matters.start_clocks(clocks=[clock], by=by, at=at)
    complete(row=row, move=move, data={"measure": made.pk, "owner": owner_id, "due_on": f"{due_on}"}, by=by, at=at)
    return made


@transaction.atomic
def done_measure(*, campaign_id: int, measure_id: int, words: str, by: Actor, at: datetime) -> Measure:
    """Done, with what was done; by its owner or the office."""
    row, move = begin(campaign_id=campaign_id, verb="done_measure", by=by)
    made = row.measures.filter(pk=measure_id).first()
    if made is None or made.done_at is not None:
        raise Refused("measure_closed", _("没有这条待完成的措施；什么都没有改动。"), measure=measure_id)
    if by.staff_id != made.owner_id and not _is_office(row, by):
        raise Refused("not_yours", _("由措施的责任人或牵头部门登记；什么都没有改动。"), measure=measure_id)
    made.done_at = at
    made.save(update_fields=["done_at"])
    verdicts = matters.stop_clocks(matter=selectors.label(row.pk), names=(f"measure:{made.pk}",), by=by, at=at)
    data = {"measure": made.pk, "clocks": {name: str(one) for name, one in verdicts.items()}}
    complete(row=row, move=move, data=data, words={"text": written(words, _("做了什么"))}, by=by, at=at)
    return made


def _is_office(row: Campaign, by: Actor) -> bool:
    return selectors.may(by, OFFICE, row)


def _until_end_of(day: date, at: datetime) -> Limit:
    return Limit((day_start(day + timedelta(days=1)) - at) / timedelta(minutes=1), Unit.MINUTES)
