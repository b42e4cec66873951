"""The State Council's notice for a year, typed in as it reads: one day or span a line."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LINE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:至|~|–|—)\s*(\d{4}-\d{2}-\d{2}))?(?:\s+(\S+))?")
MANY_DAYS = 31
AREA = forms.Textarea(attrs={"rows": 6})


class NoticeForm(forms.Form):
    year = forms.IntegerField(label=_("年份"), min_value=2000, max_value=2100)
    source = forms.CharField(label=_("通知文号"), max_length=200)
    off = forms.CharField(
        label=_("放假"), widget=AREA, help_text=_("每行一段：2027-02-05 至 2027-02-11 春节；只写工作日或整段都可以")
    )
    make_ups = forms.CharField(label=_("调休上班"), widget=AREA, required=False, help_text=_("每行一天：2027-02-20"))

    def clean_off(self) -> dict[date, str]:
        return {day: name or str(_("放假")) for day, name in _days(self.cleaned_data["off"])}

    def clean_make_ups(self) -> tuple[date, ...]:
        return tuple(day for day, _name in _days(self.cleaned_data["make_ups"]))


def _days(text: str) -> list[tuple[date, str]]:
    """The days of all lines; a line that can't be read is named."""
    days: list[tuple[date, str]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        try:
            days += _span(LINE.fullmatch(line))
        except ValueError as error:
            raise forms.ValidationError(_("看不懂这一行：%(line)s") % {"line": line}) from error
    return days


def _span(found: Any) -> list[tuple[date, str]]:
    if found is None:
        raise ValueError("not a line of a notice")
    first = date.fromisoformat(found[1])
    last = date.fromisoformat(found[2] or found[1])
    if not 0 <= (last - first).days < MANY_DAYS:
        raise ValueError("not a span of days")
    return [(first + timedelta(days=i), found[3] or "") for i in range((last - first).days + 1)]
