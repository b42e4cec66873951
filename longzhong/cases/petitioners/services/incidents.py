"""The hall's incident desk (窗口“灭火”岗, S0-17): call for help, take over, settle; one owner, one response clock."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.petitioners.models import Incident, Occasion, Petitioner
from longzhong.cases.petitioners.rules import (
    HEADS,
    INCIDENT,
    LIVE,
    WRITERS,
    Channel,
    IncidentState,
    MatchBy,
    Mood,
    Settled,
)
from longzhong.cases.petitioners.selectors import Whom, files_of, incident_label, visible_incidents, visible_to
from longzhong.cases.petitioners.services.moving import note, said
from longzhong.cases.petitioners.services.occasions import seen
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text
from longzhong.register.customers.rules.numbers import holds_personal_number

CLOCK = "respond"
POLICY = "petitioners.incident.respond"
FIELDS = ["state", "owner", "owner_user_id", "taken_at", "ended_at", "outcome", "due_at"]


@dataclass(frozen=True, kw_only=True, repr=False)
class NewIncident:
    """Where, how upset, about what; the visitor by their file or phone where known (never needed)."""

    unit_id: int
    window: str
    mood: str = Mood.EXCITED
    text: str = ""
    phone: str = ""
    petitioner_id: int | None = None


@transaction.atomic
def escalate(*, new: NewIncident, by: Actor, at: datetime) -> Incident:
    """A clerk calls the hall head; the response clock runs from now. A visitor who is being looked after isn't called twice."""
    need(by, *WRITERS)
    if not by.system and new.unit_id not in by.units(*WRITERS):
        raise Refused("unit_not_yours", _("不能替别的营业厅呼叫；什么都没有改动。"), unit=new.unit_id)
    window, text = clean_text(new.window, 40), clean_text(new.text, 500)
    if not window or new.mood not in set(map(str, Mood)):
        raise Refused("incident_unclear", _("请写明在哪个窗口、客户情绪怎样；什么都没有改动。"))
    if holds_personal_number(text) or holds_personal_number(window):
        raise Refused("personal_data_in_text", _("文字里不能写手机号或证件号；什么都没有改动。"))
    visitor = _visitor(new, by)
    row = Incident.objects.create(
        unit_id=new.unit_id, petitioner=visitor, window=window, mood=new.mood, called_by_id=by.staff_id,
        called_by_user_id=by.user_id, escalated_at=at,
    )  # fmt: skip
    row.number = f"MH{civil_day(at):%Y%m%d}{row.pk:05d}"
    _start_clock(row, by, at)
    row.save(update_fields=["number", "due_at"])
    data = {"mood": new.mood, "unit": new.unit_id, "file": visitor.pk if visitor else None}
    matters.add_step(
        matter=incident_label(row.pk), step=matters.NewStep("escalate", data, {"text": text}), by=by, at=at
    )
    return row


@transaction.atomic
def move_incident(
    *, incident_id: int, verb: str, text: str = "", outcome: str = "", by: Actor, at: datetime
) -> Incident:
    """take · release · settle · withdraw. Who comes second to take it is told that it is taken."""
    row = visible_incidents(by).select_for_update(of=("self",)).filter(pk=incident_id).first()
    if row is None:
        raise Refused("not_found", _("没有这次呼叫，或不在您的管辖范围内。"), incident=incident_id)
    move = INCIDENT.move(verb, row.state)
    need(by, *move.roles)
    _may(row, verb, by)
    words = said(text) if "reason" in move.needs else clean_text(text, 500)
    if "outcome" in move.needs and outcome not in set(map(str, Settled)):
        raise Refused("outcome_unknown", _("请选择结果；什么都没有改动。"), outcome=outcome)
    was, row.state = row.state, move.target.value
    verdict = _turn(row, verb, outcome, by, at)
    row.save(update_fields=FIELDS)
    data = {"from": was, "to": row.state, **({"outcome": outcome} if row.outcome else {}), **verdict}
    matters.add_step(matter=incident_label(row.pk), step=matters.NewStep(verb, data, {"text": words}), by=by, at=at)
    if verb == "settle" and row.petitioner_id is not None:
        _remember(row, by, at)
    return row


def _may(row: Incident, verb: str, by: Actor) -> None:
    if by.system:
        return
    if verb == "take" and by.user_id == row.called_by_user_id:
        raise Refused("own_call", _("这是您自己的呼叫，要由负责人接手；已经平静的话请撤回。"), incident=row.pk)
    if verb in ("settle", "release") and by.user_id != row.owner_user_id and not (verb == "release" and by.has(*HEADS)):
        raise Refused("not_owner", _("这次呼叫由别人接手；什么都没有改动。"), owner=row.owner_id)
    if verb == "withdraw" and by.user_id != row.called_by_user_id and not by.has(*HEADS):
        raise Refused("not_caller", _("只有呼叫的人或负责人能撤回；什么都没有改动。"), incident=row.pk)


def _turn(row: Incident, verb: str, outcome: str, by: Actor, at: datetime) -> dict[str, object]:
    """Owner, moments and the clock of a move; says whether the clock was met."""
    if verb == "take":
        row.owner_id, row.owner_user_id, row.taken_at = by.staff_id, by.user_id or 0, at
    elif verb == "release":
        row.owner_id, row.owner_user_id, row.taken_at = None, None, None
        _start_clock(row, by, at)
        return {}
    else:
        row.ended_at = at
        row.outcome = outcome if row.state == IncidentState.SETTLED else ""
    verdicts = matters.stop_clocks(matter=incident_label(row.pk), names=[CLOCK], by=by, at=at)
    row.due_at = None
    return {"clocks": {name: str(verdict) for name, verdict in verdicts.items()}} if verdicts else {}


def _start_clock(row: Incident, by: Actor, at: datetime) -> None:
    clock = matters.NewClock(
        matter=incident_label(row.pk), name=CLOCK, label=_("负责人接手"), unit_id=row.unit_id, policy_key=POLICY,
        title=f"{row.number} {row.window}",
    )  # fmt: skip
    matters.start_clocks(clocks=[clock], by=by, at=at)
    nearest = matter_reads.next_deadline(incident_label(row.pk))
    row.due_at = nearest[1] if nearest else None


def _visitor(new: NewIncident, by: Actor) -> Petitioner | None:
    """The file that was named, or the one that a phone names; locked, so that two windows don't call for one visitor."""
    wanted = new.petitioner_id
    if wanted is None and new.phone.strip():
        wanted = next(iter(files_of(Whom(phone=new.phone))), None)
    if wanted is None:
        return None
    row = visible_to(by).select_for_update(of=("self",)).filter(pk=wanted).first()
    if row is None and new.petitioner_id is not None:
        raise Refused("not_found", _("没有这份档案，或不由您的单位保管；什么都没有改动。"), petitioner=wanted)
    if row is not None and row.incidents.filter(state__in=[state.value for state in LIVE]).exists():
        raise Refused("incident_open", _("这位客户已经有人在处置；什么都没有改动。"), petitioner=row.pk)
    return row


def _remember(row: Incident, by: Actor, at: datetime) -> None:
    """A settled incident is an occasion of the visitor's file."""
    file = Petitioner.objects.select_for_update().get(incidents=row)
    source = incident_label(row.pk)
    _kept, new = Occasion.objects.get_or_create(
        source=source,
        defaults={
            "petitioner": file, "at": row.escalated_at, "channel": Channel.HALL, "mood": row.mood, "matched_by": MatchBy.HAND,
            "staff_id": row.owner_id,
        },
    )  # fmt: skip
    if new:
        seen(row=file, met_at=row.escalated_at)
        note(
            row=file,
            verb="came",
            data={"source": source, "mood": row.mood, "outcome": row.outcome},
            words={},
            by=by,
            at=at,
        )
