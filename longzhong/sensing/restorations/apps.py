from django.apps import AppConfig


class RestorationsConfig(AppConfig):
    name = "longzhong.sensing.restorations"
    label = "restorations"
    verbose_name = "恢复预计"
