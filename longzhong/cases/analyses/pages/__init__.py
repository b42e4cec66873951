"""Addresses of penetration analyses."""

from django.urls import path

from longzhong.cases.analyses.pages.board import board
from longzhong.cases.analyses.pages.detail import detail, printed, version
from longzhong.cases.analyses.pages.move import edit, move, new

app_name = "analyses"
urlpatterns = [
    path("", board, name="board"),
    path("new/<int:complaint_id>/", new, name="new"),
    path("<int:report_id>/", detail, name="detail"),
    path("<int:report_id>/edit/", edit, name="edit"),
    path("<int:report_id>/versions/<int:number>/", version, name="version"),
    path("<int:report_id>/print/<slug:form>/", printed, name="print"),
    path("<int:report_id>/<slug:verb>/", move, name="move"),
]
