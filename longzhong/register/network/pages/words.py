"""What the network pages share: where an area leads to, who may look."""

from django.urls import NoReverseMatch, reverse

from longzhong.register.org.rules import Role

LOOKERS = (
    Role.GRID, Role.DESK, Role.CREW, Role.STATION, Role.QUALITY, Role.DEPT, Role.LEADER, Role.ADMIN, Role.AUDITOR,
)  # fmt: skip
MOVERS = (Role.ADMIN, Role.STATION, Role.DEPT)


def area_href(area_id: int) -> str:
    """The area's page belongs to a higher floor (curves); an installation without it has no such page."""
    try:
        return reverse("curves:area", args=[area_id])
    except NoReverseMatch:
        return ""
