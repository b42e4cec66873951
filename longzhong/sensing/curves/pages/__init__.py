"""The pages of curves: the findings list, and an area with its curves."""

from django.urls import path

from longzhong.sensing.curves.pages.area import area
from longzhong.sensing.curves.pages.findings import findings
from longzhong.sensing.curves.pages.seasons import seasons

app_name = "curves"
urlpatterns = [
    path("curves/", findings, name="findings"),
    path("curves/seasons/", seasons, name="seasons"),
    path("areas/<int:area_id>/", area, name="area"),
]
