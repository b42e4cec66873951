"""Draft a filing, change it, add evidence, tie it to what it is about, and submit it before the matter begins."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.filings import selectors
from longzhong.cases.filings.models import Filing, Tie
from longzhong.cases.filings.rules import FILERS, Asked, Kind, Limits, Timing, span_fits, timing
from longzhong.cases.filings.services.moving import (
    ACCEPT,
    begin,
    complete,
    note,
    start_clock,
    stop_clock,
)
from longzhong.cases.filings.services.scoping import FIELDS, put_asked
from longzhong.dispatch.matters.rules import moment_words
from longzhong.dispatch.matters.selectors.addresses import matter_at
from longzhong.dispatch.matters.services import Said, Upload
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written
from longzhong.register.policies import selectors as policies


@transaction.atomic
def draft(*, unit_id: int, asked: Asked, uploads: Sequence[Upload] = (), by: Actor, at: datetime) -> Filing:
    """Begin a filing of a unit over which one may file; a suspended unit begins none."""
    need(by, *FILERS)
    if by.staff_id is None:
        raise Refused("drafter_unknown", _("起草人须是在册人员；什么都没有改动。"))
    if unit_id not in by.units(*FILERS):
        raise Refused("not_found", _("没有这个单位，或不在您的管辖范围内。"), unit=unit_id)
    _refuse_suspended(unit_id, at)
    row = Filing(unit_id=unit_id, drafted_by_id=by.staff_id, drafted_at=at, author_ids=[by.staff_id])
    put_asked(row=row, asked=asked, by=by)
    _check_span(row, at)
    Filing.objects.bulk_create([row])
    note(row=row, verb="draft", said=Said({"kind": row.kind, "unit": unit_id}, uploads=uploads), by=by, at=at)
    return row


@transaction.atomic
def edit(*, filing_id: int, asked: Asked, by: Actor, at: datetime) -> Filing:
    """Change a draft or what was returned; it is a draft again."""
    row, move = begin(filing_id=filing_id, verb="edit", by=by)
    put_asked(row=row, asked=asked, by=by)
    _check_span(row, at)
    _sign(row, by)
    fields = (*FIELDS, "author_ids")
    return complete(row=row, move=move, said=Said({"kind": row.kind}), fields=fields, by=by, at=at)


@transaction.atomic
def attach(*, filing_id: int, uploads: Sequence[Upload], note: str = "", by: Actor, at: datetime) -> Filing:
    """Add evidence: weather warnings, notices, records of earlier answers, photos."""
    row, move = begin(filing_id=filing_id, verb="attach", by=by)
    if not uploads:
        raise Refused("evidence_missing", _("请选择要上传的证据材料；什么都没有改动。"))
    return complete(row=row, move=move, said=Said({}, {"note": note.strip()}, uploads), by=by, at=at)


@transaction.atomic
def tie(*, filing_id: int, address: str, by: Actor, at: datetime) -> Filing:
    """Tie it to a final answer, a petitioner's file, a case, an outage, by label or by the address of its page."""
    row, move = begin(filing_id=filing_id, verb="tie", by=by)
    matter = matter_at(by, address, selectors.TIES)
    if row.ties.filter(matter=matter).exists():
        raise Refused("tied_already", _("已经关联过这件事项；没有重复关联。"), matter=matter)
    Tie.objects.create(filing=row, matter=matter, at=at)
    return complete(row=row, move=move, said=Said({"matter": matter}), by=by, at=at)


@transaction.atomic
def submit(*, filing_id: int, by: Actor, at: datetime) -> Filing:
    """Hand it in, ahead of the matter; late only with a reason, and not at all when too late. Needs evidence."""
    row, move = begin(filing_id=filing_id, verb="submit", by=by)
    _refuse_suspended(row.unit_id, at)
    if not selectors.evidence_of(row.pk):
        raise Refused("evidence_missing", _("报备至少要有一份证据材料；没有提交，请先上传。"))
    if row.ends_at <= at:
        raise Refused("filing_over", _("报备的时间段已经结束，不能再提交；什么都没有改动。"))
    when = timing(Kind(row.kind), row.begins_at, at, _limits(row, at))
    if when is Timing.TOO_LATE:
        raise Refused("filing_too_late", _("事项开始已久，超过补报期限，不能再报备；什么都没有改动。"))
    if when is Timing.LATE and not row.late_reason:
        raise Refused(
            "late_reason_missing", _("报备须在事项开始之前；现在属于补报，请先修改，写明补报理由。没有提交。")
        )
    row.late, row.submitted_at = when is Timing.LATE, at
    row.number = row.number or f"BB{civil_day(at):%Y%m%d}{row.pk:06}"
    _sign(row, by)
    start_clock(row=row, name=ACCEPT, by=by, at=at)
    said = Said({"number": row.number, "late": row.late})
    fields = ("late", "submitted_at", "number", "author_ids")
    return complete(row=row, move=move, said=said, fields=fields, by=by, at=at)


@transaction.atomic
def withdraw(*, filing_id: int, reason: str, by: Actor, at: datetime) -> Filing:
    """Take it back before it was accepted."""
    row, move = begin(filing_id=filing_id, verb="withdraw", by=by)
    said = Said({}, {"reason": written(reason, _("理由"))})
    stop_clock(row=row, name=ACCEPT, by=by, at=at)
    return complete(row=row, move=move, said=said, by=by, at=at)


def _sign(row: Filing, by: Actor) -> None:
    if by.staff_id is not None and by.staff_id not in row.author_ids:
        row.author_ids = [*row.author_ids, by.staff_id]


def _refuse_suspended(unit_id: int, at: datetime) -> None:
    until = selectors.suspended_until(unit_id, at)
    if until is not None:
        text = _("因报备弄虚作假，本单位暂停报备至 %(until)s；什么都没有改动。") % {"until": moment_words(until)}
        raise Refused("filing_suspended", text, unit=unit_id, until=until.isoformat())


def _check_span(row: Filing, at: datetime) -> None:
    limits = _limits(row, at)
    if not span_fits(Kind(row.kind), row.begins_at, row.ends_at, limits):
        days = limits.longest(Kind(row.kind)).days
        raise Refused("span_too_long", _("这类报备最长 %(days)s 天；什么都没有改动。") % {"days": days}, days=days)


def _limits(row: Filing, at: datetime) -> Limits:
    return policies.limits(Limits, "filings", unit_id=row.unit_id, day=civil_day(at))
