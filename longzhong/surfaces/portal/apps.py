from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "longzhong.surfaces.portal"
    label = "portal"
    verbose_name = "客户门户"
