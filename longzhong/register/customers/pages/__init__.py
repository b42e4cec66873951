"""Addresses of customers, below /accounts/."""

from django.urls import path

from longzhong.register.customers.pages import changes
from longzhong.register.customers.pages.account import account_page
from longzhong.register.customers.pages.accounts import accounts_page
from longzhong.register.customers.pages.reveal import reveal_part

app_name = "customers"
urlpatterns = [
    path("", accounts_page, name="accounts"),
    path("<int:account_id>/", account_page, name="account"),
    path("<int:account_id>/reveal/", reveal_part, name="reveal"),
    path("<int:account_id>/priority/", changes.priority, name="priority"),
    path("<int:account_id>/contact/", changes.contact, name="contact"),
    path("<int:account_id>/consent/", changes.consent, name="consent"),
    path("<int:account_id>/tag/", changes.tag, name="tag"),
    path("<int:account_id>/move/<slug:verb>/", changes.move, name="move"),
    path("<int:account_id>/priority/<int:priority_id>/end/", changes.end_priority, name="end_priority"),
    path("<int:account_id>/contact/<int:contact_id>/end/", changes.end_contact, name="end_contact"),
    path("<int:account_id>/consent/<int:consent_id>/withdraw/", changes.withdraw, name="withdraw"),
]
