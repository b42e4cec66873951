from django.apps import AppConfig


class OutagesConfig(AppConfig):
    name = "longzhong.sensing.outages"
    label = "outages"
    verbose_name = "停电"
