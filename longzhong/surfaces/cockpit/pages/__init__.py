"""The pages of the cockpit; mounted at the root."""

from django.urls import path

from longzhong.surfaces.cockpit.pages.components import components
from longzhong.surfaces.cockpit.pages.due import bell, due
from longzhong.surfaces.cockpit.pages.hands import hands
from longzhong.surfaces.cockpit.pages.home import home
from longzhong.surfaces.cockpit.pages.modules import modules
from longzhong.surfaces.cockpit.pages.scope import scope
from longzhong.surfaces.cockpit.pages.search import search
from longzhong.surfaces.cockpit.pages.steps import steps

app_name = "cockpit"
urlpatterns = [
    path("", home, name="home"),
    path("loop/<str:step>/", steps, name="steps"),
    path("hands/", hands, name="hands"),
    path("search/", search, name="search"),
    path("bell/", bell, name="bell"),
    path("due/", due, name="due"),
    path("scope/", scope, name="scope"),
    path("modules/", modules, name="modules"),
    path("system/components/", components, name="components"),
]
