"""Say when the power will be back, anew at every stage; keep how it came out. Nothing here tells a customer: a person adopts
it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.crews import services as crews
from longzhong.dispatch.matters import services as matters
from longzhong.kit import journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages import services as outage_services
from longzhong.sensing.restorations import selectors
from longzhong.sensing.restorations.models import Estimate, Tie, WeatherNote
from longzhong.sensing.restorations.rules import (
    ADOPTERS,
    STAGE_LABELS,
    STAGE_OF_VERB,
    TELLERS,
    Stage,
    Weather,
    sensitivity,
)
from longzhong.sensing.restorations.selectors import Matter

HOUSE = Actor.machine("restorations")
_DAY = timedelta(days=3)
_ROUND_MIN = 10


@transaction.atomic
def follow_order(*, order_id: int, verb: str, by: Actor, at: datetime) -> None:
    """A repair moved: say it anew, tell crews how sensitive it is and how long the work takes; or keep how it came out."""
    matter = selectors.matter_of_order(order_id)
    if matter is None:
        return
    if matter.over:
        _came_out(matter, at)
    elif (stage := STAGE_OF_VERB.get(verb)) is not None:
        row = _say(matter, stage, at)
        points, reasons = sensitivity(selectors.sensitive(matter, at))
        left = row.median_at - at if stage in (Stage.ARRIVED, Stage.DIAGNOSED) else None
        work = round(left.total_seconds() / 60) if left is not None and row.version else None
        crews.note_job(order_id=order_id, note=crews.Note(points, reasons, work), by=by, at=at)
    if verb in STAGE_OF_VERB:
        for outage_id in selectors.outages_served(order_id, at):
            follow_outage(outage_id=outage_id, by=by, at=at)


@transaction.atomic
def follow_outage(*, outage_id: int, by: Actor, at: datetime) -> None:  # noqa: ARG001  every service says who
    """A fault was reported, confirmed or restored, or a repair of it reached another stage."""
    matter = selectors.matter_of_outage(outage_id)
    if matter is None:
        return
    if matter.over:
        if matter.restored_at is not None and not Estimate.objects.filter(label=matter.label).exists():
            _say(matter, Stage.REPORTED, matter.began_at)  # entered afterwards: learned from all the same
        _came_out(matter, at)
    elif not Estimate.objects.filter(
        label=matter.label, at__gt=at
    ).exists():  # heard late: the stage is of now, not of then
        _say(matter, selectors.stage_of_outage(outage_id), at)


@transaction.atomic
def tie(*, causes: Collection[str], outage_id: int, by: Actor, at: datetime) -> None:
    """These causes of repairs are explained by an outage: how far their repairs are is how far it is. Safe to say twice."""
    if not by.system:
        raise Refused("not_allowed", _("停电与诉求的关联由系统登记；什么都没有改动。"))
    rows = [Tie(cause=cause, outage_id=outage_id) for cause in causes]
    Tie.objects.bulk_create(rows, update_conflicts=True, unique_fields=["cause"], update_fields=["outage_id"])
    follow_outage(outage_id=outage_id, by=by, at=at)


@transaction.atomic
def adopt(*, estimate_id: int, late: bool, by: Actor, at: datetime) -> datetime:
    """A person makes an estimate the word that customers are told: the middle, or (`late`) the end of the interval.

    Only an outage has such a word; a repair's is the crew's own at the diagnosis. Rounded up to ten minutes.
    """
    need(by, *TELLERS)
    row = selectors.estimate_of(by, estimate_id)
    outage_id = outages.outage_id_of(row.label)
    if outage_id is None:
        raise Refused("not_an_outage", _("抢修工单的预计恢复时间由班组在研判时登记；什么都没有改动。"))
    if row.restored_at is not None:
        raise Refused("already_restored", _("已经恢复送电；什么都没有改动。"))
    said = row.high_at if late else row.median_at
    said += timedelta(minutes=-said.minute % _ROUND_MIN, seconds=-said.second, microseconds=-said.microsecond)
    reason = _("采用恢复预计：%(why)s") % {"why": "；".join(row.reasons) or _("按历史估计")}
    outage_services.change_expected(
        outage_id=outage_id, expected_end_at=said, reason=reason[:200], between=(row.low_at, row.high_at), by=by, at=at
    )
    Estimate.objects.filter(pk=row.pk).update(adopted_at=at)
    journal.record(by, "restoration.adopt", row.label, at=at, estimate=row.pk, late=late)
    return said


@transaction.atomic
def note_weather(
    *, unit_id: int, kind: str, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime
) -> WeatherNote:
    """What the weather is in a unit and below it; storms lengthen repairs."""
    if not (by.system or unit_id in by.units(*ADOPTERS)):
        raise Refused("not_allowed", _("您不能登记这个单位的天气；什么都没有改动。"), unit=unit_id)
    if kind not in set(Weather):
        raise Refused("weather_unknown", _("请从清单里选择天气；什么都没有改动。"), kind=kind)
    if not timedelta() < ends_at - starts_at <= _DAY:
        raise Refused("weather_span", _("起止时间要在三天以内，结束晚于开始；什么都没有改动。"))
    row = WeatherNote(unit_id=unit_id, kind=kind, starts_at=starts_at, ends_at=ends_at, noted_at=at)
    WeatherNote.objects.bulk_create([row])
    return row


def _say(matter: Matter, stage: Stage, at: datetime) -> Estimate:
    """Keep one saying; the same fact heard twice is kept once."""
    known = selectors.features(matter, stage, at)
    said = selectors.say(known, matter.began_at, at, selectors.limits(civil_day(at), matter.unit_id))
    row = Estimate(
        label=matter.label, title=matter.title[:200], unit_id=matter.unit_id, stage=stage, began_at=matter.began_at, at=at,
        low_at=said.low_at, median_at=said.median_at,
        high_at=said.high_at, version=said.version, reasons=list(said.reasons),
        features=known,
    )  # fmt: skip
    Estimate.objects.bulk_create([row], ignore_conflicts=True)
    words = str(STAGE_LABELS[stage])
    outlook = matters.NewOutlook(words, said.low_at, said.median_at, said.high_at, said.reasons)
    matters.note_outlook(matter=matter.label, outlook=outlook, by=HOUSE, at=at)
    return row


def _came_out(matter: Matter, at: datetime) -> None:
    matters.end_outlook(matter=matter.label, by=HOUSE, at=at)
    Estimate.objects.filter(label=matter.label).exclude(restored_at=matter.restored_at).update(
        restored_at=matter.restored_at
    )
