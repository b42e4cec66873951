"""Addresses of rectification forms."""

from django.urls import path

from longzhong.cases.rectifications.pages.board import board, unsigned
from longzhong.cases.rectifications.pages.detail import detail
from longzhong.cases.rectifications.pages.move import move
from longzhong.cases.rectifications.pages.printed import print_form, print_list

app_name = "rectifications"
urlpatterns = [
    path("", board, name="board"),
    path("unsigned/", unsigned, name="unsigned"),
    path("print/", print_list, name="print_list"),
    path("<int:form_id>/", detail, name="detail"),
    path("<int:form_id>/print/<slug:kind>/", print_form, name="print"),
    path("<int:form_id>/<slug:verb>/", move, name="move"),
]
