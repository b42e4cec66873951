"""Addresses of complaint governance."""

from django.urls import path

from longzhong.cases.complaints.pages.board import board, mine
from longzhong.cases.complaints.pages.detail import detail
from longzhong.cases.complaints.pages.move import move

app_name = "complaints"
urlpatterns = [
    path("", board, name="board"),
    path("mine/", mine, name="mine"),
    path("<int:complaint_id>/", detail, name="detail"),
    path("<int:complaint_id>/<slug:verb>/", move, name="move"),
]
