"""Addresses of usage explanations."""

from django.urls import path

from longzhong.cases.explanations.pages.board import board
from longzhong.cases.explanations.pages.detail import answer, detail, pdf
from longzhong.cases.explanations.pages.new import new

app_name = "explanations"
urlpatterns = [
    path("", board, name="board"),
    path("new/", new, name="new"),
    path("<int:sheet_id>/", detail, name="detail"),
    path("<int:sheet_id>.pdf", pdf, name="pdf"),
    path("<int:sheet_id>/<slug:verb>/", answer, name="answer"),
]
