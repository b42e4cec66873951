"""Through whom many accounts may be reached at once, and whether they are still customers at all.

No actor asks: these answer services that send what they were told to, and show nobody anything. Phones stay sealed.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Value

from longzhong.kit.actor import Actor
from longzhong.register.customers.models import Account, Consent, Contact
from longzhong.register.customers.rules.contacts import Purpose
from longzhong.register.customers.selectors.counts import STANDING
from longzhong.register.customers.selectors.door import visible_to

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class ReachContact:
    """A live contact with a phone; `agreed`: a consent to the asked purpose stands (true where none was asked for)."""

    contact_id: int
    relation: str
    preference: str
    phone_sealed: str
    phone_index: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """An account's state and its contacts, the preferred one first."""

    account_id: int
    state: str
    contacts: tuple[ReachContact, ...]


def reachable(account_ids: Collection[int], purpose: Purpose | None) -> dict[int, Reach]:
    """Every known account of these; unknown ids are missing. Two queries, whatever the number."""
    wanted = list(account_ids)
    states = account_states(wanted)
    rows = Contact.objects.filter(account__in=wanted, ended_on=None).exclude(phone_index="")
    standing = Consent.objects.filter(contact=OuterRef("pk"), purpose=purpose, withdrawn_at=None)
    agreed = Exists(standing) if purpose else Value(True)
    fields = ("account_id", "pk", "relation", "preference", "phone_sealed", "phone_index", "agreed")
    found: dict[int, list[ReachContact]] = {}
    for account_id, *values in rows.annotate(agreed=agreed).order_by("-preferred", "pk").values_list(*fields):
        found.setdefault(account_id, []).append(ReachContact(*values))
    return {one: Reach(one, state, tuple(found.get(one, ()))) for one, state in states.items()}


def account_states(account_ids: Collection[int]) -> dict[int, str]:
    """The state of each known account; one query."""
    return dict(Account.objects.filter(pk__in=list(account_ids)).values_list("pk", "state"))


def audience_size(actor: Actor, unit_ids: Collection[int], area_codes: Collection[str], estate: str) -> int:
    """How many accounts in use the actor sees in these units, narrowed to areas and an estate where they are named."""
    return _audience(actor, unit_ids, area_codes, estate).count()


def audience(actor: Actor, unit_ids: Collection[int], area_codes: Collection[str], estate: str) -> Iterator[int]:
    """Those accounts, streamed in the order of their ids."""
    rows = _audience(actor, unit_ids, area_codes, estate).order_by("pk")
    return rows.values_list("pk", flat=True).iterator(chunk_size=CHUNK)


def _audience(actor: Actor, unit_ids: Collection[int], area_codes: Collection[str], estate: str) -> QuerySet[Account]:
    rows = visible_to(actor).filter(unit__in=unit_ids, state__in=STANDING)
    rows = rows.filter(area__code__in=area_codes) if area_codes else rows
    return rows.filter(estate=estate) if estate else rows


def codes_of(account_ids: Collection[int]) -> dict[int, str]:
    """The 户号 of each known account in full, to be masked by whoever shows it; one query."""
    return dict(Account.objects.filter(pk__in=list(account_ids)).values_list("pk", "code"))
