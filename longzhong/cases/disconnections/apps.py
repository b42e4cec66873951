from django.apps import AppConfig


class DisconnectionsConfig(AppConfig):
    name = "longzhong.cases.disconnections"
    label = "disconnections"
    verbose_name = "欠费停复电"
