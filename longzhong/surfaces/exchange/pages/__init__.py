"""Addresses of the import wizard."""

from django.urls import path

from longzhong.surfaces.exchange.pages.households import households_page
from longzhong.surfaces.exchange.pages.run import columns_step, progress_part, refused_workbook, run_page, start_again
from longzhong.surfaces.exchange.pages.runs import runs_page

app_name = "exchange"
urlpatterns = [
    path("", runs_page, name="runs"),
    path("households/<int:project_id>/", households_page, name="households"),
    path("<int:run_id>/", run_page, name="run"),
    path("<int:run_id>/columns/", columns_step, name="columns"),
    path("<int:run_id>/progress/", progress_part, name="progress"),
    path("<int:run_id>/again/", start_again, name="again"),
    path("<int:run_id>/refused.xlsx", refused_workbook, name="refused"),
]
