"""Addresses of closures."""

from django.urls import path

from longzhong.cases.closures.pages.board import board
from longzhong.cases.closures.pages.desk import begin, desk, tell
from longzhong.cases.closures.pages.detail import detail
from longzhong.cases.closures.pages.faults import fault, faults, judge
from longzhong.cases.closures.pages.household import household, household_move
from longzhong.cases.closures.pages.move import again, list_print, move, print_form, remind
from longzhong.cases.closures.pages.project import household_add, mine, project, project_move
from longzhong.cases.closures.pages.projects import project_edit, project_new, projects

app_name = "closures"
urlpatterns = [
    path("", board, name="board"),
    path("desk/", desk, name="desk"),
    path("mine/", mine, name="mine"),
    path("accounts/<int:account_id>/", begin, name="begin"),
    path("accounts/<int:account_id>/tell/", tell, name="tell"),
    path("projects/", projects, name="projects"),
    path("projects/new/", project_new, name="project_new"),
    path("projects/<int:project_id>/", project, name="project"),
    path("projects/<int:project_id>/edit/", project_edit, name="project_edit"),
    path("projects/<int:project_id>/add/", household_add, name="household_add"),
    path("projects/<int:project_id>/<slug:verb>/", project_move, name="project_move"),
    path("households/<int:household_id>/", household, name="household"),
    path("households/<int:household_id>/<slug:verb>/", household_move, name="household_move"),
    path("lists/<int:telling_id>/again/", again, name="again"),
    path("lists/<int:telling_id>.<slug:form>", list_print, name="list_print"),
    path("again/", faults, name="faults"),
    path("again/<int:fault_id>/", fault, name="fault"),
    path("again/<int:fault_id>/<slug:verb>/", judge, name="judge"),
    path("<int:closure_id>/", detail, name="detail"),
    path("<int:closure_id>/remind/", remind, name="remind"),
    path("<int:closure_id>/print/<slug:kind>/", print_form, name="print"),
    path("<int:closure_id>/<slug:verb>/", move, name="move"),
]
