"""告知群: partners' group chats that our robot writes to when the power goes off."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.kit import clock, web
from longzhong.register.org import selectors as org
from longzhong.sensing.announcements import selectors, services
from longzhong.sensing.announcements.pages.forms import GroupForm
from longzhong.sensing.announcements.rules import KEEPERS
from longzhong.sensing.announcements.selectors import Group


@dataclass(frozen=True)
class GroupLine:
    group: Group
    moves: list[web.MoveForm]


@dataclass(frozen=True)
class GroupsPage:
    lines: list[GroupLine]
    form: GroupForm


@web.page(*KEEPERS)
def groups(request: HttpRequest) -> HttpResponseBase:
    """GET: the list and the form. POST: one group more."""
    who = web.actor(request)
    mine = who.units(*KEEPERS)
    form = GroupForm(request.POST or None, units=[(one.id, one.name) for one in org.units(who) if one.id in mine])
    if request.method == "POST" and form.is_valid():
        key = request.POST.get("client_key", "")
        services.keep_group(group=form.group(), key=key, by=who, at=clock.now())
        messages.success(request, _("群已登记，key 已加密保存。"))
        return redirect("announcements:groups")
    lines = [GroupLine(one, _moves(one)) for one in selectors.groups(who)]
    return web.show(request, GroupsPage(lines, form), "announcements/groups.html")


@require_POST
@web.page(*KEEPERS)
def end(request: HttpRequest, group_id: int) -> HttpResponseBase:
    key = request.POST.get("client_key", "")
    services.end_group(group_id=group_id, key=key, by=web.actor(request), at=clock.now())
    messages.success(request, _("这个群不再告知。"))
    return redirect("announcements:groups")


def _moves(one: Group) -> list[web.MoveForm]:
    action = reverse("announcements:end_group", args=[one.pk])
    return [
        web.MoveForm(f"end-{one.pk}", _("停用"), action, ask=_("以后的停电不再发到“%s”。") % one.name, tone="danger")
    ]
