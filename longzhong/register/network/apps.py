from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "longzhong.register.network"
    label = "network"
    verbose_name = "电网台账"
