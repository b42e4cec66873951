from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "longzhong.assessment.indicators"
    label = "indicators"
    verbose_name = "治理指标"
