"""One staff member: posts now and before, cells, and who stands in."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from longzhong.kit import clock, web
from longzhong.kit.web import Fact, MoveForm
from longzhong.register.org import selectors, services
from longzhong.register.org.pages.asked import asked_day, day_field, moved, staff_field, staff_of
from longzhong.register.org.pages.unit import LEADERS


class StandInForm(forms.Form):
    stand_in = staff_field(gettext_lazy("代岗人工号"))
    from_on = day_field(gettext_lazy("从"))
    to_on = day_field(gettext_lazy("到（不含）"))


@dataclass(frozen=True)
class StaffPage:
    card: selectors.StaffCard
    facts: list[Fact]
    cells: list[selectors.GridLine]
    away: list[selectors.PastLine]
    moves: list[MoveForm]


@web.page()
def staff_page(request: HttpRequest, staff_id: int) -> HttpResponseBase:
    """The person with the phone masked."""
    return _show(request, staff_id)


def _show(request: HttpRequest, staff_id: int, bound: forms.Form | None = None) -> HttpResponseBase:
    who, day = web.actor(request), asked_day(request)
    card = selectors.staff_card(who, staff_id)
    moves = []
    if who.has(*LEADERS):
        action = reverse("org:staff_stand_in", args=[staff_id])
        moves.append(MoveForm("stand_in", _("安排代岗"), action, bound or StandInForm()))
    facts = [Fact(_("工号"), card.code), Fact(_("电话"), card.phone)]
    page = StaffPage(
        card, facts, selectors.grids_managed(staff_id, day), selectors.stand_ins_of(staff_id, clock.now()), moves
    )
    return web.show(request, page, "org/staff.html")


@require_POST
@web.page(*LEADERS)
def staff_stand_in(request: HttpRequest, staff_id: int) -> HttpResponseBase:
    return moved(
        StandInForm(request.POST),
        lambda data: services.stand_in(
            absent_id=staff_id,
            stand_in_id=staff_of(data["stand_in"]),
            from_on=data["from_on"],
            to_on=data["to_on"],
            by=web.actor(request),
            at=clock.now(),
        ),
        reverse("org:staff", args=[staff_id]),
        lambda form: _show(request, staff_id, form),
    )
