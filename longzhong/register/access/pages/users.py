"""Users: the list, and a new one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.kit.web import Badge, Column, Filter, Listing
from longzhong.register.access import selectors, services
from longzhong.register.org import selectors as org
from longzhong.register.org.rules import ROLE_NAMES, Role


def active_badge(row: selectors.UserLine) -> Badge:
    return Badge("good", gettext("在用")) if row.active else Badge("closed", gettext("停用"))


def _columns() -> tuple[Column, ...]:
    return (
        Column("login", gettext("用户名"), sort="login"),
        Column("name", gettext("姓名"), note="staff_code"),
        Column("roles", gettext("现有角色")),
        Column("state", gettext("状态"), active_badge, kind="badge", sort="is_active"),
        Column("last", gettext("最近登录"), "last_at", kind="moment"),
        Column("set", gettext("密码更新"), "password_set_at", kind="moment", sort="password_set_at", phone=False),
    )


def _named(rows: Any, value: str) -> Any:
    return rows.filter(
        Q(login__icontains=value) | Q(title__icontains=value) | Q(staff__name__icontains=value) | Q(staff__code=value)
    )


def _filters() -> tuple[Filter, ...]:
    return (
        Filter("q", gettext("用户名、姓名或工号"), _named, kind="text"),
        Filter(
            "state",
            gettext("状态"),
            lambda rows, value: rows.filter(is_active=value == "1"),
            choices=(("1", gettext("在用")), ("0", gettext("停用"))),
        ),
        Filter(
            "role",
            gettext("角色"),
            lambda rows, value: selectors.with_role(rows, value, clock.today()),
            choices=[(role.value, name) for role, name in ROLE_NAMES.items()],
        ),
    )


@dataclass(frozen=True)
class UsersPage:
    table: Listing
    may_create: bool


@web.page(Role.ADMIN, Role.SECURITY)
def users_page(request: HttpRequest) -> HttpResponseBase:
    """Who may sign in, as what."""
    who = web.actor(request)
    table = web.listing(
        request,
        selectors.visible_users(who),
        _columns(),
        _filters(),
        title=gettext("用户"),
        sort="login",
        href=lambda row: reverse("access:user", args=[row.id]),
        dress=lambda rows: selectors.user_lines(rows, clock.today()),
    )
    return web.show(request, UsersPage(table, who.has(Role.ADMIN)), "access/users.html")


class NewUserForm(forms.Form):
    login = forms.CharField(label=_("用户名"), max_length=40, help_text=_("3–40 个小写字母、数字、点、横线"))
    staff_code = forms.CharField(label=_("工号"), max_length=32, required=False, help_text=_("账号归哪位员工使用"))
    title = forms.CharField(label=_("账号用途"), max_length=40, required=False, help_text=_("没有工号的账号填写"))
    password = forms.CharField(
        label=_("初始密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("首次登录时须修改"),
    )


@dataclass(frozen=True)
class NewUserPage:
    form: NewUserForm


@web.page(Role.ADMIN)
def new_user_page(request: HttpRequest) -> HttpResponseBase:
    """Make a login; grants are given by the security administrator afterwards."""
    form = NewUserForm(request.POST or None)
    if form.is_valid():
        data, code = form.cleaned_data, form.cleaned_data["staff_code"]
        staff_id = org.staff_ids([code]).get(code) if code else None
        try:
            if code and staff_id is None:
                raise Refused("staff_unknown", gettext("没有这个工号。"))
            user = services.create_user(
                login=data["login"], password=data["password"], title=data["title"], staff_id=staff_id,
                by=web.actor(request), at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("access:user", user.pk)
    return web.show(request, NewUserPage(form), "access/new_user.html")
