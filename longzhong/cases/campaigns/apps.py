from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "longzhong.cases.campaigns"
    label = "campaigns"
    verbose_name = "专项整治"
