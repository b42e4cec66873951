from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "longzhong.cases.media"
    label = "media"
    verbose_name = "舆情"
