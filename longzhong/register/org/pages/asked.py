"""What the pages of this app have in common: the day in the address, a day field, and a move's POST."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from longzhong.kit import clock
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors


def asked_day(request: HttpRequest) -> date:
    """The day in the address (?day=2026-03-02), else today."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return clock.today()


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}))


def staff_field(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=32)


def staff_of(code: str) -> int:
    """The id behind a staff code that somebody typed; Refused staff_unknown."""
    found = selectors.staff_ids([code.strip()]).get(code.strip())
    if found is None:
        raise Refused("staff_unknown", _("没有工号 %(code)s。") % {"code": code})
    return found


def moved(
    form: forms.Form,
    do: Callable[[Mapping[str, Any]], object],
    back: str,
    again: Callable[[forms.Form], HttpResponseBase],
) -> HttpResponseBase:
    """A move's POST: form, one service, redirect; what is wrong is said in the form, and nothing typed is lost."""
    if form.is_valid():
        try:
            do(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect(back)
    return again(form)
