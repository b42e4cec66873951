"""Countersign (会签): whose turn it is signs, refuses or lets a colleague sign; the last signature begins the rectification."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline.selectors import untold
from longzhong.cases.rectifications import selectors
from longzhong.cases.rectifications.models import Form, Signature
from longzhong.cases.rectifications.rules import MACHINE, PENDING, Sign, State, is_complete, turns
from longzhong.cases.rectifications.selectors import Standing
from longzhong.cases.rectifications.services.moving import (
    HOUSE,
    SIGN_KEY,
    SUBMIT,
    SUBMIT_KEY,
    begin,
    clock,
    complete,
    give_clock,
    note,
    number_of,
    reason_of,
    refresh_due,
    start_clock,
    stop,
)
from longzhong.cases.rectifications.services.proving import finish_if_done, start_measures
from longzhong.dispatch.matters.services import Said
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused

DELEGATED = ["delegate", "delegated_by", "delegate_from", "delegate_to"]
SIGNED = ["state", "staff", "for_staff", "is_deputy", "opinion_sealed", "at"]


@transaction.atomic
def sign(*, form_id: int, part_id: int | None = None, opinion: str = "", by: Actor, at: datetime) -> Form:
    """Consent for a part; nobody signs for two parts of a round."""
    row, move = begin(form_id=form_id, verb="sign", by=by)
    part, standing = _own_part(row, part_id, by, at)
    said = _written(row, part, standing, Sign.SIGNED, opinion.strip(), by, at)
    complete(row=row, move=move, said=said, by=by, at=at)
    go_on(row, at)
    return row


@transaction.atomic
def refuse(*, form_id: int, part_id: int | None = None, reason: str, by: Actor, at: datetime) -> Form:
    """Don't consent, with the reason: the form goes back to be filled in again."""
    row, move = begin(form_id=form_id, verb="refuse", by=by)
    part, standing = _own_part(row, part_id, by, at)
    said = _written(row, part, standing, Sign.REFUSED, reason_of(reason), by, at)
    row.signatures.filter(round=row.signing_round, state__in=PENDING).update(state=Sign.DROPPED)
    stop(row, None, at)
    start_clock(clock(row, SUBMIT, _("修改整改单"), owner_id=row.owner_id, policy_key=SUBMIT_KEY), at)
    complete(row=row, move=move, said=said, by=by, at=at)
    return row


@transaction.atomic
def delegate(
    *, form_id: int, part_id: int | None = None, staff_id: int, from_on: date, to_on: date, by: Actor, at: datetime
) -> Signature:
    """Let a colleague sign in one's place from one day to another, both included (委托代签)."""
    row, move = begin(form_id=form_id, verb="delegate", by=by)
    part, standing = _own_part(row, part_id, by, at)
    if standing.is_deputy:
        raise Refused("only_holder_delegates", _("代签人不能再委托别人；什么都没有改动。"))
    if staff_id == row.complaint.about_staff_id:
        raise Refused("person_accused", _("投诉涉及此人，不能由其负责或代签；什么都没有改动。"))
    if staff_id == by.staff_id or staff_id not in dict(selectors.colleagues(row, part, at)):
        raise Refused("no_such_staff", _("本单位没有这位在岗同事；什么都没有改动。"), staff=staff_id)
    if to_on < max(from_on, civil_day(at)):
        raise Refused("dates_wrong", _("委托的起止日期不对；什么都没有改动。"), from_on=f"{from_on}", to_on=f"{to_on}")
    part.delegate_id, part.delegated_by_id, part.delegate_from, part.delegate_to = staff_id, by.staff_id, from_on, to_on
    part.save(update_fields=DELEGATED)
    data = {
        "part": part.pk,
        "part_unit": part.unit_id,
        "delegate": staff_id,
        "from_on": f"{from_on}",
        "to_on": f"{to_on}",
    }
    complete(row=row, move=move, said=Said(data), by=by, at=at)
    return part


def go_on(row: Form, at: datetime) -> None:
    """After a change of signatures: whose turn comes now; or, all signed, the rectification begins."""
    parts = list(row.signatures.filter(round=row.signing_round).order_by("position"))
    states = [one.state for one in parts]
    if is_complete(states):
        _begin_work(row, at)
        return
    for place in turns(states, row.order):
        _await(row, parts[place], at)
    refresh_due(row)
    row.save(update_fields=["due_at"])


def refresh_signers(*, by: Actor, at: datetime) -> int:
    """Parts whose expected signer has left or is away: whoever acts there today is expected instead, with the clock; and
    delegations that moved away with somebody are over. Returns how many parts changed; safe twice.
    """
    changed = 0
    ids = Signature.objects.filter(state=Sign.WAITING).order_by("form_id").values_list("form_id", flat=True)
    for form_id in list(dict.fromkeys(ids)):
        changed += _refresh(form_id, by, at)
    return changed


@transaction.atomic
def _refresh(form_id: int, by: Actor, at: datetime) -> int:
    row = Form.objects.select_for_update(of=("self",)).select_related("complaint").get(pk=form_id)
    changed = 0
    for part in row.signatures.filter(round=row.signing_round, state=Sign.WAITING):
        if row.state == State.SIGNING:
            changed += _expect(row, part, by, at) | _end_delegation(row, part, by, at)
    return changed


def _expect(row: Form, part: Signature, by: Actor, at: datetime) -> bool:
    found = selectors.holders(selectors.part_of(part), civil_day(at), selectors.barred_from(row))
    if part.signer_id in found or (not found and part.signer_id is None):
        return False
    part.signer_id = found[0] if found else None
    part.save(update_fields=["signer"])
    give_clock(row, f"sign:{part.pk}", part.signer_id, at)
    told = Said({"part_unit": part.unit_id, "signer": part.signer_id})
    note(row=row, verb="signer_changed", said=told, by=by, at=at)
    return True


def _end_delegation(row: Form, part: Signature, by: Actor, at: datetime) -> bool:
    """A delegation whose days are over, or whose giver or taker has moved."""
    day = civil_day(at)
    if (
        part.delegate_id is None
        or (part.delegate_from and part.delegate_from > day)
        or selectors.is_delegated(part, day)
    ):
        return False
    told = Said({"part_unit": part.unit_id, "delegate": part.delegate_id})
    part.delegate = part.delegated_by = part.delegate_from = part.delegate_to = None
    part.save(update_fields=DELEGATED)
    note(row=row, verb="delegation_ended", said=told, by=by, at=at)
    return True


def _own_part(row: Form, part_id: int | None, by: Actor, at: datetime) -> tuple[Signature, Standing]:
    """The waiting part that this person signs, and how."""
    waiting = list(row.signatures.filter(round=row.signing_round, state=Sign.WAITING).order_by("position"))
    if part_id is not None and part_id not in {one.pk for one in waiting}:
        raise Refused("part_closed", _("这一份会签已经签过，或还没有轮到；什么都没有改动。"), part=part_id)
    barred, day = selectors.barred_from(row), civil_day(at)
    if by.staff_id is not None and by.staff_id in barred:
        raise Refused("signed_already", _("您在这一轮已经签过字，别的会签须由另一人签；什么都没有改动。"))
    asked = [one for one in waiting if part_id in (None, one.pk)]
    own = [(one, found) for one in asked if (found := selectors.standing_of(one, by.staff_id, day, barred)) is not None]
    if not own:
        raise Refused("not_your_part", _("现在没有需要您签的会签；什么都没有改动。"), form=row.pk)
    if len(own) > 1:
        raise Refused(
            "part_unclear", _("请选择代表哪个部门签字；什么都没有改动。"), parts=[one.pk for one, _how in own]
        )
    return own[0]


def _written(
    row: Form, part: Signature, standing: Standing, state: Sign, words: str, by: Actor, at: datetime
) -> Said:  # fmt: skip
    part.state, part.staff_id, part.at = state, by.staff_id, at
    part.for_staff_id, part.is_deputy, part.opinion_sealed = (
        standing.for_staff_id,
        standing.is_deputy,
        vault.seal(untold(by, row.complaint.case, words)),
    )
    part.save(update_fields=SIGNED)
    verdicts = stop(row, (f"sign:{part.pk}",), at)
    deputy = {"for_staff": standing.for_staff_id} if standing.is_deputy else {}
    data = {"part": part.pk, "part_unit": part.unit_id, "role": part.role, "clocks": verdicts, **deputy}
    return Said(data, {"note": words} if words else {})


def _await(row: Form, part: Signature, at: datetime) -> None:
    """A part's turn begins: the signer of today, and the clock of the policy."""
    found = selectors.holders(selectors.part_of(part), civil_day(at), selectors.barred_from(row))
    part.state, part.waiting_at, part.signer_id = Sign.WAITING, at, found[0] if found else None
    new = clock(
        row, f"sign:{part.pk}", _("整改单会签"), owner_id=part.signer_id, unit_id=part.unit_id, policy_key=SIGN_KEY
    )
    part.due_at = start_clock(new, at)
    part.save(update_fields=["state", "waiting_at", "signer", "due_at"])


def _begin_work(row: Form, at: datetime) -> None:
    row.signed_at = at
    row.revisit_on = civil_day(at) + timedelta(days=number_of(row, "rectification.revisit_days", at))
    start_measures(row, at)
    move = MACHINE.move("begin", row.state)
    complete(row=row, move=move, said=Said(), fields=("signed_at", "revisit_on"), by=HOUSE, at=at)
    finish_if_done(row, at)
