"""Addresses of the network."""

from django.urls import path

from longzhong.register.network.pages.areas import areas_page
from longzhong.register.network.pages.feeders import feeder_page, feeders_page
from longzhong.register.network.pages.move import area_grid_page, meter_area_page
from longzhong.register.network.pages.topology import problem_page, topology_page

app_name = "network"
urlpatterns = [
    path("areas/", areas_page, name="areas"),
    path("areas/<int:area_id>/grid/", area_grid_page, name="area_grid"),
    path("meters/<int:meter_id>/area/", meter_area_page, name="meter_area"),
    path("feeders/", feeders_page, name="feeders"),
    path("feeders/<int:feeder_id>/", feeder_page, name="feeder"),
    path("network/topology/", topology_page, name="topology"),
    path("network/topology/<str:problem>/", problem_page, name="problem"),
]
