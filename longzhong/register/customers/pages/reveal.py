"""One value in plain, as a fragment beside the question; the browser keeps no copy."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST

from longzhong.kit import clock, web
from longzhong.register.customers import services
from longzhong.register.customers.rules.accounts import REVEALERS
from longzhong.register.customers.rules.reveals import FIELD_WORDS, RevealField


@dataclass(frozen=True)
class RevealedPart:
    words: str
    value: str


@require_POST
@web.page(*REVEALERS)
def reveal_part(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """POST field, reason → the value; the journal has it before the browser."""
    field = request.POST.get("field", "")
    value = services.reveal(
        account_id=account_id, field=field, reason=request.POST.get("reason", ""), by=web.actor(request), at=clock.now()
    )
    part = RevealedPart(FIELD_WORDS[RevealField(field.partition(":")[0])], value)
    response = web.fragment(request, part, "customers/_revealed.html")
    response["Cache-Control"] = "no-store"
    return response
