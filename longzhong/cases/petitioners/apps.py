from django.apps import AppConfig


class PetitionersConfig(AppConfig):
    name = "longzhong.cases.petitioners"
    label = "petitioners"
    verbose_name = "老上访"
