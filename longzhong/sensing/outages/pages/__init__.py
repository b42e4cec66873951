"""Addresses of outages."""

from django.urls import path

from longzhong.sensing.outages.pages.board import board
from longzhong.sensing.outages.pages.change import change, change_impact
from longzhong.sensing.outages.pages.detail import detail
from longzhong.sensing.outages.pages.faults import faults
from longzhong.sensing.outages.pages.move import move
from longzhong.sensing.outages.pages.new import impact, new
from longzhong.sensing.outages.pages.plans import plans
from longzhong.sensing.outages.pages.sheet import export, sheet
from longzhong.sensing.outages.pages.stops import stops

app_name = "outages"
urlpatterns = [
    path("", board, name="board"),
    path("new/", new, name="new"),
    path("new/impact/", impact, name="impact"),
    path("plans/", plans, name="plans"),
    path("faults/", faults, name="faults"),
    path("stops/", stops, name="stops"),
    path("sheet/", sheet, name="sheet"),
    path("sheet/export/", export, name="export"),
    path("<int:outage_id>/", detail, name="detail"),
    path("<int:outage_id>/plan/", change, name="change"),
    path("<int:outage_id>/plan/impact/", change_impact, name="change_impact"),
    path("<int:outage_id>/<slug:verb>/", move, name="move"),
]
