"""Addresses of petitioners and of the hall's incident desk."""

from django.urls import path

from longzhong.cases.petitioners.pages.candidates import decide
from longzhong.cases.petitioners.pages.desk import desk, escalate
from longzhong.cases.petitioners.pages.file import file, move, reveal_part
from longzhong.cases.petitioners.pages.incident import incident, move_incident
from longzhong.cases.petitioners.pages.list import files
from longzhong.cases.petitioners.pages.new import new

app_name = "petitioners"
urlpatterns = [
    path("", files, name="list"),
    path("new/", new, name="new"),
    path("candidates/<int:call_id>/<slug:verb>/", decide, name="decide"),
    path("desk/", desk, name="desk"),
    path("desk/call/", escalate, name="escalate"),
    path("desk/<int:incident_id>/", incident, name="incident"),
    path("desk/<int:incident_id>/<slug:verb>/", move_incident, name="move_incident"),
    path("<int:petitioner_id>/", file, name="file"),
    path("<int:petitioner_id>/reveal/", reveal_part, name="reveal"),
    path("<int:petitioner_id>/<slug:verb>/", move, name="move"),
]
