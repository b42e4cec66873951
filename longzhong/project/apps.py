from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ProjectConfig(AppConfig):
    name = "longzhong.project"
    label = "project"
    verbose_name = "隆中"

    def ready(self) -> None:
        autodiscover_modules("reactions")  # the roof knows every room; from here on every fact finds its listeners
