"""The unit scope switch (单位范围): look at less than one may, for the whole session; never at more."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.register.org.selectors import UnitNode


@dataclass(frozen=True)
class ScopePage:
    units: list[UnitNode]
    chosen: int | None
    back: str


@web.page()
def scope(request: HttpRequest) -> HttpResponseBase:
    """GET: the units to choose from, as a fragment of the dialog. POST: keep the choice in the session."""
    who = web.whole_actor(request)
    nodes = [node for node in org.units(who) if node.kind not in ("department", "office")]
    back = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "/"
    if request.method == "POST":
        _choose(request, nodes, request.POST.get("unit", ""))
        wanted = request.POST.get("back", "/")
        safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
        return redirect(wanted if safe else "/")
    chosen = request.session.get(web.SCOPE_KEY)
    page = ScopePage(nodes, int(chosen["id"]) if chosen else None, back)
    return web.fragment(request, page, "cockpit/_scope.html")


def _choose(request: HttpRequest, nodes: list[UnitNode], wanted: str) -> None:
    if not wanted:
        request.session.pop(web.SCOPE_KEY, None)
        return
    node = next((one for one in nodes if str(one.id) == wanted), None)
    if node is None:
        raise Refused("not_found", _("没有这个单位，或不在您的管辖范围内；范围没有改变。"))
    below = org.descendants(node.id, clock.today())
    request.session[web.SCOPE_KEY] = {"id": node.id, "name": node.label, "units": sorted(below)}
