from django.apps import AppConfig


class SimulationConfig(AppConfig):
    name = "longzhong.surfaces.simulation"
    label = "simulation"
    verbose_name = "演示县"
