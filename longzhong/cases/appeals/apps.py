from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "longzhong.cases.appeals"
    label = "appeals"
    verbose_name = "申诉"
