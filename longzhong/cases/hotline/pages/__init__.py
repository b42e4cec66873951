"""Addresses of hotline."""

from django.urls import URLPattern, path

from longzhong.cases.hotline.pages.audit import audit
from longzhong.cases.hotline.pages.board import board
from longzhong.cases.hotline.pages.callbacks import callbacks
from longzhong.cases.hotline.pages.calls import call, call_reveal, calls
from longzhong.cases.hotline.pages.desk import desk, desk_found, desk_hints
from longzhong.cases.hotline.pages.detail import case
from longzhong.cases.hotline.pages.mine import mine
from longzhong.cases.hotline.pages.paper import case_form
from longzhong.cases.hotline.pages.paste import paste
from longzhong.cases.hotline.pages.promises import promises
from longzhong.cases.hotline.pages.quick import quick
from longzhong.cases.hotline.pages.repeats import first_contact, repeats, thorough
from longzhong.cases.hotline.pages.reveal import case_reveal
from longzhong.cases.hotline.pages.same import same, same_step
from longzhong.cases.hotline.pages.step import case_step

app_name = "hotline"
urlpatterns: list[URLPattern] = [
    path("", calls, name="calls"),
    path("<int:call_id>/", call, name="call"),
    path("<int:call_id>/reveal/", call_reveal, name="call_reveal"),
    path("desk/", desk, name="desk"),
    path("desk/found/", desk_found, name="desk_found"),
    path("desk/hints/", desk_hints, name="desk_hints"),
    path("paste/", paste, name="paste"),
    path("quick/", quick, name="quick"),
    path("cases/", board, name="board"),
    path("cases/<int:case_id>/", case, name="case"),
    path("cases/<int:case_id>/reveal/", case_reveal, name="case_reveal"),
    path("cases/<int:case_id>/form/", case_form, name="case_form"),
    path("cases/<int:case_id>/<slug:verb>/", case_step, name="case_step"),
    path("mine/", mine, name="mine"),
    path("callbacks/", callbacks, name="callbacks"),
    path("promises/", promises, name="promises"),
    path("audit/", audit, name="audit"),
    path("repeats/", repeats, name="repeats"),
    path("repeats/first/", first_contact, name="first_contact"),
    path("repeats/thorough/", thorough, name="thorough"),
    path("same/<int:case_id>/", same, name="same"),
    path("same/<int:case_id>/<slug:verb>/", same_step, name="same_step"),
]
