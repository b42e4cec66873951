"""Addresses of notices, below /notices/."""

from django.urls import path

from longzhong.dispatch.notifications.pages.board import board
from longzhong.dispatch.notifications.pages.compose import new
from longzhong.dispatch.notifications.pages.messages import messages
from longzhong.dispatch.notifications.pages.notice import notice, progress
from longzhong.dispatch.notifications.pages.providers import provider, providers
from longzhong.dispatch.notifications.pages.steps import approve, cancel, queue, resend
from longzhong.dispatch.notifications.pages.template import retire, template
from longzhong.dispatch.notifications.pages.templates import templates

app_name = "notifications"
urlpatterns = [
    path("", board, name="board"),
    path("new/", new, name="new"),
    path("<int:notice_id>/", notice, name="notice"),
    path("<int:notice_id>/progress/", progress, name="progress"),
    path("<int:notice_id>/messages/", messages, name="messages"),
    path("<int:notice_id>/approve/", approve, name="approve"),
    path("<int:notice_id>/queue/", queue, name="queue"),
    path("<int:notice_id>/cancel/", cancel, name="cancel"),
    path("<int:notice_id>/resend/", resend, name="resend"),
    path("templates/", templates, name="templates"),
    path("templates/new/", template, name="template_new"),
    path("templates/<int:template_id>/", template, name="template"),
    path("templates/<slug:code>/retire/", retire, name="retire"),
    path("providers/", providers, name="providers"),
    path("providers/new/<slug:kind>/", provider, name="provider_new"),
    path("providers/<slug:code>/", provider, name="provider"),
]
