"""Sign in and out."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.register.access import services
from longzhong.register.access.pages.middleware import begin_session

BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignInForm(forms.Form):
    login = forms.CharField(
        label=_("用户名"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@dataclass(frozen=True)
class SignInPage:
    form: SignInForm
    next: str


@never_cache
@sensitive_post_parameters("password")
def login_page(request: HttpRequest) -> HttpResponseBase:
    """The form; a right name and password lead to where one wanted to go."""
    target = _target(request)
    if getattr(request, "actor", None) is not None:
        return redirect(target)
    form = SignInForm(request.POST or None)
    if form.is_valid():
        try:
            user = services.sign_in(
                login=form.cleaned_data["login"],
                password=form.cleaned_data["password"],
                address=request.META.get("REMOTE_ADDR") or None,
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            login(request, user, backend=BACKEND)
            begin_session(request)
            return redirect(target)
    return web.show(request, SignInPage(form, target), "access/login.html")


@require_POST
@never_cache
def logout_page(request: HttpRequest) -> HttpResponseBase:
    """Leave; asked for by a button, never by a link."""
    who = getattr(request, "actor", None)
    if who is not None:
        services.sign_out(by=who, at=clock.now())
    logout(request)
    return redirect(settings.LOGIN_URL)


def _target(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own else settings.LOGIN_REDIRECT_URL
