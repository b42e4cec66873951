"""After signing in: everybody's own first page (INTERFACE, "their first screen answers")."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from longzhong.kit import web
from longzhong.project.menu import first_page


@web.page()
def start(request: HttpRequest) -> HttpResponseBase:
    """To the first page of the menu that the person may open; who may open none changes their password or signs out there."""
    return redirect(first_page(web.actor(request)))
