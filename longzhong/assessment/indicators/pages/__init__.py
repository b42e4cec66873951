"""Addresses of the indicators, below /indicators/."""

from django.urls import path

from longzhong.assessment.indicators.pages.behind import behind_page
from longzhong.assessment.indicators.pages.home import home_page

app_name = "indicators"
urlpatterns = [path("", home_page, name="home"), path("alerts/", behind_page, name="behind")]
