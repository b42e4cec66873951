from django.apps import AppConfig


class FinalsConfig(AppConfig):
    name = "longzhong.cases.finals"
    label = "finals"
    verbose_name = "最终答复"
