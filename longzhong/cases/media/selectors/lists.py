"""Lists of public opinion, and which areas without power they are about."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, F, QuerySet

from longzhong.cases.media.models import Item
from longzhong.cases.media.selectors.door import visible_to
from longzhong.kit.actor import Actor
from longzhong.register.org import selectors as org
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.selectors import OutageCard


def board(actor: Actor) -> QuerySet[Item]:
    """Items, the newest first, with how many matters each is tied to."""
    rows = visible_to(actor).select_related("unit", "area", "owner").annotate(tied=Count("ties"))
    return rows.annotate(talk=F("comments") + F("reposts")).order_by("-found_at", "-id")


def counts_by_state(actor: Actor) -> dict[str, int]:
    return dict(visible_to(actor).order_by().values_list("state").annotate(n=Count("id")))


def outages_of(area_ids: Sequence[int | None], at: datetime) -> dict[int, OutageCard]:
    """The running or announced outage of each area that has one, the running first."""
    known = outages.known_at([area for area in area_ids if area], at)
    return {area: cards[0] for area, cards in known.items() if not cards[0].restored}


def handlers(actor: Actor, unit_id: int) -> list[tuple[int, str]]:
    """Who may be named as owner: staff whom the actor sees, by name."""
    seen = org.visible_staff(actor).filter(posts__unit__in=[unit_id, *actor.units()], posts__to_on=None).distinct()
    return [
        (pk, f"{name}（{code}）") for pk, name, code in seen.order_by("name", "id").values_list("id", "name", "code")
    ]


def tied_to(actor: Actor, matter: str) -> list[Item]:
    """The visible items that are tied to a matter, the newest first."""
    return list(visible_to(actor).filter(ties__matter=matter).order_by("-found_at", "-id"))
