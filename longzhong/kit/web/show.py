"""The answer of a page: a frozen dataclass and a template, nothing else."""

from dataclasses import fields, is_dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from longzhong.kit import clock, journal
from longzhong.kit.web.listing import Listing


def show(request: HttpRequest, page: Any, template: str, *, status: int = 200) -> HttpResponseBase:
    """Render `template` with the dataclass as `page`; with `?export=NAME` send that list of the page as a workbook."""
    wanted = request.GET.get("export")
    if wanted is not None:
        for table in _listings(page):
            if table.name == wanted:
                who = getattr(request, "actor", None)
                if who is not None:
                    journal.record(who, "export", request.path, at=clock.now(), list=wanted, rows=table.total)
                return table.workbook()
    return render(request, template, {"page": page}, status=status)


def fragment(request: HttpRequest, page: Any, template: str, *, status: int = 200) -> HttpResponse:
    """A partial (`_name.html`) for an HTMX request, with the dataclass as `page`."""
    return render(request, template, {"page": page}, status=status)


def _listings(page: Any) -> list[Listing]:
    if not is_dataclass(page):
        return []
    return [value for field in fields(page) if isinstance(value := getattr(page, field.name), Listing)]
