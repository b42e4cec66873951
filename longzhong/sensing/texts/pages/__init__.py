"""Addresses of the text models."""

from django.urls import path

from longzhong.sensing.texts.pages.models import card_page, models_page

app_name = "texts"
urlpatterns = [
    path("", models_page, name="models"),
    path("<int:version>/", card_page, name="card"),
]
