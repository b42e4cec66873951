from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "longzhong.dispatch.notifications"
    label = "notifications"
    verbose_name = "通知"
