"""The door of rectification forms: the unit's and department's readers, measure owners, whoever has a part to sign.

Never somebody whom a confidential complaint is about; and nobody grows a right to the complaint itself by signing its form.
"""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.cases.rectifications.models import Form, Measure, Signature
from longzhong.cases.rectifications.rules import MACHINE, PARTS, PENDING, READERS, STATE_LABELS, State
from longzhong.kit.actor import Actor, within
from longzhong.kit.errors import Refused

NOUN = "rectifications.form"
VERB_WORDS = {
    "open": "生成整改单",
    "revisit_due": "整改回访到期",
    "review_planned": "确定成效评价日",
    "review_due": "成效评价到期",
    "signer_changed": "会签人变更",
    "delegation_ended": "委托代签失效",
    **{row.verb: row.label for row in MACHINE.moves},
}


def visible_to(actor: Actor) -> QuerySet[Form]:
    """Organisation × role; own measures and parts; the scopes of whichever units sign it."""
    covered = within(actor, roles=READERS) | within(actor, unit="department_id", grid=None, roles=("dept",))
    if actor.system or actor.staff_id is None:
        return Form.objects.filter(covered)
    me = actor.staff_id
    mine = Exists(Measure.objects.filter(form=OuterRef("pk"), owner=me, dropped_at=None))
    asked = Q(signer=me, state__in=PENDING) | Q(delegate=me, state__in=PENDING) | Q(staff=me)
    signs = Exists(
        Signature.objects.filter(asked | within(actor, grid=None, roles=PARTS), form=OuterRef("pk"))
    )  # fmt: skip
    secret = Q(complaint__about_staff__isnull=False, complaint__about_staff=me, complaint__secrecy=Secrecy.CONFIDENTIAL)
    return Form.objects.filter(covered | Q(owner=me) | mine | signs).exclude(secret)


def form_by_id(actor: Actor, form_id: int) -> Form:
    """One form with what its page shows beside it; refused outside the actor's scope."""
    beside = ("complaint__case", "complaint__category", "unit", "department", "owner")
    found = visible_to(actor).select_related(*beside).filter(pk=form_id).first()
    if found is None:
        raise Refused("not_found", _("没有这份整改单，或不在您的管辖范围内。"), form=form_id)
    return found


def may(actor: Actor, roles: Collection[str], row: Form) -> bool:
    """Whether an actor holds one of these roles over a form: over its unit or cell, or as its department."""
    if actor.system:
        return True
    for scope in actor.scopes:
        if scope.role not in roles:
            continue
        if scope.role == "dept" and row.department_id in scope.units:
            return True
        if row.unit_id in scope.units if scope.grids is None else row.grid_id in scope.grids:
            return True
    return False


def is_accused(actor: Actor, row: Form) -> bool:
    """Whether the complaint is about this actor."""
    return actor.staff_id is not None and actor.staff_id == row.complaint.about_staff_id


def label(form_id: int) -> str:
    return f"{NOUN}:{form_id}"


def is_visible(actor: Actor, form_id: int) -> bool:
    return visible_to(actor).filter(pk=form_id).exists()


def title(form_id: int) -> str:
    """How lists call it; nothing personal."""
    row = Form.objects.filter(pk=form_id).values_list("number", "state").first()
    number, state = row or (None, State.DRAFTING.value)
    return f"整改单 {number or form_id} · {STATE_LABELS[State(state)]}"
