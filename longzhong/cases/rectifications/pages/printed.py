"""Printed forms: one as PDF or Word, a filtered list as one PDF. They never say who complained."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from longzhong.cases.rectifications import selectors
from longzhong.cases.rectifications.pages.board import listed
from longzhong.cases.rectifications.rules import ALL
from longzhong.kit import clock, papers, web
from longzhong.kit.errors import Refused

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@web.page(*ALL)
def print_form(request: HttpRequest, form_id: int, kind: str) -> HttpResponseBase:
    made = selectors.paper(web.actor(request), form_id)
    if kind == "docx":
        return _sent(papers.docx(made), WORD, f"{made.number}.docx")
    return _sent(papers.pdf(made), PDF, f"{made.number}.pdf")


@web.page(*ALL)
def print_list(request: HttpRequest) -> HttpResponseBase:
    """All forms of the board's list as it is filtered, each on a page of its own."""
    who, now = web.actor(request), clock.now()
    table = listed(request, who, request.GET.get("state", "live"), now)
    if not table.total:
        raise Refused("nothing_to_print", _("这个清单里没有整改单可以打印。"))
    made = selectors.papers(who, [row.pk for row in table.rows[: selectors.MOST_PAPERS + 1]])
    return _sent(papers.pdf(*made), PDF, f"rectifications-{now:%Y%m%d}.pdf")


def _sent(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
