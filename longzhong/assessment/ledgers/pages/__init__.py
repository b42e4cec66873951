"""Addresses of the ledgers."""

from django.urls import path

from longzhong.assessment.ledgers.pages.analysis import analysis
from longzhong.assessment.ledgers.pages.behind import behind
from longzhong.assessment.ledgers.pages.home import home

app_name = "ledgers"
urlpatterns = [
    path("", home, name="home"),
    path("analysis/", analysis, name="analysis"),
    path("behind/", behind, name="behind"),
]
