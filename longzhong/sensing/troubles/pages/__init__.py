"""Addresses of troubles."""

from django.urls import path

from longzhong.sensing.troubles.pages.board import board
from longzhong.sensing.troubles.pages.detail import detail
from longzhong.sensing.troubles.pages.move import move

app_name = "troubles"
urlpatterns = [
    path("", board, name="board"),
    path("<int:trouble_id>/", detail, name="detail"),
    path("<int:trouble_id>/<slug:verb>/", move, name="move"),
]
