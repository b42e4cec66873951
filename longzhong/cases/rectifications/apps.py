from django.apps import AppConfig


class RectificationsConfig(AppConfig):
    name = "longzhong.cases.rectifications"
    label = "rectifications"
    verbose_name = "整改"
