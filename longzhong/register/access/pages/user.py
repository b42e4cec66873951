"""One user: what they may do, since when, why, and the moves of the administrators."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from longzhong.kit import clock, web
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.web import Entry, Fact, MoveForm
from longzhong.register.access import selectors, services
from longzhong.register.access.pages.grant_form import GrantForm
from longzhong.register.org.rules import Role


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200)


class ResetForm(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("新的初始密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@dataclass(frozen=True)
class GrantRow:
    line: selectors.GrantLine
    moves: list[MoveForm]


@dataclass(frozen=True)
class UserPage:
    card: selectors.UserCard
    facts: list[Fact]
    grants: list[GrantRow]
    entries: list[Entry]
    moves: list[MoveForm]


OUTCOMES = {"ok": ("good", "登录成功"), "wrong": ("soon", "密码错误"), "locked": ("late", "锁定中被拒"),
            "inactive": ("closed", "已停用被拒"), "unlocked": ("info", "已解锁")}  # fmt: skip


@web.page(Role.ADMIN, Role.SECURITY)
def user_page(request: HttpRequest, user_id: int) -> HttpResponseBase:
    """The user as it stands; without a scope in common it isn't found."""
    return _show(request, user_id)


def _show(request: HttpRequest, user_id: int, *, bound: tuple[str, forms.Form] | None = None) -> HttpResponseBase:
    """The page; `bound` is a form that came back wrong, for its dialog."""
    who, now = web.actor(request), clock.now()
    card = selectors.user_card(who, user_id, now)
    grants = [GrantRow(line, _grant_moves(who, card, line)) for line in selectors.grants_of(who, user_id, now.date())]
    entries = [
        Entry(one.at, OUTCOMES[one.outcome][1], text=one.address or "", tone=OUTCOMES[one.outcome][0])
        for one in selectors.sign_ins_of(who, user_id)
    ]
    page = UserPage(card, _facts(card), grants, entries, _moves(who, card, dict([bound] if bound else [])))
    return web.show(request, page, "access/user.html")


def _facts(card: selectors.UserCard) -> list[Fact]:
    locked = (
        _("锁定到 %(until)s") % {"until": f"{card.locked_until.astimezone(clock.CST):%H:%M}"}
        if card.locked_until
        else _("没有锁定")
    )
    return [
        Fact(_("用户名"), card.login),
        Fact(_("姓名"), card.name, note=card.staff_code),
        Fact(_("状态"), _("在用") if card.active else _("停用"), note=locked),
        Fact(_("密码更新"), card.password_set_at, note=_("下次登录须修改") if card.must_change_password else ""),
        Fact(_("建立"), card.created_at),
    ]


def _moves(who: Actor, card: selectors.UserCard, bound: dict[str, forms.Form]) -> list[MoveForm]:
    def move(verb: str, label: str, form: forms.Form, tone: str = "secondary", ask: str = "") -> MoveForm:
        action = reverse(f"access:user_{verb}", args=[card.id])
        hidden = {"active": "0" if card.active else "1"} if verb == "active" else {}
        return MoveForm(verb, label, action, bound.get(verb, form), ask, tone, hidden=hidden)  # type: ignore[arg-type]

    moves = []
    if who.has(Role.SECURITY) and card.id != who.user_id:
        moves.append(move("grant", _("授权"), GrantForm(who, clock.today()), "primary"))
        if card.locked_until:
            moves.append(move("unlock", _("解锁"), ReasonForm()))
    if who.has(Role.ADMIN) and card.id != who.user_id:
        moves.append(move("reset", _("重置密码"), ResetForm(), ask=_("对方下次登录时须自己再改一次。")))
        ask = _("停用后立即不能登录，已登录的下一步操作即被退出。") if card.active else ""
        moves.append(move("active", _("停用") if card.active else _("启用"), ReasonForm(), "danger", ask))
    return moves


def _grant_moves(who: Actor, card: selectors.UserCard, line: selectors.GrantLine) -> list[MoveForm]:
    if not (who.has(Role.SECURITY) and line.open and card.id != who.user_id):
        return []
    action = reverse("access:user_revoke", args=[card.id, line.id])
    ask = _("“%(role)s”的权限今天起失效；记录保留。") % {"role": line.role}
    return [MoveForm(f"revoke-{line.id}", _("收回"), action, ReasonForm(), ask, "danger")]


def _post(
    request: HttpRequest, user_id: int, verb: str, form: forms.Form, do: Callable[[dict[str, str], Actor], object]
) -> HttpResponseBase:
    """A move: its form, one service, back to the user; what is wrong is said in the dialog."""
    if form.is_valid():
        try:
            do(form.cleaned_data, web.actor(request))
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("access:user", user_id)
    return _show(request, user_id, bound=(verb, form))


@require_POST
@web.page(Role.ADMIN)
def user_active(request: HttpRequest, user_id: int) -> HttpResponseBase:
    active = request.POST.get("active") == "1"
    return _post(
        request, user_id, "active", ReasonForm(request.POST),
        lambda data, by: services.set_active(
            user_id=user_id, active=active, reason=data["reason"], by=by, at=clock.now()
        ),
    )  # fmt: skip


@require_POST
@web.page(Role.ADMIN)
def user_reset(request: HttpRequest, user_id: int) -> HttpResponseBase:
    return _post(
        request, user_id, "reset", ResetForm(request.POST),
        lambda data, by: services.reset_password(user_id=user_id, password=data["password"], by=by, at=clock.now()),
    )  # fmt: skip


@require_POST
@web.page(Role.SECURITY)
def user_unlock(request: HttpRequest, user_id: int) -> HttpResponseBase:
    return _post(
        request, user_id, "unlock", ReasonForm(request.POST),
        lambda data, by: services.unlock(user_id=user_id, reason=data["reason"], by=by, at=clock.now()),
    )  # fmt: skip


@require_POST
@web.page(Role.SECURITY)
def user_grant(request: HttpRequest, user_id: int) -> HttpResponseBase:
    form = GrantForm(web.actor(request), clock.today(), request.POST)
    return _post(
        request, user_id, "grant", form,
        lambda data, by: services.grant(
            mandate=form.mandate(user_id), reason=data["reason"], by=by, at=clock.now()
        ),
    )  # fmt: skip


@require_POST
@web.page(Role.SECURITY)
def user_revoke(request: HttpRequest, user_id: int, grant_id: int) -> HttpResponseBase:
    return _post(
        request, user_id, f"revoke-{grant_id}", ReasonForm(request.POST),
        lambda data, by: services.revoke(grant_id=grant_id, reason=data["reason"], by=by, at=clock.now()),
    )  # fmt: skip
