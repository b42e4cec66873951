"""Addresses of reliability."""

from django.urls import path

from longzhong.assessment.reliability.pages.frequent import dismiss, frequent, watch
from longzhong.assessment.reliability.pages.guarantees import (
    change_guarantee,
    end_guarantee,
    guarantee,
    guarantees,
    new_guarantee,
    reveal,
    tick,
)
from longzhong.assessment.reliability.pages.home import behind, home
from longzhong.assessment.reliability.pages.seasons import draw, finish, give, seasons

app_name = "reliability"
urlpatterns = [
    path("", home, name="home"),
    path("behind/", behind, name="behind"),
    path("frequent/", frequent, name="frequent"),
    path("frequent/<int:watch_id>/", watch, name="watch"),
    path("frequent/<int:watch_id>/dismiss/", dismiss, name="dismiss"),
    path("seasons/", seasons, name="seasons"),
    path("seasons/draw/", draw, name="draw"),
    path("seasons/<int:item_id>/finish/", finish, name="finish"),
    path("seasons/<int:item_id>/give/", give, name="give"),
    path("guarantees/", guarantees, name="guarantees"),
    path("guarantees/new/<int:account_id>/", new_guarantee, name="new_guarantee"),
    path("guarantees/<int:guarantee_id>/", guarantee, name="guarantee"),
    path("guarantees/<int:guarantee_id>/change/", change_guarantee, name="change_guarantee"),
    path("guarantees/<int:guarantee_id>/tick/<int:number>/", tick, name="tick"),
    path("guarantees/<int:guarantee_id>/end/", end_guarantee, name="end_guarantee"),
    path("guarantees/<int:guarantee_id>/reveal/", reveal, name="reveal"),
]
