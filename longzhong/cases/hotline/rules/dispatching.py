"""Which order a case becomes, and by which limits (派单; REFERENCE §2.5; S3-13 最快速度).

What is broken or dangerous is a repair; everything else is a matter of service. A repair is reached by its site's limit, an
important customer's sooner; restoration counts from the arrival (remote places by the rural limit, as none is published).
"""

from longzhong.cases.hotline.rules.limits import CONTACT, REPLY, Planned
from longzhong.cases.hotline.rules.words import CaseType, Site

REPAIR, SERVICE = "repair", "service"


def order_kind(type_: CaseType, *, hazard: bool) -> str:
    """The kind of the work order."""
    return REPAIR if type_ is CaseType.REPAIR or hazard else SERVICE


def order_limits(kind: str, site: Site, *, important: bool, planned: tuple[Planned, ...]) -> dict[str, str]:
    """Clock name → policy key of the order's own limits; a service order takes over the case's contact and reply limits."""
    if kind == REPAIR:
        near = Site.URBAN if site is Site.URBAN else Site.RURAL
        arrive = "important" if important else site.value
        return {"arrive": f"repair.arrive_min_{arrive}", "restore": f"repair.restore_avg_h_{near.value}"}
    keys = {row.name: row.policy_key for row in planned}
    own = {"contact": keys.get(CONTACT, ""), "finish": keys.get(REPLY, "")}
    return {name: key for name, key in own.items() if key}
