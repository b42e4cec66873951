"""The one door to accounts: organisation × grid × role."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor, Scope, within
from longzhong.kit.errors import Refused
from longzhong.register.customers.models import Account
from longzhong.register.customers.rules.accounts import OWN_GRID, READERS


def visible_to(actor: Actor) -> QuerySet[Account]:
    """The accounts that an actor may see, masked: of their units, or of their grid cells by the account's area."""
    return Account.objects.filter(within(actor, unit="unit_id", grid="area__grid_id", roles=READERS))


def locked(actor: Actor, account_id: int) -> Account:
    """One visible account, its row locked until the transaction ends."""
    account = visible_to(actor).select_for_update(of=("self",)).filter(pk=account_id).first()
    if account is None:
        raise Refused("not_found", _("没有这一户，或不在您的管辖范围内。"))
    return account


def is_own(actor: Actor, account: Account) -> bool:
    """Whether the account lies in the actor's own grid (their cells, or the station they lead); needs `area` fetched."""
    grid = account.area.grid_id if account.area else None
    return actor.system or any(_covers(scope, account.unit_id, grid) for scope in actor.scopes)


def _covers(scope: Scope, unit_id: int, grid_id: int | None) -> bool:
    if scope.role not in OWN_GRID:
        return False
    return unit_id in scope.units if scope.grids is None else grid_id in scope.grids
