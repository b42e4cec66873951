"""The service worker: keeps the phone pages for places without signal. It holds no data of its own and needs no sign-in."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render


def worker(request: HttpRequest) -> HttpResponseBase:
    """Served from /field/, so that it rules /field/ and nothing else."""
    response = render(request, "field/sw.js", content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
