from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "longzhong.surfaces.field"
    label = "field"
    verbose_name = "现场作业"
