"""Addresses of the portal, below /p/."""

from django.urls import path

from longzhong.surfaces.portal.pages.follow import follow
from longzhong.surfaces.portal.pages.home import home, power, text_size
from longzhong.surfaces.portal.pages.places import board, calendar, place, places, qr
from longzhong.surfaces.portal.pages.plans import plans
from longzhong.surfaces.portal.pages.ratings import ratings
from longzhong.surfaces.portal.pages.report import report

app_name = "portal"
urlpatterns = [
    path("", home, name="home"),
    path("power/", power, name="power"),
    path("text/", text_size, name="text"),
    path("places/", places, name="places"),
    path("places/<slug:token>/", place, name="place"),
    path("places/<slug:token>/board/", board, name="board"),
    path("places/<slug:token>/<slug:what>.svg", qr, name="qr"),
    path("calendar/<slug:token>.ics", calendar, name="calendar"),
    path("plans/", plans, name="plans"),
    path("report/", report, name="report"),
    path("follow/", follow, name="follow"),
    path("ratings/", ratings, name="ratings"),
]
