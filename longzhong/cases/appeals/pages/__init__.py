"""Addresses of appeals."""

from django.urls import path

from longzhong.cases.appeals.pages.board import board
from longzhong.cases.appeals.pages.detail import detail
from longzhong.cases.appeals.pages.move import move, new, printed
from longzhong.cases.appeals.pages.sit import sit

app_name = "appeals"
urlpatterns = [
    path("", board, name="board"),
    path("new/<int:complaint_id>/", new, name="new"),
    path("<int:appeal_id>/", detail, name="detail"),
    path("<int:appeal_id>/panel/", sit, name="sit"),
    path("<int:appeal_id>/print/<slug:form>/", printed, name="print"),
    path("<int:appeal_id>/<slug:verb>/", move, name="move"),
]
