from django.apps import AppConfig


class WorkordersConfig(AppConfig):
    name = "longzhong.dispatch.workorders"
    label = "workorders"
    verbose_name = "工单"
