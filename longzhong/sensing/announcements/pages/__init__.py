"""Addresses of telling."""

from django.urls import path

from longzhong.sensing.announcements.pages.board import board
from longzhong.sensing.announcements.pages.compose import compose, drop
from longzhong.sensing.announcements.pages.errand import errand, move, paper
from longzhong.sensing.announcements.pages.groups import end, groups
from longzhong.sensing.announcements.pages.outage import outage, progress

app_name = "announcements"
urlpatterns = [
    path("", board, name="board"),
    path("groups/", groups, name="groups"),
    path("groups/<int:group_id>/end/", end, name="end_group"),
    path("outages/<int:outage_id>/", outage, name="outage"),
    path("outages/<int:outage_id>/progress/", progress, name="progress"),
    path("outages/<int:outage_id>/compose/", compose, name="compose"),
    path("proposals/<int:proposal_id>/drop/", drop, name="drop"),
    path("<int:errand_id>/", errand, name="errand"),
    path("<int:errand_id>/paper/", paper, name="paper"),
    path("<int:errand_id>/<slug:verb>/", move, name="move"),
]
