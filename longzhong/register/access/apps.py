from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "longzhong.register.access"
    label = "access"
    verbose_name = "用户与授权"
