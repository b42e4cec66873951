from django.apps import AppConfig


class NearmissesConfig(AppConfig):
    name = "longzhong.cases.nearmisses"
    label = "nearmisses"
    verbose_name = "潜在投诉化解"
