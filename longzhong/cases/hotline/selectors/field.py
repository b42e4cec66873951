"""What whoever works on an order in the field sees of the case behind it: masked, with one tap to reveal."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from longzhong.cases.hotline.models import Case, Promise
from longzhong.cases.hotline.rules.words import MOOD_LABELS, TYPE_LABELS, CaseType, Mood
from longzhong.cases.hotline.selectors.callbacks import HIDDEN, caller_masks
from longzhong.cases.hotline.selectors.door import case_id_of, may_know_caller, visible_to
from longzhong.kit.actor import Actor
from longzhong.register.customers import selectors as customers


@dataclass(frozen=True)
class FieldCard:
    """A case for the phone of the crew; `promise_due` is the next promise that isn't kept."""

    case_id: int
    number: str
    type_label: str
    content: str
    caller_mask: str
    address_mask: str
    moods: tuple[str, ...]
    tags: tuple[str, ...]
    promise_due: datetime | None
    url: str
    call_url: str


def field_card(actor: Actor, cause_label: str) -> FieldCard | None:
    """The case that an order was opened for; None for other causes and out of the actor's sight."""
    case_id = case_id_of(cause_label)
    rows = visible_to(actor).select_related("account__unit", "account__area", "area")
    case = rows.filter(pk=case_id).first() if case_id else None
    return None if case is None else _field_card(actor, case)


def _field_card(actor: Actor, case: Case) -> FieldCard:
    name, phone = caller_masks(actor, [case])[case.pk]
    account = customers.cards_of(actor, [case.account])[0] if case.account else None
    known = may_know_caller(actor, case)
    place = (account.place if account else str(case.area or "")) if known else HIDDEN
    due = Promise.objects.filter(case=case, ended_at=None).order_by("due_at").values_list("due_at", flat=True).first()
    mood = Mood(case.mood)
    return FieldCard(
        case_id=case.pk, number=str(case), type_label=TYPE_LABELS[CaseType(case.type)], content=case.content,
        caller_mask=f"{name} {phone}".strip(), address_mask=place,
        moods=() if mood is Mood.CALM else (MOOD_LABELS[mood],),
        tags=(*account.priorities, *account.tags) if account and known else (), promise_due=due,
        url=reverse("hotline:case", args=[case.pk]), call_url=reverse("hotline:case_step", args=[case.pk, "call"]),
    )  # fmt: skip
