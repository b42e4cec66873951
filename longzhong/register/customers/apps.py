from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "longzhong.register.customers"
    label = "customers"
