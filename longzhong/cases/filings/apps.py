from django.apps import AppConfig


class FilingsConfig(AppConfig):
    name = "longzhong.cases.filings"
    label = "filings"
    verbose_name = "报备"
