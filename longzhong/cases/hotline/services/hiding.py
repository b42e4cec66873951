"""The customer asks for secrecy midway (保密): from now on the case is as one that was secret from the beginning.

There is no way back: the investigation runs on the retelling, so nothing is gained by opening what was closed; a customer who wants
to be named tells whoever calls them, or turns to us again. What the unit has read stays read; its pages show it no more.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Case, Link
from longzhong.cases.hotline.rules.dispatching import REPAIR
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.rules.words import GOVERNED_TYPES, Secrecy
from longzhong.cases.hotline.services.joining import leave, lock_family
from longzhong.cases.hotline.services.moving import enter, note, refresh_due
from longzhong.cases.hotline.services.ordering import HOUSE, planned
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.dispatch.workorders import selectors as order_reads
from longzhong.dispatch.workorders import services as orders
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written

COPIED = ("send_back", "cancel", "release")
"""Steps of an order whose words the house copied from the case: what the customer said, which case it had joined."""


@transaction.atomic
def keep_secret(*, case_id: int, reason: str, by: Actor, at: datetime) -> Case:
    """Note that the customer wants secrecy, and how they said so: nobody calls them any more, their open matters are taken apart
    from this one, its orders forget where they live (not a repair: the crew must find the danger) and who they are.
    """
    followers = lock_family(case_id)
    case = enter(case_id=case_id, by=by)
    if not selectors.may_hide(by, case):
        raise Refused("not_allowed", _("只有首问人员和优质服务办公室可以登记客户要求保密；什么都没有改动。"))
    if case.type not in GOVERNED_TYPES:
        raise Refused("secrecy_not_for_type", _("投诉、举报、意见才按保密办理；什么都没有改动。"), type=case.type)
    if case.secrecy != Secrecy.OPEN:
        raise Refused("secret_already", _("这件诉求已经保密或匿名；什么都没有改动。"), case=case_id)
    words = redact(written(reason, _("客户怎样提出的")))
    apart = _part(case, followers, at)
    case.refresh_from_db()
    before = {one.name for one in planned(case=case)}
    case.secrecy = Secrecy.CONFIDENTIAL
    ended = before - {one.name for one in planned(case=case)}
    stopped = matters.stop_clocks(matter=selectors.label(case.pk), names=ended, by=by, at=at) if ended else {}
    refresh_due(case=case)
    case.save(update_fields=["secrecy", "due_at", "due_clock"])
    _hide_orders(case, at)
    data = {"apart": apart, "clocks": {name: str(verdict) for name, verdict in stopped.items()}}
    note(case=case, verb="keep_secret", said=Said(data, {"reason": words}), by=by, at=at)
    return case


@transaction.atomic
def untell(*, case: Case, matter: str, by: Actor, at: datetime) -> int:
    """Erase from a timeline above a secret case the words of steps that name its customer, and the names of files that do; the
    files stay. Returns how many steps and files told. Safe twice.
    """
    without, told = selectors.without_caller(case), 0
    for step in matter_reads.steps(matter):
        words = [word for key, word in step.words.items() if key != "by" and isinstance(word, str)]
        if not step.is_erased and any(without(word) != word for word in words):
            matters.erase_words(matter=matter, seq=step.seq, reason="secrecy", files=False, by=by, at=at)
            told += 1
        for one in step.files:
            if (name := without(one.name)) != one.name:
                matters.rename_file(file_id=one.id, name=name, by=by, at=at)
                told += 1
    return told


def _part(case: Case, followers: list[int], at: datetime) -> list[int]:
    """Out of the matter that it follows, those that follow it out of this one, and no link with an open case; the others' ids.
    Their timelines, which the unit reads, don't say why.
    """
    reason = _("分开办理")
    others = set(followers) | ({case.parent_id} if case.parent_id else set())
    following = Case.objects.filter(pk__in=[case.pk, *followers], state=State.FOLLOWING).order_by("id")
    for one in following.values_list("id", flat=True):
        leave(case_id=one, reason=reason, by=HOUSE, at=at)
    links = Link.objects.filter(
        Q(case=case) & selectors.plain("earlier__") | Q(earlier=case) & selectors.plain("case__")
    )
    others |= {one for pair in links.values_list("case_id", "earlier_id") for one in pair} - {case.pk}
    links.delete()
    return sorted(others)


def _hide_orders(case: Case, at: datetime) -> None:
    for order_id, kind in order_reads.orders_for(selectors.label(case.pk)):
        matter = order_reads.label(order_id)
        if kind != REPAIR:
            orders.forget_place(order_id=order_id, by=HOUSE, at=at)
        for step in matter_reads.steps(matter):
            if step.verb in COPIED and not step.is_erased and step.words.get("reason"):
                matters.erase_words(matter=matter, seq=step.seq, reason="secrecy", by=HOUSE, at=at)
        untell(case=case, matter=matter, by=HOUSE, at=at)
