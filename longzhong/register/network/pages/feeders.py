"""Feeders, and the tree of one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import web
from longzhong.kit.web import Column, Filter, Listing
from longzhong.register.network import selectors
from longzhong.register.network.pages.words import LOOKERS, area_href
from longzhong.register.network.selectors import Downstream, FeederTree, TreeNode


@dataclass(frozen=True)
class FeedersPage:
    table: Listing


@dataclass(frozen=True)
class Branch:
    """One line of the tree; `indent` is drawn before the name."""

    node: TreeNode
    indent: str
    areas: list[tuple[str, str, float]]


@dataclass(frozen=True)
class FeederPage:
    tree: FeederTree
    behind: Downstream
    branches: list[Branch]


@web.page(*LOOKERS)
def feeders_page(request: HttpRequest) -> HttpResponseBase:
    """Which 10 kV feeders there are and what hangs on them."""
    table = web.listing(
        request,
        selectors.visible_feeders(web.actor(request)).select_related("substation"),
        _columns(),
        (Filter("q", _("线路或变电站"), _named, kind="text"),),
        title=_("10 kV 线路"),
        sort="name",
        href=lambda row: reverse("network:feeder", args=[row.id]),
        dress=selectors.feeder_lines,
    )
    return web.show(request, FeedersPage(table), "network/feeders.html")


@web.page(*LOOKERS)
def feeder_page(request: HttpRequest, feeder_id: int) -> HttpResponseBase:
    """What hangs where on one feeder."""
    tree = selectors.feeder_tree(web.actor(request), feeder_id)
    branches = [
        Branch(node, "　" * node.depth, [(area.name, area_href(area.pk), area.kva) for area in node.areas])
        for node in tree.nodes
    ]
    behind = selectors.trace_down(feeder_id=feeder_id)
    return web.show(request, FeederPage(tree, behind, branches), "network/feeder.html")


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _("线路"), sort="name", note="code"),
        Column("substation", _("变电站"), sort="substation__code"),
        Column("kv", _("电压 kV"), kind="number", sort="kv", phone=False),
        Column("sections", _("线段"), kind="number"),
        Column("areas", _("台区"), kind="number"),
        Column("kva", _("容量 kVA"), kind="number"),
    )


def _named(rows: Any, value: str) -> Any:
    return rows.filter(Q(code__icontains=value) | Q(name__icontains=value) | Q(substation__name__icontains=value))
