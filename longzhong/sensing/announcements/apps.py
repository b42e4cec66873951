from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    name = "longzhong.sensing.announcements"
    label = "announcements"
    verbose_name = "停电告知"
