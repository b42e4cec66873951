"""Report a fault online: a call of the hotline that is always kept, a case by policy, and a code to follow it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors as hotline_reads
from longzhong.cases.hotline import services as hotline
from longzhong.cases.hotline.rules.cues import cues_of
from longzhong.cases.hotline.rules.words import CallOutcome, Channel, Hazard, Urgency
from longzhong.cases.hotline.services import Caller, NewCall, NewCase
from longzhong.dispatch.matters import services as matters
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text
from longzhong.register.categories import selectors as categories
from longzhong.register.customers.rules.numbers import is_phone, normal_phone
from longzhong.sensing.outages import selectors as outages
from longzhong.surfaces.portal.models import Follow
from longzhong.surfaces.portal.rules import FAULTS, Report, code_of, key_fits, report_text
from longzhong.surfaces.portal.selectors import limits_on, place_of
from longzhong.surfaces.portal.selectors.follows import CODE_KIND
from longzhong.surfaces.portal.selectors.places import PlaceCard
from longzhong.surfaces.portal.selectors.power import accounts_of

MOST_WORDS, MOST_WHERE = 500, 120


@dataclass(frozen=True)
class Taken:
    """The kept call: its redacted words and where it belongs."""

    id: int
    text: str
    area_id: int | None


@transaction.atomic
def report_fault(*, report: Report, by: Actor, at: datetime) -> str:
    """The code by which the report is followed; the same key again gives the same code and does nothing.

    A pair of account and phone that isn't known is a report all the same: nobody learns from the answer whether it is.
    """
    _check(report)
    index = vault.index(report.key, "portal.key")
    _one_at_a_time(index)
    said = vault.index(f"{report.kind}|{normal_phone(report.phone)}|{report.words}", "portal.said")
    code = code_of(vault.index(f"{report.key}|{said}", "portal.secret"))
    held = Follow.objects.filter(key_index=index).first()
    if held is not None:
        if held.said_index != said:
            raise Refused("portal_key_reused", _("这张表已经交过了；要报另一件事，请重新打开报修页。"))
        return code
    call = _kept(report, index, by, at)
    case_id = _settle(report, call, by=by, at=at)
    _attach(report, call.id, case_id, by=by, at=at)
    Follow.objects.create(
        code_index=vault.index(code, CODE_KIND), key_index=index, said_index=said, call_id=call.id, at=at
    )
    return code


def _check(report: Report) -> None:
    if not key_fits(report.key):
        raise Refused("client_key_missing", _("请求缺少唯一编号，没有处理；请刷新页面后重试。"))
    if not is_phone(normal_phone(report.phone)):
        raise Refused("portal_phone_wrong", _("请填能打通的电话，抢修人员要和您联系；什么都没有登记。"))
    clean_text(report.words, MOST_WORDS)
    where = clean_text(report.where, MOST_WHERE)
    if not (report.place or where or report.tail):
        raise Refused("portal_where_missing", _("请选小区或村，或写明在哪里；什么都没有登记。"))


def _kept(report: Report, index: str, by: Actor, at: datetime) -> Taken:
    place: PlaceCard | None = place_of(report.place) if report.place else None
    mine = list(accounts_of(report.phone, report.tail)) if report.tail else []
    account = mine[0] if len(mine) == 1 else None
    area = place.areas[0] if place and account is None and len(place.areas) == 1 else None
    where = " ".join(filter(None, (place.label if place else "", report.where.strip())))
    call = NewCall(
        channel=Channel.ONLINE, text=report_text(report, place.label if place else ""), area_id=area,
        caller=Caller(phone=report.phone, address=where, account_id=account), unit_id=place.unit_id if place else None,
        external_no=f"P-{index[:40]}",
    )  # fmt: skip
    row = hotline.take_call(call=call, by=by, at=at)
    return Taken(row.pk, row.text, row.area_id)


def _settle(report: Report, call: Taken, *, by: Actor, at: datetime) -> int | None:
    """The case, if it becomes one: a known outage explains it; else the policy lets machines open one, if somebody can answer."""
    fault, heard = FAULTS[report.kind], cues_of(call.text)
    hazard = fault.hazard or heard.hazard
    if fault.no_power and not hazard and call.area_id is not None:
        for card in outages.known_at([call.area_id], at).get(call.area_id, ()):
            if card.running and card.confirmed:
                hotline.answer_call(
                    call_id=call.id, outcome=CallOutcome.OUTAGE, reply=card.answer, outage_id=card.id, by=by, at=at
                )
                return None
    if not limits_on(civil_day(at)).opens_case:
        return None
    return _open(call, fault.category, hazard, by=by, at=at)


def _open(call: Taken, category: str, hazard: Hazard, *, by: Actor, at: datetime) -> int | None:
    node = categories.category(category)
    urgency = Urgency.URGENT if hazard else Urgency.NORMAL
    try:
        with transaction.atomic():
            case = hotline.open_case(
                call_id=call.id, case=NewCase(node.id, urgency=urgency, hazard=hazard), by=by, at=at
            )
            return hotline.dispatch(case_id=case.pk, by=by, at=at).pk
    except Refused:  # nobody can answer for it, or the category is gone: the kept call stands and the desk decides
        return None


def _attach(report: Report, call_id: int, case_id: int | None, *, by: Actor, at: datetime) -> None:
    """The photo hangs on the case, or on the kept call; shown re-encoded, without its position."""
    if not report.photo:
        return
    matter = hotline_reads.label(case_id) if case_id else f"{hotline_reads.CALL_NOUN}:{call_id}"
    upload = matters.Upload("photo", "", report.photo)
    matters.attach(matter=matter, upload=upload, note="", by=by, at=at)


def _one_at_a_time(index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [index])
