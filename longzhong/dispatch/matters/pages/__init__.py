"""Addresses of matters: their files."""

from django.urls import path

from longzhong.dispatch.matters.pages.files import file

app_name = "matters"
urlpatterns = [path("files/<int:attachment_id>/", file, name="file")]
