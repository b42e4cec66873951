"""One unit on a day: its people, its cells, who is on duty, who leads what, and where it stood before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from longzhong.kit import clock, web
from longzhong.kit.actor import Actor
from longzhong.kit.web import Fact, MoveForm
from longzhong.register.org import selectors, services
from longzhong.register.org.pages.asked import asked_day, day_field, moved, staff_field, staff_of
from longzhong.register.org.rules import CST, ROLE_NAMES, Profile, Role

SHOWN_CELLS = 12
LEADERS = (Role.ADMIN, Role.LEADER, Role.STATION)
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"})


class MoveUnitForm(forms.Form):
    parent = forms.TypedChoiceField(label=gettext_lazy("新的上级"), coerce=int)
    from_on = day_field(gettext_lazy("从哪天起"))
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200)

    def __init__(self, who: Actor, data: Any = None) -> None:
        super().__init__(data)
        nodes = selectors.units(who)
        self.fields["parent"].choices = [(node.id, "　" * node.depth + node.label) for node in nodes]  # type: ignore[attr-defined]


class AppointForm(forms.Form):
    staff = staff_field(gettext_lazy("工号"))
    title = forms.CharField(label=gettext_lazy("职务"), max_length=40)
    role = forms.ChoiceField(label=gettext_lazy("岗位角色"), choices=[(r.value, n) for r, n in ROLE_NAMES.items()])
    from_on = day_field(gettext_lazy("从哪天起"))


class DutyForm(forms.Form):
    staff = staff_field(gettext_lazy("工号"))
    starts_at = forms.DateTimeField(label=gettext_lazy("开始"), widget=MOMENT)
    ends_at = forms.DateTimeField(label=gettext_lazy("结束"), widget=MOMENT)


class ProfileForm(forms.Form):
    area_km2 = forms.FloatField(label=gettext_lazy("营业区面积（平方公里）"), min_value=0)
    population = forms.IntegerField(label=gettext_lazy("人口"), min_value=0, max_value=2_000_000_000)
    customers = forms.IntegerField(label=gettext_lazy("客户数"), min_value=0, max_value=2_000_000_000)
    from_on = day_field(gettext_lazy("从哪天起"))


@dataclass(frozen=True)
class UnitPage:
    card: selectors.UnitCard
    cells: list[selectors.GridLine]
    facts: list[Fact]
    day: date
    today: bool
    moves: list[MoveForm]


@web.page()
def unit_page(request: HttpRequest, unit_id: int) -> HttpResponseBase:
    """The unit as it stood on the day in the address."""
    return _show(request, unit_id)


def _show(request: HttpRequest, unit_id: int, **bound: forms.Form) -> HttpResponseBase:
    who, now, day = web.actor(request), clock.now(), asked_day(request)
    card = selectors.unit_card(who, unit_id, now, day)
    cells = selectors.grids_at(who, unit_id, day, most=SHOWN_CELLS)
    page = UnitPage(card, cells, _facts(card), day, day == now.date(), _moves(who, card, bound))
    return web.show(request, page, "org/unit.html")


def _facts(card: selectors.UnitCard) -> list[Fact]:
    above = " › ".join(name for _id, name in card.above)
    return [
        Fact(_("全称"), card.node.name, note=card.node.code),
        Fact(_("类型"), card.node.kind_name),
        Fact(_("上级"), above or _("最上级")),
        Fact(_("人员（含下级）"), card.head.staff),
        Fact(_("网格（含下级）"), card.head.cells),
        *_profile(card.profile),
    ]


def _profile(profile: Profile | None) -> list[Fact]:
    if profile is None:
        return []
    density = profile.customers_per_km2
    return [
        Fact(_("营业区面积"), _("%(n)s 平方公里") % {"n": f"{profile.area_km2:,.0f}"}),
        Fact(_("人口"), f"{profile.population:,}"),
        Fact(_("客户数（万户指标的分母）"), f"{profile.customers:,}"),
        Fact(_("每平方公里客户"), f"{density:,.0f}" if density else "–"),
    ]


def _moves(who: Actor, card: selectors.UnitCard, bound: dict[str, forms.Form]) -> list[MoveForm]:
    """Buttons for who may; a form that came back wrong keeps what was typed."""
    offers: list[tuple[str, str, tuple[Role, ...], Callable[[], forms.Form]]] = [
        ("appoint", _("任职"), LEADERS, AppointForm),
        ("duty", _("排值班"), LEADERS, DutyForm),
        ("profile", _("营业区画像"), (Role.ADMIN, Role.QUALITY), ProfileForm),
        ("move", _("调整上级"), (Role.ADMIN,), lambda: MoveUnitForm(who)),
    ]
    return [
        MoveForm(verb, label, reverse(f"org:unit_{verb}", args=[card.node.id]), bound.get(verb) or form())
        for verb, label, roles, form in offers
        if who.has(*roles)
    ]


@require_POST
@web.page(Role.ADMIN)
def unit_move(request: HttpRequest, unit_id: int) -> HttpResponseBase:
    who = web.actor(request)
    return moved(
        MoveUnitForm(who, request.POST),
        lambda data: services.move_unit(
            unit_id=unit_id,
            parent_id=data["parent"],
            from_on=data["from_on"],
            reason=data["reason"],
            by=who,
            at=clock.now(),
        ),
        reverse("org:unit", args=[unit_id]),
        lambda form: _show(request, unit_id, move=form),
    )


@require_POST
@web.page(*LEADERS)
def unit_appoint(request: HttpRequest, unit_id: int) -> HttpResponseBase:
    who = web.actor(request)
    return moved(
        AppointForm(request.POST),
        lambda data: services.appoint(
            staff_id=staff_of(data["staff"]),
            unit_id=unit_id,
            title=data["title"],
            role=data["role"],
            from_on=data["from_on"],
            by=who,
            at=clock.now(),
        ),
        reverse("org:unit", args=[unit_id]),
        lambda form: _show(request, unit_id, appoint=form),
    )


@require_POST
@web.page(*LEADERS)
def unit_duty(request: HttpRequest, unit_id: int) -> HttpResponseBase:
    who = web.actor(request)
    return moved(
        DutyForm(request.POST),
        lambda data: services.set_duty(
            staff_id=staff_of(data["staff"]),
            unit_id=unit_id,
            starts_at=data["starts_at"].astimezone(CST),
            ends_at=data["ends_at"].astimezone(CST),
            by=who,
            at=clock.now(),
        ),
        reverse("org:unit", args=[unit_id]),
        lambda form: _show(request, unit_id, duty=form),
    )


@require_POST
@web.page(Role.ADMIN, Role.QUALITY)
def unit_profile(request: HttpRequest, unit_id: int) -> HttpResponseBase:
    who = web.actor(request)
    return moved(
        ProfileForm(request.POST),
        lambda data: services.set_profile(
            unit_id=unit_id,
            profile=Profile(data["area_km2"], data["population"], data["customers"]),
            from_on=data["from_on"],
            by=who,
            at=clock.now(),
        ),
        reverse("org:unit", args=[unit_id]),
        lambda form: _show(request, unit_id, profile=form),
    )
