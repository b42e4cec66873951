from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "longzhong.register.org"
    label = "org"
    verbose_name = "组织与网格"
