from django.apps import AppConfig


class ClosuresConfig(AppConfig):
    name = "longzhong.cases.closures"
    label = "closures"
    verbose_name = "拆迁销户"
