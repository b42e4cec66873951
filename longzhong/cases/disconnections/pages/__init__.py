"""Addresses of disconnections for arrears."""

from django.urls import path

from longzhong.cases.disconnections.pages.account import account, pay, propose
from longzhong.cases.disconnections.pages.board import arrears, board
from longzhong.cases.disconnections.pages.detail import detail
from longzhong.cases.disconnections.pages.move import move

app_name = "disconnections"
urlpatterns = [
    path("", board, name="board"),
    path("arrears/", arrears, name="arrears"),
    path("accounts/<int:account_id>/", account, name="account"),
    path("accounts/<int:account_id>/propose/", propose, name="propose"),
    path("accounts/<int:account_id>/pay/", pay, name="pay"),
    path("<int:disconnection_id>/", detail, name="detail"),
    path("<int:disconnection_id>/<slug:verb>/", move, name="move"),
]
