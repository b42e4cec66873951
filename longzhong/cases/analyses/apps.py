from django.apps import AppConfig


class AnalysesConfig(AppConfig):
    name = "longzhong.cases.analyses"
    label = "analyses"
    verbose_name = "穿透分析"
