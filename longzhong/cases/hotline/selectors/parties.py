"""Who stands behind a call or a case, masked; and how an order stands for the system that sent it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.cases.hotline.models import Call, Case, CaseParty
from longzhong.cases.hotline.rules.machine import STATE_LABELS, State
from longzhong.cases.hotline.rules.redact import addressed, redact
from longzhong.cases.hotline.rules.words import CALL_OUTCOME_LABELS, OUTCOME_LABELS, CallOutcome, Outcome, Secrecy
from longzhong.cases.hotline.selectors.door import may_know_caller, visible_calls, visible_to
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.categories import selectors as categories
from longzhong.register.customers import selectors as customers


@dataclass(frozen=True)
class CallerCard:
    """A caller as everybody may see them. `hidden`: confidential, this actor may not even see the masks."""

    name: str = ""
    phone: str = ""
    has_address: bool = False
    erased: bool = False
    hidden: bool = False

    @property
    def known(self) -> bool:
        return bool(self.name or self.phone or self.has_address)


@dataclass(frozen=True)
class Marks:
    """What says in plain who a caller is: only for taking it out of a text; never shown, never kept."""

    names: tuple[str, ...]
    codes: tuple[str, ...]


def marks_of(case: Case) -> Marks:
    """The names of the caller and of everybody behind the account (also 欧阳先生), addresses, phones, account and meter."""
    parties = CaseParty.objects.filter(case=case).values_list("name_sealed", "phone_sealed", "address_sealed")
    plain = [[vault.unseal(one) for one in party] for party in parties]
    people = {name for name, _phone, _address in plain}
    people |= set(customers.names_behind(case.account_id)) if case.account_id else set()
    seat = customers.seat_of(case.account_id) if case.account_id else None
    phones, addresses = (tuple(party[place] for party in plain if party[place]) for place in (1, 2))
    codes = tuple(filter(None, (seat.code if seat else "", case.meter_code)))
    return Marks(
        (*filter(None, people), *addresses, *(one for name in people for one in addressed(name))), phones + codes
    )


def untold(actor: Actor, case: Case, text: str) -> str:
    """A text as the unit may read it: of a confidential customer neither name, phone, account nor address.

    Only of writers who know them. Whoever doesn't is left as written: taking a name out would tell them that they guessed right.
    """
    if actor.system or case.secrecy == Secrecy.OPEN or not may_know_caller(actor, case):
        return text
    marks = marks_of(case)
    return redact(text, names=marks.names, codes=marks.codes)


def without_caller(case: Case) -> Callable[[str], str]:
    """Takes the customer out of texts that were written while everybody knew them; a text that doesn't tell is left as it is."""
    marks = marks_of(case)

    def without(text: str) -> str:
        told = redact(text, names=marks.names, codes=marks.codes)
        return text if told == redact(text) else told

    return without


def caller_of_call(actor: Actor, call: Call) -> CallerCard:
    """`call` fetched with its case."""
    if call.case is not None and not may_know_caller(actor, call.case):
        return CallerCard(hidden=True)
    return _card(CaseParty.objects.filter(call=call).order_by("id").first())


def _card(party: CaseParty | None) -> CallerCard:
    if party is None:
        return CallerCard()
    return CallerCard(party.name_mask, party.phone_mask, bool(party.address_sealed), party.erased_at is not None)


@dataclass(frozen=True)
class Standing:
    """How an order stands, for the system that sent it; nothing personal. A kept call without a case stands "kept"."""

    external_no: str
    number: str
    state: str
    state_label: str
    type: str
    category: str
    outcome: str
    opened_at: datetime | None
    expected_at: datetime | None
    replied_at: datetime | None
    closed_at: datetime | None
    due_at: datetime | None
    urges: int


def case_of_external(actor: Actor, channel: str, external_no: str) -> Case:
    """The case with another system's number; not_found outside the actor's scope."""
    case = visible_to(actor).filter(channel=channel, external_no=external_no.strip()).first()
    if case is None:
        raise Refused("not_found", _("没有这个工单编号的诉求，或不在您的管辖范围内。"), external_no=external_no)
    return case


def standing_of(actor: Actor, channel: str, external_no: str) -> Standing:
    """The case's standing; that of the kept call where there is no case yet."""
    number = external_no.strip()
    case = visible_to(actor).filter(channel=channel, external_no=number).first()
    if case is None:
        return _of_call(actor, channel, number)
    outcome = OUTCOME_LABELS[Outcome(case.outcome)]
    return Standing(
        number, case.number or "", case.state, STATE_LABELS[State(case.state)], case.type,
        categories.label_of(case.category_id), outcome, case.opened_at, case.expected_at, case.replied_at, case.closed_at,
        case.due_at, case.urges_count,
    )  # fmt: skip


def _of_call(actor: Actor, channel: str, number: str) -> Standing:
    call = visible_calls(actor).filter(channel=channel, external_no=number).first()
    if call is None:
        raise Refused("not_found", _("没有这个工单编号的诉求，或不在您的管辖范围内。"), external_no=number)
    label = CALL_OUTCOME_LABELS[CallOutcome(call.outcome)]
    return Standing(
        number, call.number or "", call.outcome, label, "", "", label, call.at, None, None, call.ended_at, None, 0
    )
