"""Is my power out and until when. Hits and misses run the same queries and, without an outage, give the same words."""

from collections.abc import Collection, Sequence
from datetime import datetime

from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.accounts import AccountState
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.selectors import OutageCard
from longzhong.surfaces.portal.rules import Answer, Known, answer_for
from longzhong.surfaces.portal.selectors.limits import PORTAL
from longzhong.surfaces.portal.selectors.places import PlaceCard

NOBODY = 0  # no row has this id: a miss asks the same tables as a hit
LIVE = (AccountState.ACTIVE, AccountState.CLOSING)


def accounts_of(phone: str, tail: str) -> dict[int, int]:
    """Account → area (0: none) of the live accounts that this phone reaches and whose number ends so; two queries always."""
    mine = customers.accounts_of_phone(phone) or [NOBODY]
    rows = customers.visible_to(PORTAL).filter(pk__in=mine, code__endswith=tail, state__in=LIVE)
    return {pk: area or NOBODY for pk, area in rows.order_by("pk").values_list("pk", "area_id")}


def power_of_account(phone: str, tail: str, at: datetime) -> Answer:
    """The answer for one's own home; marketing-side stops are told by people only, who can make sure whom they talk to."""
    areas = set(accounts_of(phone, tail).values()) or {NOBODY}
    cards = {card.id: card for found in outages.known_at(areas, at).values() for card in found}
    return answer_for([_known(card) for card in cards.values()], at)


def power_of_place(place: PlaceCard, at: datetime) -> Answer:
    """The answer for an estate or a village, with a word when only some of its areas are concerned."""
    by_area = outages.known_at(place.areas or [NOBODY], at)
    return answer_for(known_of(by_area.values(), len(place.areas)), at, of_place=True)


def known_of(found: Collection[Sequence[OutageCard]], areas: int) -> list[Known]:
    """Each outage once; in part when it doesn't take all areas. An area that is back doesn't hide one that is still out."""
    cards: dict[tuple[int, bool], list[OutageCard]] = {}
    for one in (card for cards_ in found for card in cards_):
        cards.setdefault((one.id, one.restored), []).append(one)
    return [_known(same[0], part=len(same) < areas) for same in cards.values()]


def _known(card: OutageCard, *, part: bool = False) -> Known:
    return Known(
        card.kind, card.reason_words, card.starts_at, card.expected_end_at, card.restored_at, card.running,
        card.confirmed, card.overdue, part, card.between,
    )  # fmt: skip
