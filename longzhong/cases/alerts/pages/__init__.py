"""The pages of alerts."""

from django.urls import path

from longzhong.cases.alerts.pages.board import board
from longzhong.cases.alerts.pages.detail import detail, dismiss

app_name = "alerts"
urlpatterns = [
    path("", board, name="board"),
    path("<int:alert_id>/", detail, name="detail"),
    path("<int:alert_id>/dismiss/", dismiss, name="dismiss"),
]
