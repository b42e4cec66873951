"""The door of campaigns: those of one's units, and those of the units above, which one takes part in."""

from collections.abc import Collection

from django.db.models import QuerySet

from longzhong.cases.campaigns.models import Campaign
from longzhong.cases.campaigns.rules import READERS, STATE_LABELS, State
from longzhong.kit import clock
from longzhong.kit.actor import Actor, within
from longzhong.register.org import selectors as org

NOUN = "campaigns.campaign"


def visible_to(actor: Actor) -> QuerySet[Campaign]:
    """Campaigns of one's units and of those above them: whoever is in the scope of one may read it."""
    if actor.system:
        return Campaign.objects.all()
    mine = actor.units(*READERS)
    above = {unit for chain in org.chains(mine, clock.today()).values() for unit in chain}
    return Campaign.objects.filter(unit__in=mine | above)


def may(actor: Actor, roles: Collection[str], row: Campaign) -> bool:
    """Whether an actor holds one of these roles over a campaign's unit; a station acts on those of the units above."""
    if actor.system or ("station" in roles and actor.has("station")):
        return True
    return Campaign.objects.filter(within(actor, grid=None, roles=roles), pk=row.pk).exists()


def label(campaign_id: int) -> str:
    return f"{NOUN}:{campaign_id}"


def is_visible(actor: Actor, campaign_id: int) -> bool:
    return visible_to(actor).filter(pk=campaign_id).exists()


def title(campaign_id: int) -> str:
    """How lists call it."""
    row = Campaign.objects.filter(pk=campaign_id).values_list("title", "state").first()
    return f"专项整治 {row[0]} · {STATE_LABELS[State(row[1])]}" if row else f"专项整治 {campaign_id}"
