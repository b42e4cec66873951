"""Tell once (一次性告知): keep the list as it was handed over; a request beyond it is our fault until somebody lifts it (S4-33)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from longzhong.cases.closures import selectors
from longzhong.cases.closures.events import ToldTwice
from longzhong.cases.closures.models import ClosurePaper, Telling, ToldAgain
from longzhong.cases.closures.rules import (
    FAULT,
    HALL,
    LIVE,
    PAPERS,
    TELL_WAYS,
    Given,
    Kind,
    is_told_twice,
    unknown,
)
from longzhong.cases.closures.services.moving import note, words_needed
from longzhong.cases.hotline import selectors as hotline
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.outbox import tell
from longzhong.register.customers import selectors as customers
from longzhong.register.org import selectors as org

REVIEW = "review"


@dataclass(frozen=True)
class NewTelling:
    """A list to hand over: of which business, how, to whom."""

    kind: str
    way: str
    unit_id: int
    grid_id: int | None
    account_id: int | None
    case_id: int | None
    closure_id: int | None
    staff_id: int


@transaction.atomic
def tell_list(*, account_id: int, kind: str, way: str, case_number: str = "", by: Actor, at: datetime) -> Telling:
    """Hand a business's list over at the counter, on site or by phone, and keep it as evidence."""
    need(by, *HALL)
    if kind not in set(Kind) or way not in TELL_WAYS:
        raise Refused("list_unknown", _("请选择业务和告知方式；什么都没有改动。"), kind=kind)
    account = customers.visible_to(by).select_related("area").filter(pk=account_id).first()
    if account is None:
        raise Refused("not_found", _("没有这一户，或不在您的管辖范围内。"), account=account_id)
    if by.staff_id is None:
        raise Refused("teller_unknown", _("告知人须是在册人员；什么都没有改动。"))
    case_id = _case(case_number, by)
    grid_id = account.area.grid_id if account.area else None
    new = NewTelling(kind, way, account.unit_id, grid_id, account_id, case_id, None, by.staff_id)
    return keep_telling(new=new, by=by, at=at)


@transaction.atomic
def keep_telling(*, new: NewTelling, by: Actor, at: datetime) -> Telling:  # noqa: ARG001  every service says who
    """Keep a list as today's policy of the unit has it; of one closure or case it is told once."""
    row = selectors.list_row(Kind(new.kind), new.unit_id, at)
    codes = selectors.list_codes(row)
    if not codes or unknown(codes):
        raise Refused(
            "list_broken",
            _("制度参数“%(title)s”里有不认识的材料代码；没有登记，请联系制度管理员。") % {"title": row.key},
            codes=unknown(codes),
        )
    made = Telling(
        kind=new.kind, codes=list(codes), source=row.source[:200], confidence=row.confidence, unit_id=new.unit_id,
        grid_id=new.grid_id, account_id=new.account_id, case_id=new.case_id, closure_id=new.closure_id,
        staff_id=new.staff_id, way=new.way, told_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            Telling.objects.bulk_create([made])
    except IntegrityError as error:
        raise Refused("told_already", _("这件业务的材料已经一次性告知过；没有重复登记。"), case=new.case_id) from error
    made.number = f"GZ{civil_day(at):%Y%m%d}{made.pk:06d}"
    made.save(update_fields=["number"])
    return made


@transaction.atomic
def ask_again(*, telling_id: int, given: Given, by: Actor, at: datetime) -> ToldAgain:
    """Somebody asked for a document that stood on no list handed over: recorded as our fault, with who asked and why.

    The customer still has to bring it, so it joins the closure's papers, marked as asked for afterwards.
    """
    need(by, *HALL)
    rows = selectors.visible_tellings(by).select_for_update(of=("self",)).select_related("closure")
    telling = rows.filter(pk=telling_id).first()
    if telling is None or by.staff_id is None:
        raise Refused("not_found", _("没有这张告知单，或不在您的管辖范围内。"), telling=telling_id)
    if given.paper not in PAPERS:
        raise Refused("paper_unknown", _("请从清单里选择补要的材料；什么都没有改动。"), paper=given.paper)
    if not is_told_twice(given.paper, telling.codes):
        raise Refused("paper_listed", _("这份材料在告知单上，不是二次告知；什么都没有改动。"), paper=given.paper)
    if telling.closure is not None and telling.closure.state not in LIVE:
        raise Refused("closure_over", _("这件销户已经结束；什么都没有改动。"))
    why = words_needed(given.reason, _("为什么还要这份材料"))
    row = ToldAgain(
        telling=telling, code=given.paper, unit_id=telling.unit_id, staff_id=_asker(given.staff, by.staff_id),
        recorded_by_id=by.staff_id, at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            ToldAgain.objects.bulk_create([row])
    except IntegrityError as error:
        raise Refused("told_again_already", _("这份材料的二次告知已经登记过；没有重复登记。")) from error
    _record(row, telling, why, by, at)
    return row


@transaction.atomic
def start_review(*, fault_id: int, by: Actor, at: datetime) -> bool:
    """Somebody above has to look at a second request within the policy's time; safe to hear twice."""
    row = ToldAgain.objects.select_for_update().filter(pk=fault_id, state="recorded").first()
    matter = selectors.fault_label(fault_id)
    if row is None or _is_running(matter):
        return False
    heads = org.head_of(row.unit_id, civil_day(at))
    clock = matters.NewClock(
        matter=matter, name=REVIEW, label="核实二次告知", unit_id=row.unit_id, owner_id=heads[0] if heads else None,
        policy_key="closure.fault_wd", title="二次告知核实",
    )  # fmt: skip
    matters.start_clocks(clocks=[clock], by=by, at=at)
    return True


@transaction.atomic
def judge(*, fault_id: int, verb: str, reason: str, by: Actor, at: datetime) -> ToldAgain:
    """Say whether it was our fault; nobody judges their own."""
    row = selectors.visible_faults(by).select_for_update(of=("self",)).filter(pk=fault_id).first()
    if row is None:
        raise Refused("not_found", _("没有这条二次告知记录，或不在您的管辖范围内。"), fault=fault_id)
    move = FAULT.move(verb, row.state)
    if by.staff_id is None or by.staff_id in (row.staff_id, row.recorded_by_id):
        raise Refused("own_fault", _("不能核实自己的二次告知，核实人须是在册人员；什么都没有改动。"))
    if not selectors.may_project(by, move.roles, row.unit_id):
        raise Refused("not_allowed", _("您的岗位不能核实二次告知；什么都没有改动。"), roles=sorted(move.roles))
    why = words_needed(reason, _("核实的情况"))
    row.state, row.judged_by_id, row.judged_at = move.target.value, by.staff_id, at
    row.save(update_fields=["state", "judged_by", "judged_at"])
    matter = selectors.fault_label(row.pk)
    matters.stop_clocks(matter=matter, names=None, by=by, at=at)
    matters.add_step(matter=matter, step=matters.NewStep(move.verb, {"to": row.state}, {"reason": why}), by=by, at=at)
    return row


def _is_running(matter: str) -> bool:
    """Whether a clock of this matter is live."""
    return bool(matter_reads.live_policies(matter))


def _record(row: ToldAgain, telling: Telling, why: str, by: Actor, at: datetime) -> None:
    data = {"papers": [row.code], "telling": telling.pk, "staff": row.staff_id}
    step = matters.NewStep("record", data, {"reason": why})
    matters.add_step(matter=selectors.fault_label(row.pk), step=step, by=by, at=at)
    if telling.closure is not None:
        if telling.closure.applied_at is not None:
            ClosurePaper.objects.get_or_create(
                closure=telling.closure, code=row.code, defaults={"told": False, "asked_at": at}
            )
        note(row=telling.closure, verb="told_twice", said=Said({**data, "fault": row.pk}), by=by, at=at)
    tell(
        ToldTwice(
            fault_id=row.pk, telling_id=telling.pk, paper=row.code, unit_id=row.unit_id, staff_id=row.staff_id,
            closure_id=telling.closure_id, case_id=telling.case_id, at=at,
        )
    )  # fmt: skip


def _asker(code: str, own: int) -> int:
    """Who asked for it: by work number, else whoever records it."""
    if not code.strip():
        return own
    found = org.staff_ids([code.strip()])
    if not found:
        raise Refused("no_such_staff", _("没有这个工号；什么都没有改动。"), staff=code)
    return found[code.strip()]


def _case(number: str, by: Actor) -> int | None:
    plain = number.strip().upper()
    if not plain:
        return None
    found = hotline.visible_to(by).filter(number=plain).values_list("pk", flat=True).first()
    if found is None:
        raise Refused("case_unknown", _("没有这个编号的诉求，或不在您的管辖范围内；什么都没有改动。"), number=plain)
    return int(found)
