"""Addresses of sign-in, one's own password, users and grants, and the journal."""

from django.urls import path

from longzhong.register.access.pages.journal import journal_page
from longzhong.register.access.pages.password import password_page
from longzhong.register.access.pages.sign_in import login_page, logout_page
from longzhong.register.access.pages.user import (
    user_active,
    user_grant,
    user_page,
    user_reset,
    user_revoke,
    user_unlock,
)
from longzhong.register.access.pages.users import new_user_page, users_page

app_name = "access"
urlpatterns = [
    path("login/", login_page, name="login"),
    path("logout/", logout_page, name="logout"),
    path("password/", password_page, name="password"),
    path("system/users/", users_page, name="users"),
    path("system/users/new/", new_user_page, name="new_user"),
    path("system/users/<int:user_id>/", user_page, name="user"),
    path("system/users/<int:user_id>/active/", user_active, name="user_active"),
    path("system/users/<int:user_id>/reset/", user_reset, name="user_reset"),
    path("system/users/<int:user_id>/unlock/", user_unlock, name="user_unlock"),
    path("system/users/<int:user_id>/grant/", user_grant, name="user_grant"),
    path("system/users/<int:user_id>/revoke/<int:grant_id>/", user_revoke, name="user_revoke"),
    path("system/journal/", journal_page, name="journal"),
]
