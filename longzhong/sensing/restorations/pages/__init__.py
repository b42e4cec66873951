"""Addresses of expected restoration."""

from django.urls import path

from longzhong.sensing.restorations.pages.acts import adopt_page, weather_page
from longzhong.sensing.restorations.pages.board import board_page
from longzhong.sensing.restorations.pages.card import card_page

app_name = "restorations"
urlpatterns = [
    path("", board_page, name="board"),
    path("weather/", weather_page, name="weather"),
    path("models/<int:version>/", card_page, name="card"),
    path("adopt/", adopt_page, name="adopt"),
]
