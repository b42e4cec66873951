"""Draft an appeal within its window: why, for what, on which basis; files; the three seals of the paper."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from longzhong.cases.appeals import selectors
from longzhong.cases.appeals.models import Appeal, Seal, Window
from longzhong.cases.appeals.rules import DRAFTERS, Ground, Level, Part, Request, Stand, State, ask_flaw
from longzhong.cases.appeals.rules import Seal as Sealed
from longzhong.cases.appeals.rules.asking import FLAWS as ASK_FLAWS
from longzhong.cases.appeals.rules.seals import FLAWS as SEAL_FLAWS
from longzhong.cases.appeals.rules.seals import flaw as seal_flaw
from longzhong.cases.appeals.services.moving import HOUSE, begin, complete, keep_out, note, reopened, written
from longzhong.cases.appeals.services.opening import open_window
from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.rules import SIGN, STANDING
from longzhong.cases.filings import selectors as filings
from longzhong.cases.hotline.selectors import untold
from longzhong.dispatch.matters.rules import moment_words
from longzhong.dispatch.matters.services import Said, Upload
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused

SCAN = "scan"
TEXT = ("grounds", "ask", "asked_responsibility", "duplicate_of", "basis_sealed")


@transaction.atomic
def draft(*, complaint_id: int, request: Request, uploads: Sequence[Upload] = (), by: Actor, at: datetime) -> Appeal:
    """Begin an appeal at the level whose window stands; one is under way for a complaint at a time."""
    complaint = complaints.complaint_of(by, complaint_id)
    if by.staff_id is None or not complaints.may(by, DRAFTERS, complaint):
        raise Refused("not_allowed", _("只有责任单位的在册人员可以申诉；什么都没有改动。"), roles=sorted(DRAFTERS))
    keep_out(code=complaints.conflict(by, complaint, SIGN))
    if selectors.live_of(complaint.pk) is not None:
        raise _under_way()
    if complaint.decided_at is None:
        raise Refused("not_decided", _("这件投诉还没有核定，不能申诉；什么都没有改动。"), complaint=complaint.pk)
    if complaint.state not in STANDING:
        raise reopened(complaint_id=complaint.pk)
    window = _window(complaint.pk, complaint.decided_at, at)
    row = Appeal(
        complaint=complaint, window=window, level=window.level, round=window.round, state=State.DRAFT,
        was_verdict=complaint.final_verdict, was_responsibility=complaint.final_responsibility,
        drafted_by_id=by.staff_id, drafted_at=at,
    )  # fmt: skip
    _write(row, request, by)
    try:
        with transaction.atomic():
            Appeal.objects.bulk_create([row])
    except IntegrityError as error:  # somebody else began one at the same moment
        raise _under_way() from error
    data = {"complaint": complaint.pk, "level": row.level, "grounds": row.grounds, "ask": row.ask}
    note(row=row, verb="draft", said=Said(data, uploads=uploads), by=by, at=at)
    return row


@transaction.atomic
def edit(*, appeal_id: int, request: Request, by: Actor, at: datetime) -> Appeal:
    """Change a draft; what was submitted is changed no more."""
    row, move = begin(appeal_id=appeal_id, verb="edit", by=by)
    _write(row, request, by)
    said = Said({"grounds": row.grounds, "ask": row.ask})
    return complete(row=row, move=move, said=said, fields=TEXT, by=by, at=at)


@transaction.atomic
def attach(
    *, appeal_id: int, uploads: Sequence[Upload], note: str = "", scan: bool = False, by: Actor, at: datetime
) -> Appeal:
    """Add evidence to a draft; `scan`: the paper with its seals."""
    row, move = begin(appeal_id=appeal_id, verb="attach_scan" if scan else "attach", by=by)
    if not uploads:
        raise Refused("evidence_missing", _("请选择要上传的文件；什么都没有改动。"))
    kept = [Upload(SCAN if scan else "evidence", one.name, one.content) for one in uploads]
    return complete(row=row, move=move, said=Said({}, {"note": note.strip()}, kept), by=by, at=at)


@transaction.atomic
def seal(*, appeal_id: int, part: str, staff_id: int, on: date, by: Actor, at: datetime) -> Appeal:
    """Note one seal of the paper: which level, who put it, on which day; the same level again replaces it."""
    row, move = begin(appeal_id=appeal_id, verb="seal", by=by)
    if part not in set(Part):
        raise Refused("part_unknown", _("请选择是哪一级盖章；什么都没有改动。"), part=part)
    sealer = Actor(user_id=None, staff_id=staff_id, name="")
    keep_out(code=complaints.conflict(sealer, row.complaint, SIGN))
    unit = selectors.seal_unit(row, Part(part), staff_id, on)
    if unit is None:
        raise Refused("seal_stranger", _("盖章人当天不在这一级单位任职；什么都没有改动。"), part=part, staff=staff_id)
    new = Sealed(Part(part), unit, staff_id, on)
    others = [one for one in selectors.seals_of(row) if one.part != part]
    check_seals(row=row, seals=[*others, new], today=civil_day(at), whole=False)
    Seal.objects.update_or_create(appeal=row, part=part, defaults={"unit_id": unit, "staff_id": staff_id, "on": on})
    said = Said({"part": part, "unit": unit, "staff": staff_id, "on": on.isoformat()})
    return complete(row=row, move=move, said=said, by=by, at=at)


def check_seals(
    *, row: Appeal, seals: Sequence[Sealed], today: date, submitted_on: date | None = None, whole: bool = True
) -> None:
    """Refuse seals that contradict the decision, each other or the day."""
    decided = civil_day(row.window.opened_at)
    code = seal_flaw(seals, decided_on=decided, today=today, submitted_on=submitted_on, whole=whole)
    if code is not None:
        raise Refused(code, _(SEAL_FLAWS[code]), decided_on=decided.isoformat())


def in_time(*, window: Window, at: datetime) -> None:
    """Refuse what comes after the last day."""
    if at >= window.last_at:
        last = moment_words(window.last_at)
        raise Refused("appeal_late", _("申诉期已于 %(last)s 截止；什么都没有改动。") % {"last": last}, last=last)


def _window(complaint_id: int, decided_at: datetime, at: datetime) -> Window:
    window = selectors.window_of(complaint_id)
    if window is None:  # decided before anybody promised: by the policy of the day of the decision
        window = open_window(complaint_id=complaint_id, level=Level.FIRST, by=HOUSE, at=decided_at)
    if window is None:
        raise Refused(
            "nothing_against", _("这件投诉没有认定属实，没有可申诉的；什么都没有改动。"), complaint=complaint_id
        )
    if selectors.is_judged(window):
        raise Refused("appeals_exhausted", _("申诉已有结论，不能再次申诉；什么都没有改动。"), complaint=complaint_id)
    in_time(window=window, at=at)
    return window


def _write(row: Appeal, request: Request, by: Actor) -> None:
    """Put the request into the row, if it can be asked."""
    grounds = sorted({one for one in request.grounds if one in set(Ground)})
    if not grounds or len(grounds) != len(set(request.grounds)):
        raise Refused("grounds_missing", _("请从清单里选择申诉原因；什么都没有改动。"))
    was = Stand(row.was_verdict, row.was_responsibility)
    if (code := ask_flaw(request.ask, request.responsibility, was)) is not None:
        raise Refused(code, _(ASK_FLAWS[code]), ask=request.ask, responsibility=request.responsibility)
    if Ground.FORCE_MAJEURE in grounds and not filings.covers_of_case(HOUSE, row.complaint.case_id):
        raise Refused("filing_missing", _("以不可抗力申诉须有覆盖这件投诉的报备；什么都没有改动。"))
    twin = _twin(row.complaint_id, request.duplicate, by) if Ground.DUPLICATE in grounds else None
    row.grounds, row.ask, row.asked_responsibility = grounds, request.ask, request.responsibility
    row.duplicate_of_id = twin
    row.basis_sealed = vault.seal(untold(by, row.complaint.case, written(words=request.basis)))


def _twin(complaint_id: int, number: str, by: Actor) -> int:
    """The matter that was counted twice, by its number."""
    found = complaints.visible_to(by).filter(case__number=number.strip()).exclude(pk=complaint_id).first()
    if found is None or not number.strip():
        raise Refused("duplicate_unknown", _("重复计件须写明另一件投诉的编号；什么都没有改动。"), number=number)
    return found.pk


def _under_way() -> Refused:
    return Refused("appeal_under_way", _("这件投诉已有一件申诉在办；没有重复起草。"))
