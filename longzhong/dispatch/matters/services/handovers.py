"""Hand a matter over: offered, then accepted or declined; until accepted the owner stays the owner."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters.models import Handover
from longzhong.dispatch.matters.services.steps import NewStep, add_step, lock_matter
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused


@transaction.atomic
def offer_handover(*, matter: str, from_staff_id: int | None, to_staff_id: int, by: Actor, at: datetime) -> Handover:
    """Offer a matter to somebody; one open offer at a time."""
    lock_matter(matter=matter)
    if from_staff_id == to_staff_id:
        raise Refused("handover_to_self", _("接手人就是现在的负责人；什么都没有改动。"))
    if Handover.objects.filter(matter=matter, state=Handover.OFFERED).exists():
        raise Refused("handover_open", _("这件事项已有待确认的交接；请先等对方答复或撤回。"))
    offer = Handover.objects.create(matter=matter, from_staff_id=from_staff_id, to_staff_id=to_staff_id, offered_at=at)
    _note("handover_offered", offer, by, at)
    return offer


@transaction.atomic
def accept_handover(*, matter: str, by: Actor, at: datetime) -> Handover:
    """Take over what was offered to oneself; the noun's own app changes the owner in the same transaction, and tells."""
    offer = _open_offer(matter, by)
    _answer(offer, Handover.ACCEPTED, by, at)
    return offer


@transaction.atomic
def decline_handover(*, matter: str, by: Actor, at: datetime) -> Handover:
    """Say no; the owner stays."""
    offer = _open_offer(matter, by)
    _answer(offer, Handover.DECLINED, by, at)
    return offer


@transaction.atomic
def withdraw_handover(*, matter: str, by: Actor, at: datetime) -> Handover | None:
    """Drop an open offer, if there is one, because the matter ended or was assigned otherwise."""
    lock_matter(matter=matter)
    offer = Handover.objects.filter(matter=matter, state=Handover.OFFERED).first()
    if offer is not None:
        _answer(offer, Handover.WITHDRAWN, by, at)
    return offer


def _open_offer(matter: str, by: Actor) -> Handover:
    lock_matter(matter=matter)
    offer = Handover.objects.filter(matter=matter, state=Handover.OFFERED).first()
    if offer is None or by.staff_id is None or offer.to_staff_id != by.staff_id:
        raise Refused("handover_not_offered", _("没有交给您的待确认交接；什么都没有改动。"), matter=matter)
    return offer


def _answer(offer: Handover, state: str, by: Actor, at: datetime) -> None:
    offer.state, offer.answered_at = state, at
    offer.save(update_fields=["state", "answered_at"])
    _note(f"handover_{state}", offer, by, at)


def _note(verb: str, offer: Handover, by: Actor, at: datetime) -> None:
    data = {"handover": offer.pk, "from": offer.from_staff_id, "to": offer.to_staff_id}
    add_step(matter=offer.matter, step=NewStep(verb, data), by=by, at=at)
