"""Addresses of public opinion."""

from django.urls import path

from longzhong.cases.media.pages.board import board
from longzhong.cases.media.pages.detail import detail
from longzhong.cases.media.pages.move import move
from longzhong.cases.media.pages.new import new, paste

app_name = "media"
urlpatterns = [
    path("", board, name="board"),
    path("new/", new, name="new"),
    path("paste/", paste, name="paste"),
    path("<int:item_id>/", detail, name="detail"),
    path("<int:item_id>/<slug:verb>/", move, name="move"),
]
