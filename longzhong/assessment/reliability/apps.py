from django.apps import AppConfig


class ReliabilityConfig(AppConfig):
    name = "longzhong.assessment.reliability"
    label = "reliability"
    verbose_name = "供电可靠性"
