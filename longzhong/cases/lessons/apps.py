from django.apps import AppConfig


class LessonsConfig(AppConfig):
    name = "longzhong.cases.lessons"
    label = "lessons"
    verbose_name = "典型案例"
