"""Addresses of the policies."""

from django.urls import path

from longzhong.register.policies.pages.change import change_page, end_policy
from longzhong.register.policies.pages.key import key_page
from longzhong.register.policies.pages.list import list_page

app_name = "policies"
urlpatterns = [
    path("", list_page, name="list"),
    path("<str:key>/", key_page, name="key"),
    path("<str:key>/change/", change_page, name="change"),
    path("<str:key>/end/<int:policy_id>/", end_policy, name="end"),
]
