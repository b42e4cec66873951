from django.apps import AppConfig


class CrewsConfig(AppConfig):
    name = "longzhong.dispatch.crews"
    label = "crews"
    verbose_name = "抢修力量"
