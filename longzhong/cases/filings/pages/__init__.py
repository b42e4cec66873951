"""Addresses of filings."""

from django.urls import path

from longzhong.cases.filings.pages.board import board
from longzhong.cases.filings.pages.detail import detail
from longzhong.cases.filings.pages.move import move
from longzhong.cases.filings.pages.new import new

app_name = "filings"
urlpatterns = [
    path("", board, name="board"),
    path("new/", new, name="new"),
    path("<int:filing_id>/", detail, name="detail"),
    path("<int:filing_id>/<slug:verb>/", move, name="move"),
]
