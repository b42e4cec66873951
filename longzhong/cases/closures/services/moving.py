"""The beats that the steps of closures and households share: door and lock · rule · change and step · clocks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from longzhong.cases.closures import selectors
from longzhong.cases.closures.models import Closure, Household
from longzhong.cases.closures.rules import HOUSEHOLD, LIVE, MACHINE, REFUSALS, next_on_fault
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.rules import Limit, Measure
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day, day_start
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move
from longzhong.kit.texts import clean_text, written
from longzhong.register.customers.rules.numbers import holds_personal_number

CONTACT, HANDLE = "contact", "handle"
LABELS = {CONTACT: "下次联系客户", HANDLE: "办结销户"}
FOLLOWED = {"read": "read", "settle": "settle", "close": "close", "withdraw": "back", "found": "found"}
"""What a household does when its closure does this."""


def enter(*, closure_id: int, verb: str, by: Actor) -> tuple[Closure, Move]:
    """Door, lock and rule: nobody else changes the closure until the end of the transaction."""
    rows = selectors.visible_to(by).select_for_update(of=("self",)).select_related("account")
    row = rows.filter(pk=closure_id).first()
    if row is None:
        raise Refused("not_found", _("没有这件销户，或不在您的管辖范围内。"), closure=closure_id)
    move = MACHINE.move(verb, row.state)
    if not selectors.may(by, move.roles, row):
        raise Refused("not_allowed", _("您的岗位不能做这一步；什么都没有改动。"), verb=verb, roles=sorted(move.roles))
    return row, move


def enter_household(*, household_id: int, verb: str, by: Actor) -> tuple[Household, Move]:
    """The same for a household of a demolition."""
    rows = selectors.visible_households(by).select_for_update(of=("self",)).select_related("account", "project")
    row = rows.filter(pk=household_id).first()
    if row is None:
        raise Refused("not_found", _("没有这个拆迁户，或不在您的管辖范围内。"), household=household_id)
    move = HOUSEHOLD.move(verb, row.state)
    if not selectors.may(by, move.roles, row):
        raise Refused("not_allowed", _("您的岗位不能做这一步；什么都没有改动。"), verb=verb, roles=sorted(move.roles))
    return row, move


def complete(*, row: Closure, move: Move, said: Said, fields: Sequence[str] = (), by: Actor, at: datetime) -> Closure:
    """Change and step: the closure stands in the move's target, its household follows, one that is over stops its clocks."""
    was, row.state = row.state, move.target.value
    over = row.state not in LIVE
    if over:
        row.next_on = None
        row.closed_at = at
        matters.stop_clocks(matter=selectors.label(row.pk), names=None, by=by, at=at)
    row.save(update_fields=["state", "next_on", "closed_at", *fields])
    note(row=row, verb=move.verb, said=said.moved(was, row.state), by=by, at=at)
    if row.household_id is not None and move.verb in FOLLOWED:
        follow_household(household_id=row.household_id, verb=FOLLOWED[move.verb], closure_id=row.pk, by=by, at=at)
    return row


def follow_household(*, household_id: int, verb: str, closure_id: int, by: Actor, at: datetime) -> None:
    """A household goes where its closure went; one that somebody moved elsewhere meanwhile stays."""
    row = Household.objects.select_for_update(of=("self",)).get(pk=household_id)
    move = next((one for one in HOUSEHOLD.moves if one.verb == verb and row.state in one.sources), None)
    if move is not None:
        complete_household(row=row, move=move, said=Said({"closure": closure_id}), by=by, at=at)


def complete_household(
    *, row: Household, move: Move, said: Said, fields: Sequence[str] = (), by: Actor, at: datetime
) -> Household:
    """Change and step of a household."""
    was, row.state, row.changed_at = row.state, move.target.value, at
    row.save(update_fields=["state", "changed_at", *fields])
    told = replace(said, data={**said.data, "project": row.project_id}).moved(was, row.state)
    matters.say(matter=selectors.household_label(row.pk), verb=move.verb, said=told, by=by, at=at)
    return row


def note(*, row: Closure, verb: str, said: Said, by: Actor, at: datetime) -> None:
    """Write a line of a closure's timeline with its files."""
    matters.say(matter=selectors.label(row.pk), verb=verb, said=said, by=by, at=at)


def set_next(*, row: Closure, next_on: date | None, by: Actor, at: datetime) -> date:
    """Agree when the customer is contacted next (by policy if nobody said); the clock of the one responsible starts anew."""
    limits, day = selectors.limits_of(row.unit_id, at), civil_day(at)
    if next_on_fault(next_on, day, limits):
        raise Refused(
            "next_on_out_of_range",
            _("下次联系日期要在今天到 %(n)s 天以内；什么都没有改动。") % {"n": limits.contact_most_d},
        )
    row.next_on = next_on or day + timedelta(days=limits.contact_d)
    matters.stop_clocks(matter=selectors.label(row.pk), names=(CONTACT,), by=by, at=at)
    matters.start_clocks(clocks=[_clock(row, CONTACT, _until(row.next_on, at))], by=by, at=at)
    return row.next_on


def start_handling(*, row: Closure, by: Actor, at: datetime) -> None:
    """From now on the work is ours: the clock of the policy `closure.handle_wd`."""
    matters.start_clocks(clocks=[_clock(row, HANDLE, None)], by=by, at=at)


def _clock(row: Closure, name: str, promise: Limit | None) -> matters.NewClock:
    return matters.NewClock(
        matter=selectors.label(row.pk), name=name, label=LABELS[name], unit_id=row.unit_id, owner_id=row.owner_id,
        policy_key="" if promise else "closure.handle_wd", promise=promise, title=f"销户 {row}",
    )  # fmt: skip


def _until(next_on: date, at: datetime) -> Limit:
    """To the end of a day: civil days, or the minutes that are left of today."""
    days = (next_on - civil_day(at)).days
    if days > 0:
        return Limit(days, Measure.DAYS)
    left = day_start(civil_day(at) + timedelta(days=1)) - at
    return Limit(max(1.0, left.total_seconds() // 60), Measure.MINUTES)


def words_needed(text: str, what: str) -> str:
    """Words that a step can't do without; never a phone or identity number."""
    return plain(written(text, what, code="words_missing", most=500))


def plain(text: str) -> str:
    """Words as they may be kept."""
    words = clean_text(text, 500)
    if holds_personal_number(words):
        raise Refused("personal_data_in_text", _("说明里不要写手机号或证件号；什么都没有改动。"))
    return words


def refuse_if(code: str) -> None:
    """The refusal of a condition that doesn't hold."""
    if code:
        raise Refused(code, _("%(why)s；什么都没有改动。") % {"why": REFUSALS[code]})
