"""The beats that the steps of a form share: door and lock · rule and conflict of interest · change and step; its clocks."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.rules import REASONS
from longzhong.cases.complaints.rules.interest import SIGN
from longzhong.cases.complaints.rules.secrecy import quotes
from longzhong.cases.hotline import services as hotline
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.cases.hotline.selectors import untold
from longzhong.cases.rectifications import selectors
from longzhong.cases.rectifications.models import Form
from longzhong.cases.rectifications.rules import MACHINE, OWN
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.rules import Limit
from longzhong.dispatch.matters.rules import Measure as Unit
from longzhong.dispatch.matters.services import NewClock, Said
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day, day_start
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move
from longzhong.kit.texts import written
from longzhong.register.policies import selectors as policies

HOUSE = Actor.machine("rectifications")
SUBMIT, REVIEW = "submit", "review"
SUBMIT_KEY, SIGN_KEY = "rectification.submit_wd", "rectification.sign_wd"
LEAST = timedelta(minutes=1)


def begin(*, form_id: int, verb: str, by: Actor) -> tuple[Form, Move]:
    """Door, lock, rule and conflict: whoever the complaint is about takes no step at all."""
    rows = selectors.visible_to(by).select_related("complaint__case").select_for_update(of=("self",))
    row = rows.filter(pk=form_id).first()
    if row is None:
        raise Refused("not_found", _("没有这份整改单，或不在您的管辖范围内。"), form=form_id)
    move = MACHINE.move(verb, row.state)
    if (code := complaints.conflict(by, row.complaint, SIGN)) is not None:
        raise Refused(code, _(REASONS[code]), form=form_id)
    if verb not in OWN and not selectors.may(by, move.roles, row):
        raise Refused("not_allowed", _("您的岗位不能对这份整改单做这一步；什么都没有改动。"), roles=sorted(move.roles))
    return row, move


def complete(
    *, row: Form, move: Move, said: Said, fields: Sequence[str] = (), by: Actor, at: datetime
) -> int:  # fmt: skip
    """Change and step: the form stands in the move's target, with its nearest deadline; the number of the step."""
    was, row.state = row.state, move.target.value
    refresh_due(row)
    row.save(update_fields=["state", "due_at", *fields])
    return note(row=row, verb=move.verb, said=said.moved(was, row.state), by=by, at=at)


def note(*, row: Form, verb: str, said: Said, by: Actor, at: datetime) -> int:
    """Write a line of the timeline with its files; the number of the line. It names no confidential customer."""
    said = hotline.unnamed(said=said, case=row.complaint.case, by=by)
    return matters.say(matter=selectors.label(row.pk), verb=verb, said=said, by=by, at=at).seq


def refresh_due(row: Form) -> None:
    """Repeat the nearest running deadline on the form (not yet saved)."""
    nearest = matter_reads.next_deadline(selectors.label(row.pk))
    row.due_at = nearest[1] if nearest else None


def start_clock(new: NewClock, at: datetime) -> datetime | None:
    """Start a clock of a form; its deadline."""
    return matters.start_clocks(clocks=[new], by=HOUSE, at=at)[0].due_at


def clock(
    row: Form, name: str, label: str, *, owner_id: int | None, unit_id: int | None = None, **limit: Any
) -> NewClock:
    """A clock of the form; `limit` is a policy_key or a promise."""
    return NewClock(
        matter=selectors.label(row.pk), name=name, label=label, unit_id=unit_id or row.unit_id, owner_id=owner_id,
        title=f"整改单 {row.number}", **limit,
    )  # fmt: skip


def give_clock(row: Form, name: str, owner_id: int | None, at: datetime) -> None:
    """A clock of a form gets another owner."""
    matters.give_clocks(matter=selectors.label(row.pk), names=(name,), owner_id=owner_id, by=HOUSE, at=at)


def stop(row: Form, names: Collection[str] | None, at: datetime) -> dict[str, str]:
    """Stop clocks (None: all); each with its verdict."""
    stopped = matters.stop_clocks(matter=selectors.label(row.pk), names=names, by=HOUSE, at=at)
    return {name: str(verdict) for name, verdict in stopped.items()}


def until_end_of(day: date, at: datetime) -> Limit:
    """What is left until a day is over; the least there is where it is over already."""
    return Limit(max(day_start(day + timedelta(days=1)) - at, LEAST) / LEAST, Unit.MINUTES)


def number_of(row: Form, key: str, at: datetime) -> float:
    """A policy's number for the form's unit on this day."""
    value = policies.value(key, unit_id=row.unit_id, day=civil_day(at))
    if not isinstance(value, (int, float)):
        raise TypeError(f"{key} is no number: {value!r}")
    return float(value)


def word_of(row: Form, key: str, at: datetime) -> str:
    """A policy's code for the form's unit on this day."""
    return str(policies.value(key, unit_id=row.unit_id, day=civil_day(at)))


def reason_of(text: str) -> str:
    """A reason that says something."""
    return redact(written(text, _("原因或情况"), most=4000))


def telling_nobody(*, row: Form, text: str, by: Actor) -> str:
    """The text without phones and rooms; of a customer who wants to stay unknown, neither named nor in their words."""
    clean = redact(untold(by, row.complaint.case, text.strip()))
    if row.complaint.secrecy != Secrecy.OPEN and quotes(clean, row.complaint.case.content):
        raise Refused("quotes_customer", _("客户要求保密：请用自己的话写，不要照抄客户原话；什么都没有改动。"))
    return clean
