from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "longzhong.cases.alerts"
    label = "alerts"
    verbose_name = "预警"
