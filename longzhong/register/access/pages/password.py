"""One's own password."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.register.access import selectors, services
from longzhong.register.access.rules import Limits


def _secret(label: Any, autocomplete: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=128, strip=False, widget=widget)


class PasswordForm(forms.Form):
    old = _secret(_("现在的密码"), "current-password")
    new = _secret(_("新密码"), "new-password")
    again = _secret(_("再输一遍新密码"), "new-password")

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError(_("两遍新密码不一样。"))
        return again


@dataclass(frozen=True)
class PasswordPage:
    form: PasswordForm
    limits: Limits
    must: bool


@web.page()
@sensitive_post_parameters()
def password_page(request: HttpRequest) -> HttpResponseBase:
    """Change it; the present session goes on, others of the same user end."""
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            user = services.change_password(old=data["old"], new=data["new"], by=web.actor(request), at=clock.now())
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("密码已修改。"))
            return redirect("/")
    must = request.user.is_authenticated and request.user.must_change_password
    page = PasswordPage(form, selectors.limits_on(clock.today()), must)
    return web.show(request, page, "access/password.html")
