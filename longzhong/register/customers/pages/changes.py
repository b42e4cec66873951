"""What a person changes at an account: one form, one service, back to its page."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.kit import clock, web
from longzhong.kit.actor import Actor
from longzhong.register.customers import selectors, services
from longzhong.register.customers.pages.account import show_account
from longzhong.register.customers.pages.forms import ConsentForm, ContactEditForm, PriorityMarkForm, TagForm
from longzhong.register.customers.rules.accounts import KEEPERS
from longzhong.register.customers.rules.contacts import Preference, Purpose, Relation
from longzhong.register.customers.rules.priority import Basis, Grade
from longzhong.register.customers.services import ContactForm, PriorityForm


def _keep(
    request: HttpRequest, account_id: int, verb: str, form: forms.Form, do: Callable[[Actor], object]
) -> HttpResponseBase:
    """Run the service of a valid form, or show the page with the form and its errors."""
    if not form.is_valid():
        return show_account(request, account_id, **{verb: form})
    return _done(request, account_id, do)


def _done(request: HttpRequest, account_id: int, do: Callable[[Actor], object]) -> HttpResponseBase:
    who = web.actor(request)
    back = reverse("customers:account", args=[account_id])
    return web.act(request, lambda: do(who), done=_("已保存"), back=back)


@require_POST
@web.page(*KEEPERS)
def priority(request: HttpRequest, account_id: int) -> HttpResponseBase:
    form = PriorityMarkForm(request.POST)

    def do(who: Actor) -> object:
        said = form.cleaned_data
        mark = PriorityForm(
            grade=Grade(said["grade"]),
            from_on=said["from_on"],
            to_on=said["to_on"],
            basis=Basis(said["basis"]),
            note=said["note"],
        )
        return services.mark_priority(account_id=account_id, mark=mark, by=who, at=clock.now())

    return _keep(request, account_id, "priority", form, do)


@require_POST
@web.page(*KEEPERS)
def contact(request: HttpRequest, account_id: int) -> HttpResponseBase:
    form = ContactEditForm(request.POST)

    def do(who: Actor) -> object:
        said = form.cleaned_data
        row = ContactForm(
            phone=said["phone"], name=said["name"], relation=Relation(said["relation"]),
            preference=Preference(said["preference"]), preferred=said["preferred"],
        )  # fmt: skip
        return services.set_contact(account_id=account_id, contact=row, by=who, at=clock.now())

    return _keep(request, account_id, "contact", form, do)


@require_POST
@web.page(*KEEPERS)
def consent(request: HttpRequest, account_id: int) -> HttpResponseBase:
    detail = selectors.account_detail(web.actor(request), account_id, clock.today())
    form = ConsentForm(detail.contacts, request.POST)

    def do(who: Actor) -> object:
        said = form.cleaned_data
        return services.give_consent(
            contact_id=said["contact"],
            purpose=Purpose(said["purpose"]),
            separate=said["separate"],
            by=who,
            at=clock.now(),
        )

    return _keep(request, account_id, "consent", form, do)


@require_POST
@web.page(*KEEPERS)
def tag(request: HttpRequest, account_id: int) -> HttpResponseBase:
    form = TagForm(request.POST)

    def do(who: Actor) -> object:
        return services.tag_account(account_id=account_id, tag=form.cleaned_data["tag"], by=who, at=clock.now())

    return _keep(request, account_id, "tag", form, do)


@require_POST
@web.page(*KEEPERS)
def move(request: HttpRequest, account_id: int, verb: str) -> HttpResponseBase:
    return _done(
        request, account_id, lambda who: services.move_account(account_id=account_id, verb=verb, by=who, at=clock.now())
    )


@require_POST
@web.page(*KEEPERS)
def end_priority(request: HttpRequest, account_id: int, priority_id: int) -> HttpResponseBase:
    def do(who: Actor) -> object:
        return services.end_priority(priority_id=priority_id, to_on=clock.today(), by=who, at=clock.now())

    return _done(request, account_id, do)


@require_POST
@web.page(*KEEPERS)
def end_contact(request: HttpRequest, account_id: int, contact_id: int) -> HttpResponseBase:
    return _done(request, account_id, lambda who: services.end_contact(contact_id=contact_id, by=who, at=clock.now()))


@require_POST
@web.page(*KEEPERS)
def withdraw(request: HttpRequest, account_id: int, consent_id: int) -> HttpResponseBase:
    return _done(
        request, account_id, lambda who: services.withdraw_consent(consent_id=consent_id, by=who, at=clock.now())
    )
