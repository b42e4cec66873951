"""Addresses of averted complaints, below /nearmisses/."""

from django.urls import path

from longzhong.cases.nearmisses.pages.board import board
from longzhong.cases.nearmisses.pages.detail import detail, move
from longzhong.cases.nearmisses.pages.new import new
from longzhong.cases.nearmisses.pages.staff import record, staff

app_name = "nearmisses"
urlpatterns = [
    path("", board, name="board"),
    path("new/", new, name="new"),
    path("staff/", staff, name="staff"),
    path("staff/<int:staff_id>/", record, name="record"),
    path("<int:near_miss_id>/", detail, name="detail"),
    path("<int:near_miss_id>/<slug:verb>/", move, name="move"),
]
