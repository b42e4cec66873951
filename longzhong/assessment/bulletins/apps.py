from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "longzhong.assessment.bulletins"
    label = "bulletins"
    verbose_name = "周通报"
