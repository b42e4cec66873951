"""Addresses of typical cases."""

from django.urls import path

from longzhong.cases.lessons.pages.board import board
from longzhong.cases.lessons.pages.detail import detail, printed
from longzhong.cases.lessons.pages.move import edit, move, new

app_name = "lessons"
urlpatterns = [
    path("", board, name="board"),
    path("new/", new, name="new"),
    path("<int:lesson_id>/", detail, name="detail"),
    path("<int:lesson_id>/edit/", edit, name="edit"),
    path("<int:lesson_id>/print/<slug:form>/", printed, name="print"),
    path("<int:lesson_id>/<slug:verb>/", move, name="move"),
]
