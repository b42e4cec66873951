from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "longzhong.sensing.texts"
    label = "texts"
    verbose_name = "文本研判"
