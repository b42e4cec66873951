from django.apps import AppConfig


class TransfersConfig(AppConfig):
    name = "longzhong.cases.transfers"
    label = "transfers"
    verbose_name = "小区移交"
