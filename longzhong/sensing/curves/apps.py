from django.apps import AppConfig


class CurvesConfig(AppConfig):
    name = "longzhong.sensing.curves"
    label = "curves"
    verbose_name = "曲线研判"
