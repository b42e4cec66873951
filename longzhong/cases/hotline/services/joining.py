"""Many callers, one fault (并单): cases that join another follow it; each caller is still called back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Call, Case
from longzhong.cases.hotline.rules.limits import DISPATCH, ONSITE, REPLY, RESTORE
from longzhong.cases.hotline.rules.machine import DONE
from longzhong.cases.hotline.rules.words import CallOutcome
from longzhong.cases.hotline.services.moving import begin, complete, enter, note
from longzhong.cases.hotline.services.pressing import end_order
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

WORK = (DISPATCH, ONSITE, RESTORE, REPLY)
"""Clocks of the work itself, which the parent's stand for; contact, answer and what a channel set are each caller's own."""


@transaction.atomic
def join(*, case_id: int, parent_id: int, by: Actor, at: datetime) -> Case:
    """Let a case follow another; a parent that follows itself gives way to its root, and the case's own children come along.

    The case keeps its owner until the root is answered. Its clocks of work stop, unless it is older than the root: then they
    run on, so that nobody waits longer by being joined.
    """
    root_id = _root_id(parent_id, by)
    if root_id == case_id:
        raise Refused("join_circle", _("不能并入自己，也不能并入随自己办理的诉求；什么都没有改动。"))
    followers = lock_family(case_id, root_id)
    case, row = begin(case_id=case_id, verb="join", by=by)
    root = enter(case_id=root_id, by=by)
    _may_follow(root)
    if selectors.is_secret(case) or selectors.is_secret(root):
        raise Refused("join_secret", _("客户要求保密或匿名的投诉单独办理，不能并单；什么都没有改动。"))
    if not by.system and (case.governed or root.governed):
        text = _("按投诉治理办理的诉求不能并单：同一客户再次来电请登记催办，另有事项请单独立单；什么都没有改动。")
        raise Refused("case_governed", text, case=case_id, parent=root.pk)
    case.parent = root
    stopped = _stop_work(case, by=by, at=at) if root.opened_at <= case.opened_at else {}
    matters.withdraw_handover(matter=selectors.label(case.pk), by=by, at=at)
    end_order(case=case, reason=_("并入主单 %(number)s") % {"number": root}, by=by, at=at)
    Case.objects.filter(pk__in=followers).update(parent=root)
    Call.objects.filter(case=case, outcome=CallOutcome.CASE).update(outcome=CallOutcome.JOINED)
    data = {"parent": root.pk, "stopped": stopped, "brought": sorted(followers)}
    joined = complete(case=case, row=row, said=Said(data), fields=("parent", "order_id"), by=by, at=at)
    note(case=root, verb="joined", said=Said({"child": case.pk, "brought": sorted(followers)}), by=by, at=at)
    return joined


@transaction.atomic
def leave(*, case_id: int, reason: str, by: Actor, at: datetime) -> Case:
    """Take a case out again: it stands alone as taken, and the clocks that joining stopped run from its own opening."""
    if not reason.strip():
        raise Refused("leave_needs_reason", _("拆出主单要写明理由；什么都没有改动。"))
    case, row = begin(case_id=case_id, verb="leave", by=by)
    parent_id, case.parent = case.parent_id, None
    started = _start_again(case, by=by)
    said = Said({"parent": parent_id, "restarted": started}, {"reason": reason.strip()})
    return complete(case=case, row=row, said=said, fields=("parent",), by=by, at=at)


def _root_id(parent_id: int, by: Actor) -> int:
    found = selectors.visible_to(by).filter(pk=parent_id).values_list("id", "parent_id").first()
    if found is None:
        raise Refused("not_found", _("没有这件诉求，或不在您的管辖范围内。"), case=parent_id)
    return int(found[1] or found[0])


def lock_family(case_id: int, root_id: int | None = None) -> list[int]:
    """Lock a case, its children and a root-to-be in one order, so that two who join crosswise wait for each other; returns the
    children.
    """
    together = Q(pk__in=[one for one in (case_id, root_id) if one is not None]) | Q(parent=case_id)
    locked = Case.objects.filter(together).order_by("id").select_for_update().values_list("id", "parent_id")
    return [pk for pk, parent_id in locked if parent_id == case_id and pk != root_id]


def _may_follow(root: Case) -> None:
    if root.parent_id is not None:
        raise Refused("join_circle", _("主单刚刚并入了另一件（或正是并入这一件）；什么都没有改动，请刷新后重新选择。"))
    if root.state in DONE:
        raise Refused(
            "parent_closed", _("主单已经结束，不能再并入；请按重复致电关联。什么都没有改动。"), parent=root.pk
        )


def _stop_work(case: Case, *, by: Actor, at: datetime) -> dict[str, str]:
    """Stop the clocks of work; returns what stopped, with its policy, for the day on which the case leaves again."""
    matter = selectors.label(case.pk)
    running = {name: key for name, key in matter_reads.live_policies(matter) if name in WORK}
    if running:
        matters.stop_clocks(matter=matter, names=list(running), by=by, at=at)
    return running


def _start_again(case: Case, *, by: Actor) -> list[str]:
    matter = selectors.label(case.pk)
    joined = next((step for step in matter_reads.steps(matter) if step.verb == "join"), None)
    stopped: dict[str, str] = dict(joined.data.get("stopped", {})) if joined else {}
    labels = {card.name: card.label for card in matter_reads.clock_cards(matter, case.opened_at)}
    again = [
        matters.NewClock(
            matter=matter, name=name, label=labels.get(str(name), str(name)), unit_id=case.unit_id, owner_id=case.owner_id,
            policy_key=key, title=selectors.title(case.pk),
        )
        for name, key in stopped.items()
    ]  # fmt: skip
    if again:
        matters.start_clocks(clocks=again, by=by, at=case.opened_at)
    return sorted(stopped)
