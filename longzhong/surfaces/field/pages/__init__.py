"""Addresses of the phone pages."""

from django.urls import path

from longzhong.surfaces.field.pages.home import home
from longzhong.surfaces.field.pages.order import order
from longzhong.surfaces.field.pages.worker import worker

app_name = "field"
urlpatterns = [
    path("", home, name="home"),
    path("orders/<int:order_id>/", order, name="order"),
    path("sw.js", worker, name="worker"),
]
