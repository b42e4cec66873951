"""Accept or return, end, and audit. Nobody judges what they drafted, and nobody audits what they accepted."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.filings import selectors
from longzhong.cases.filings.models import Filing, Suspension
from longzhong.cases.filings.rules import MACHINE, Limits, State, months_allowed, months_later
from longzhong.cases.filings.services.moving import (
    ACCEPT,
    AUDIT,
    begin,
    complete,
    start_clock,
    stop_clock,
)
from longzhong.dispatch.matters.rules import moment_words
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written
from longzhong.register.policies import selectors as policies


@transaction.atomic
def accept(*, filing_id: int, note: str = "", by: Actor, at: datetime) -> Filing:
    """It holds for its span from now on; what was filed late is accepted by the level that the policy names."""
    row, move = begin(filing_id=filing_id, verb="accept", by=by)
    _refuse_own(row, by)
    if row.late and not selectors.may(by, selectors.late_roles(row.unit_id, at), row):
        raise Refused("late_needs_level", _("补报须由制度参数所列的上级岗位受理；什么都没有改动。"))
    if row.ends_at <= at:
        raise Refused("filing_over", _("报备的时间段已经结束，不能再受理；请退回。什么都没有改动。"))
    row.accepted_by_id, row.accepted_at = by.staff_id, at
    stop_clock(row=row, name=ACCEPT, by=by, at=at)
    said = Said({"late": row.late}, {"note": note.strip()})
    return complete(row=row, move=move, said=said, fields=("accepted_by", "accepted_at"), by=by, at=at)


@transaction.atomic
def give_back(*, filing_id: int, reason: str, by: Actor, at: datetime) -> Filing:
    """Return it with a reason; it may be changed and submitted again, in its time."""
    row, move = begin(filing_id=filing_id, verb="return", by=by)
    _refuse_own(row, by)
    said = Said({}, {"reason": written(reason, _("理由"))})
    stop_clock(row=row, name=ACCEPT, by=by, at=at)
    return complete(row=row, move=move, said=said, by=by, at=at)


@transaction.atomic
def end(*, filing_id: int, reason: str, by: Actor, at: datetime) -> Filing:
    """End it early: later cases aren't covered; what it covered is still audited. Ended before its begin it covers nothing."""
    row, move = begin(filing_id=filing_id, verb="end", by=by)
    said = Said({"planned_end": row.ends_at.isoformat()}, {"reason": written(reason, _("理由"))})
    if at < row.ends_at:
        row.ends_at = max(at, row.begins_at + timedelta(microseconds=1))
    start_clock(row=row, name=AUDIT, by=by, at=at)
    return complete(row=row, move=move, said=said, fields=("ends_at",), by=by, at=at)


@transaction.atomic
def expire_due(*, by: Actor, at: datetime) -> int:
    """The span of these is over: they wait for their audit. Returns how many; safe late and twice."""
    done = 0
    for filing_id in selectors.ended(at):
        row = selectors.visible_to(by).select_for_update(of=("self",), skip_locked=True).filter(pk=filing_id).first()
        if row is None or row.state != State.ACCEPTED or row.ends_at > at:
            continue
        start_clock(row=row, name=AUDIT, by=by, at=at)
        complete(row=row, move=MACHINE.move("expire", row.state), said=Said(), by=by, at=at)
        done += 1
    return done


@transaction.atomic
def confirm(*, filing_id: int, reason: str, by: Actor, at: datetime) -> Filing:
    """The audit found it true."""
    row, move = begin(filing_id=filing_id, verb="confirm", by=by)
    _put_audit(row, by, at)
    said = Said({}, {"reason": written(reason, _("理由"))})
    stop_clock(row=row, name=AUDIT, by=by, at=at)
    return complete(row=row, move=move, said=said, fields=("audited_by", "audited_at"), by=by, at=at)


@transaction.atomic
def find_misused(*, filing_id: int, months: int, reason: str, by: Actor, at: datetime) -> Filing:
    """Misuse (弄虚作假): it covers nothing any more, and the unit's right to file is suspended from now (REFERENCE §1.7)."""
    row, move = begin(filing_id=filing_id, verb="misuse", by=by)
    _put_audit(row, by, at)
    limits = policies.limits(Limits, "filings", unit_id=row.unit_id, day=civil_day(at))
    if not months_allowed(months, limits):
        text = _("暂停报备须为 %(least)s 至 %(most)s 个月；什么都没有改动。")
        bounds = {"least": limits.suspend_least_months, "most": limits.suspend_most_months}
        raise Refused("months_wrong", text % bounds, **bounds)
    words = {"reason": written(reason, _("理由"))}
    until = months_later(at, months)
    Suspension.objects.create(unit_id=row.unit_id, filing=row, months=months, from_at=at, until_at=until)
    stop_clock(row=row, name=AUDIT, by=by, at=at)
    said = Said({"months": months, "until": moment_words(until)}, words)
    return complete(row=row, move=move, said=said, fields=("audited_by", "audited_at"), by=by, at=at)


def _refuse_own(row: Filing, by: Actor) -> None:
    if by.staff_id is None or by.staff_id in row.author_ids:
        raise Refused(
            "own_filing", _("起草、修改或提交的人不能受理或核查这份报备，办理人须是在册人员；什么都没有改动。")
        )


def _put_audit(row: Filing, by: Actor, at: datetime) -> None:
    _refuse_own(row, by)
    if by.staff_id == row.accepted_by_id:
        raise Refused("own_acceptance", _("受理人不能核查自己受理的报备，须由另一人核查；什么都没有改动。"))
    row.audited_by_id, row.audited_at = by.staff_id, at
