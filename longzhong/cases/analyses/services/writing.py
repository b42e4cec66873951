"""Write and judge a report: versions are kept, what is written upon an older version is refused and never lost."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.analyses import selectors
from longzhong.cases.analyses.models import Report
from longzhong.cases.analyses.rules import MOST, PART_LABELS, Parts, changed, missing, whole
from longzhong.cases.analyses.services.moving import begin, complete, keep
from longzhong.cases.complaints.rules.secrecy import quotes
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.cases.hotline.selectors import untold
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written


@transaction.atomic
def edit(*, report_id: int, parts: Parts, base: int, by: Actor, at: datetime) -> Report:
    """Save the five parts as a new version upon version `base`; the same words again make no version."""
    row, move = begin(report_id=report_id, verb="edit", by=by)
    if base != row.version:
        raise Refused(
            "stale_version", _("您编写期间别人保存了第 %(n)s 版；什么都没有改动，您写的内容还在。") % {"n": row.version},
            base=base, version=row.version,
        )  # fmt: skip
    clean = {key: redact(untold(by, row.complaint.case, text)) for key, text in whole(parts).items()}
    _check(row, clean)
    news = changed(selectors.body(row.versions.get(number=base)), clean)
    if not news:
        return row
    keep(row=row, parts=clean, by=by, at=at)
    data = {"version": row.version, "parts": [one.value for one in news]}
    return complete(row=row, move=move, data=data, fields=("version",), by=by, at=at)


@transaction.atomic
def submit(*, report_id: int, by: Actor, at: datetime) -> Report:
    """Hand it in, whole; the approval's clock starts."""
    row, move = begin(report_id=report_id, verb="submit", by=by)
    if gaps := missing(selectors.body(row.versions.get(number=row.version))):
        names = "、".join(PART_LABELS[one] for one in gaps)
        raise Refused("part_missing", _("还没有写：%(parts)s；什么都没有改动。") % {"parts": names}, parts=list(gaps))
    row.submitted_by_id, row.submitted_at = by.staff_id, at
    fields = ("submitted_by", "submitted_at")
    return complete(row=row, move=move, data={"version": row.version}, fields=fields, by=by, at=at)


@transaction.atomic
def send_back(*, report_id: int, reason: str, by: Actor, at: datetime) -> Report:
    """Return it to be written better, with the reason."""
    row, move = begin(report_id=report_id, verb="return", by=by)
    row.times_returned += 1
    data = {"version": row.version, "times": row.times_returned}
    words = {"reason": redact(untold(by, row.complaint.case, written(reason, _("原因"))))}
    return complete(row=row, move=move, data=data, words=words, fields=("times_returned",), by=by, at=at)


@transaction.atomic
def approve(*, report_id: int, by: Actor, at: datetime) -> Report:
    """Approve the newest version; never one's own."""
    row, move = begin(report_id=report_id, verb="approve", by=by)
    row.approved_by_id, row.approved_at = by.staff_id, at
    fields = ("approved_by", "approved_at")
    return complete(row=row, move=move, data={"version": row.version}, fields=fields, by=by, at=at)


@transaction.atomic
def take_back(*, report_id: int, reason: str, by: Actor, at: datetime) -> Report:
    """The writers go on writing what nobody has judged yet."""
    return _reopen(report_id, "take_back", reason, by, at)


@transaction.atomic
def revise(*, report_id: int, reason: str, by: Actor, at: datetime) -> Report:
    """What was approved is written again, with the reason; its versions stay."""
    return _reopen(report_id, "revise", reason, by, at)


@transaction.atomic
def resume(*, report_id: int, by: Actor, at: datetime) -> Report:
    """Go on with one that an appeal ended, because it is worth it all the same."""
    row, move = begin(report_id=report_id, verb="resume", by=by)
    row.required = False
    return complete(row=row, move=move, data={}, fields=("required",), by=by, at=at)


def _reopen(report_id: int, verb: str, reason: str, by: Actor, at: datetime) -> Report:
    row, move = begin(report_id=report_id, verb=verb, by=by)
    row.submitted_by = row.submitted_at = row.approved_by = row.approved_at = None
    fields = ("submitted_by", "submitted_at", "approved_by", "approved_at")
    words = {"reason": redact(untold(by, row.complaint.case, written(reason, _("原因"))))}
    return complete(row=row, move=move, data={"version": row.version}, words=words, fields=fields, by=by, at=at)


def _check(row: Report, parts: Parts) -> None:
    if long := [key for key, text in parts.items() if len(text) > MOST]:
        raise Refused("part_too_long", _("每部分最多 %(n)s 字；什么都没有改动。") % {"n": MOST}, parts=long)
    heard = row.complaint.case.content
    if row.complaint.secrecy != Secrecy.OPEN and any(quotes(text, heard) for text in parts.values()):
        raise Refused("quotes_customer", _("客户要求保密，报告里不能照抄客户原话，请改为转述；什么都没有改动。"))
