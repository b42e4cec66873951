"""Addresses of crews."""

from django.urls import path

from longzhong.dispatch.crews.pages.acts import change_crew, plan_anew, relay_act, stop_act
from longzhong.dispatch.crews.pages.board import board_page
from longzhong.dispatch.crews.pages.crew import crew_page, new_page
from longzhong.dispatch.crews.pages.mine import mine_page
from longzhong.dispatch.crews.pages.places import places_page

app_name = "crews"
urlpatterns = [
    path("", board_page, name="board"),
    path("mine/", mine_page, name="mine"),
    path("places/", places_page, name="places"),
    path("new/", new_page, name="new"),
    path("plan/<int:unit_id>/", plan_anew, name="plan"),
    path("stops/<int:stop_id>/<str:verb>/", stop_act, name="stop"),
    path("relays/<int:number>/<str:verb>/", relay_act, name="relay"),
    path("<int:crew_id>/", crew_page, name="crew"),
    path("<int:crew_id>/<str:verb>/", change_crew, name="change"),
]
