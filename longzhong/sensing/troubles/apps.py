from django.apps import AppConfig


class TroublesConfig(AppConfig):
    name = "longzhong.sensing.troubles"
    label = "troubles"
    verbose_name = "停电研判"
