from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "longzhong.dispatch.matters"
    label = "matters"
    verbose_name = "事项：时限、时间线、附件、交接"
