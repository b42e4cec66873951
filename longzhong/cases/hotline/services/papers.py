"""One document accepted (一证受理), the others brought later, and the printed form (免填单, S4-34)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.machine import LIVE
from longzhong.cases.hotline.rules.papers import DOCUMENTS, SHOWN, Papers
from longzhong.cases.hotline.rules.words import CaseType
from longzhong.cases.hotline.services.moving import enter, note
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.customers import services as customers

HALL = ("desk", "station", "grid", "quality")
PRINTED = "打印免填单请客户核对签字"


@dataclass(frozen=True)
class Form:
    """What is printed for the customer to check and sign; plain, and journalled as revealed."""

    number: str
    category: str
    account: str
    name: str
    address: str
    content: str
    papers: Papers | None


@transaction.atomic
def accept_one(*, case_id: int, shown: str, deferred: Sequence[str], by: Actor, at: datetime) -> Case:
    """Accept an application with one document and a signed commitment; all that is still wanted is told at once."""
    case = _application(case_id, by)
    if shown not in SHOWN or not set(deferred) <= set(DOCUMENTS) - {shown}:
        raise Refused("paper_unknown", _("请从清单里选择证件和后补材料；什么都没有改动。"), shown=shown)
    if selectors.papers(case) is not None:
        raise Refused("papers_told", _("材料已经一次性告知过，不能再要求新的；什么都没有改动。"), case=case_id)
    wanted = [one for one in DOCUMENTS if one in set(deferred)]
    note(case=case, verb="accept_one", said=Said({"shown": shown, "deferred": wanted}), by=by, at=at)
    return case


@transaction.atomic
def bring_paper(*, case_id: int, paper: str, by: Actor, at: datetime) -> Case:
    """A deferred document was brought."""
    case = _application(case_id, by)
    papers = selectors.papers(case)
    if papers is None or paper not in papers.missing:
        raise Refused("paper_not_missing", _("这份材料不在待补清单里；什么都没有改动。"), paper=paper)
    note(case=case, verb="bring_paper", said=Said({"paper": paper}), by=by, at=at)
    return case


@transaction.atomic
def fill_form(*, case_id: int, by: Actor, at: datetime) -> Form:
    """The filled form of an application: name and address in plain, each journalled."""
    case = _application(case_id, by)
    name = address = code = ""
    if case.account_id is not None and selectors.may_know_caller(by, case):
        name, address, code = (
            customers.reveal(account_id=case.account_id, field=field, reason=PRINTED, by=by, at=at)
            for field in ("name", "address", "code")
        )
    note(case=case, verb="print_form", said=Said({}), by=by, at=at)
    return Form(case.number or "", case.category.name, code, name, address, case.content, selectors.papers(case))


def _application(case_id: int, by: Actor) -> Case:
    case = enter(case_id=case_id, by=by)
    if not selectors.may(by, HALL, case):
        raise Refused("not_allowed", _("您的岗位不能对这件诉求做这一步；什么都没有改动。"), roles=sorted(HALL))
    if case.type != CaseType.APPLICATION or case.state not in LIVE:
        raise Refused("not_an_application", _("只有未办结的服务申请可以一证受理；什么都没有改动。"), case=case_id)
    return case
