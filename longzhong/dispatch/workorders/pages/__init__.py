"""Addresses of work orders."""

from django.urls import path

from longzhong.dispatch.workorders.pages.board import board
from longzhong.dispatch.workorders.pages.detail import detail
from longzhong.dispatch.workorders.pages.move import move

app_name = "workorders"
urlpatterns = [
    path("", board, name="board"),
    path("<int:order_id>/", detail, name="detail"),
    path("<int:order_id>/<slug:verb>/", move, name="move"),
]
