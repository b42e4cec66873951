from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "longzhong.kit"
    label = "kit"
    verbose_name = "工具箱"
