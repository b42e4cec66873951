from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "longzhong.cases.complaints"
    label = "complaints"
    verbose_name = "投诉治理"
