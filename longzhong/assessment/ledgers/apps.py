from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "longzhong.assessment.ledgers"
    label = "ledgers"
    verbose_name = "投诉台账"
