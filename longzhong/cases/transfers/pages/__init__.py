"""Addresses of estate transfers."""

from django.urls import path

from longzhong.cases.transfers.pages.board import board
from longzhong.cases.transfers.pages.detail import detail
from longzhong.cases.transfers.pages.move import move
from longzhong.cases.transfers.pages.new import new

app_name = "transfers"
urlpatterns = [
    path("", board, name="board"),
    path("new/", new, name="new"),
    path("<int:transfer_id>/", detail, name="detail"),
    path("<int:transfer_id>/<slug:verb>/", move, name="move"),
]
