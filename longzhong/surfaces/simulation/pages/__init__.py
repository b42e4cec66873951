"""The page of the demo county."""

from django.urls import path

from longzhong.surfaces.simulation.pages.home import advance, home

app_name = "simulation"
urlpatterns = [
    path("", home, name="home"),
    path("advance/", advance, name="advance"),
]
