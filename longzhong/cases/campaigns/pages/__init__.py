"""Addresses of campaigns."""

from django.urls import path

from longzhong.cases.campaigns.pages.behind import behind
from longzhong.cases.campaigns.pages.board import board
from longzhong.cases.campaigns.pages.detail import detail
from longzhong.cases.campaigns.pages.move import edit, move, new

app_name = "campaigns"
urlpatterns = [
    path("", board, name="board"),
    path("new/", new, name="new"),
    path("<int:campaign_id>/", detail, name="detail"),
    path("<int:campaign_id>/behind/", behind, name="behind"),
    path("<int:campaign_id>/plan/", edit, name="plan"),
    path("<int:campaign_id>/<slug:verb>/", move, name="move"),
]
