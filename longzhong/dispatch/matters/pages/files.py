"""Serve a file of a matter, through the door of its noun."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from longzhong.dispatch.matters import selectors
from longzhong.kit import web


@web.page()
def file(request: HttpRequest, attachment_id: int) -> HttpResponseBase:
    """Photos are shown in place (without what the camera wrote into them), everything else is downloaded."""
    found = selectors.served_file(web.actor(request), attachment_id)
    response = HttpResponse(found.content, content_type=found.mime)
    shown = found.mime.startswith("image/")
    response["Content-Disposition"] = content_disposition_header(not shown, found.name or "file") or "inline"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response
