from django.apps import AppConfig


class HotlineConfig(AppConfig):
    name = "longzhong.cases.hotline"
    label = "hotline"
    verbose_name = "诉求"
