"""Addresses of bulletins, below /bulletins/."""

from django.urls import path

from longzhong.assessment.bulletins.pages.behind import behind
from longzhong.assessment.bulletins.pages.board import board
from longzhong.assessment.bulletins.pages.bulletin import answer, bulletin, move
from longzhong.assessment.bulletins.pages.feed import feed, read, subscribe, unsubscribe
from longzhong.assessment.bulletins.pages.stages import stages
from longzhong.assessment.bulletins.pages.told import told
from longzhong.assessment.bulletins.pages.voice import voice

app_name = "bulletins"
urlpatterns = [
    path("", board, name="board"),
    path("voice/", voice, name="voice"),
    path("told/", told, name="told"),
    path("stages/", stages, name="stages"),
    path("feed/", feed, name="feed"),
    path("feed/<int:unit_id>/subscribe/", subscribe, name="subscribe"),
    path("feed/<int:unit_id>/read/", read, name="read"),
    path("feed/unsubscribe/<int:subscription_id>/", unsubscribe, name="unsubscribe"),
    path("lines/<int:line_id>/answer/", answer, name="answer"),
    path("<int:bulletin_id>/", bulletin, name="bulletin"),
    path("<int:bulletin_id>/behind/", behind, name="behind"),
    path("<int:bulletin_id>/<slug:verb>/", move, name="move"),
]
