"""Who reads for strangers, and the limits that hold on a day."""

from datetime import date

from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.register.policies import selectors as policies
from longzhong.surfaces.portal.rules import PortalLimits, client_net

PORTAL = Actor.machine("portal")


def limits_on(day: date) -> PortalLimits:
    """Policies `portal.*` of the company."""
    return policies.limits(PortalLimits, "portal", day=day)


def location(address: str) -> str:
    """The keyed digest under which questions from a client's address are counted; "" for none."""
    return vault.index(client_net(address), "portal.address")
