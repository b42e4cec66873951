from django.apps import AppConfig


class ExplanationsConfig(AppConfig):
    name = "longzhong.cases.explanations"
    label = "explanations"
    verbose_name = "用电解释"
