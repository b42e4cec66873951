from django.apps import AppConfig


class CockpitConfig(AppConfig):
    name = "longzhong.surfaces.cockpit"
    label = "cockpit"
    verbose_name = "驾驶舱"
