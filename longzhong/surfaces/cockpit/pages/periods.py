"""The period of the cockpit's figures, kept in the address."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from longzhong.kit.web import Tab

DAYS = (7, 30, 90)
USUAL = 30


def days_asked(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked in {str(days) for days in DAYS} else USUAL


def period_tabs(phase: str, active: int) -> list[Tab]:
    return [Tab(_("近 %s 天") % days, f"?phase={phase}&days={days}", None, days == active) for days in DAYS]
