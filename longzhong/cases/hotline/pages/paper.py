"""免填单: the form of an application, filled by the house; the customer checks and signs."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST

from longzhong.cases.hotline import services
from longzhong.cases.hotline.rules.papers import DOCUMENTS
from longzhong.cases.hotline.services import Form
from longzhong.kit import clock, web


@dataclass(frozen=True)
class PaperPage:
    form: Form
    shown: str
    missing: list[str]
    on: str
    back: str


@require_POST
@web.page("desk", "station", "grid", "quality")
def case_form(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """Printed by a press, not by a link: it shows name and address, and that is journalled."""
    now = clock.now()
    form = services.fill_form(case_id=case_id, by=web.actor(request), at=now)
    papers = form.papers
    page = PaperPage(
        form, DOCUMENTS[papers.shown] if papers else "", [DOCUMENTS[one] for one in papers.missing] if papers else [],
        f"{now.astimezone(clock.CST):%Y-%m-%d}", reverse("hotline:case", args=[case_id]),
    )  # fmt: skip
    return web.show(request, page, "hotline/form.html")
