from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "longzhong.register.policies"
    label = "policies"
    verbose_name = "制度参数"
