"""Addresses of units and staff, grid cells, the 1+1+1 map and the working calendar."""

from django.urls import path

from longzhong.register.org.pages.calendar import calendar_page
from longzhong.register.org.pages.grid import grid_manager, grid_page, grid_pair
from longzhong.register.org.pages.grids import grids_page
from longzhong.register.org.pages.responsibilities import responsibilities_page
from longzhong.register.org.pages.staff import staff_page, staff_stand_in
from longzhong.register.org.pages.unit import unit_appoint, unit_duty, unit_move, unit_page, unit_profile
from longzhong.register.org.pages.units import units_page

app_name = "org"
urlpatterns = [
    path("units/", units_page, name="units"),
    path("units/<int:unit_id>/", unit_page, name="unit"),
    path("units/<int:unit_id>/move/", unit_move, name="unit_move"),
    path("units/<int:unit_id>/appoint/", unit_appoint, name="unit_appoint"),
    path("units/<int:unit_id>/duty/", unit_duty, name="unit_duty"),
    path("units/<int:unit_id>/profile/", unit_profile, name="unit_profile"),
    path("staff/<int:staff_id>/", staff_page, name="staff"),
    path("staff/<int:staff_id>/stand-in/", staff_stand_in, name="staff_stand_in"),
    path("grids/", grids_page, name="grids"),
    path("grids/<int:grid_id>/", grid_page, name="grid"),
    path("grids/<int:grid_id>/manager/", grid_manager, name="grid_manager"),
    path("grids/<int:grid_id>/pair/", grid_pair, name="grid_pair"),
    path("responsibilities/", responsibilities_page, name="responsibilities"),
    path("calendar/", calendar_page, name="calendar"),
]
