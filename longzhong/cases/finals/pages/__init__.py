"""Addresses of final answers."""

from django.urls import path

from longzhong.cases.finals.pages.board import board
from longzhong.cases.finals.pages.detail import detail
from longzhong.cases.finals.pages.move import move
from longzhong.cases.finals.pages.new import new

app_name = "finals"
urlpatterns = [
    path("", board, name="board"),
    path("new/<int:case_id>/", new, name="new"),
    path("<int:final_id>/", detail, name="detail"),
    path("<int:final_id>/<slug:verb>/", move, name="move"),
]
