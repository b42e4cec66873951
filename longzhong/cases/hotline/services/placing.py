"""Where a call belongs: account → area → cell and unit; without any, the caller's or the taker's unit (一口对外, S4-33)."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.cases.hotline.rules.given import TAKERS, NewCall
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.selectors import Seat
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org


@dataclass(frozen=True)
class Spot:
    """Where a call belongs: its unit always, the rest as far as known."""

    unit_id: int
    grid_id: int | None = None
    area_id: int | None = None
    account: Seat | None = None


def spot_of(*, call: NewCall, by: Actor, at: datetime) -> Spot:
    """The spot of a new call: by account (or the one account with this phone), by area, by unit, by who takes it."""
    day = civil_day(at)
    account = _account(call)
    area_id = call.area_id or (_area_of(account, at) if account else None)
    home = network.home_of(area_id) if area_id else None
    if home is None and call.area_id:
        raise Refused("area_unknown", _("没有这个台区；来电没有登记，请重新选择。"), area=call.area_id)
    grid_id = home.grid_id if home else None
    unit_id = (home.unit_id if home else None) or (account.unit_id if account else None)
    unit_id = unit_id or _known_unit(call.unit_id) or _own_unit(by, at)
    if unit_id is None:
        raise Refused("no_unit", _("组织机构还没有建立，来电没有地方登记；请先导入组织机构。"), day=day.isoformat())
    return Spot(unit_id, grid_id, home.id if home else None, account)


def _account(call: NewCall) -> Seat | None:
    number = call.caller.account_id
    if number is not None:
        account = customers.seat_of(number)
        if account is None:
            raise Refused("account_unknown", _("没有这个用电户；来电没有登记，请重新选择。"), account=number)
        return account
    same_phone = customers.accounts_of_phone(call.caller.phone) if call.caller.phone and not call.area_id else []
    return customers.seat_of(same_phone[0]) if len(same_phone) == 1 else None


def _area_of(account: Seat, at: datetime) -> int | None:
    """The account's area; where it has none, the area on which its meter hangs."""
    if account.area_id is not None:
        return account.area_id
    meter = customers.meter_of(account.id, civil_day(at))
    path = network.trace_up_meter(meter, civil_day(at)) if meter else None
    return path.area_id if path else None


def _known_unit(unit_id: int | None) -> int | None:
    return unit_id if unit_id is not None and org.unit_names([unit_id]) else None


def _own_unit(by: Actor, at: datetime) -> int | None:
    """The topmost unit for which the taker takes calls; for a machine, the root of the tree."""
    day = civil_day(at)
    chains = org.chains(by.units(*TAKERS), day)
    if chains:
        return min(chains, key=lambda unit: (len(chains[unit]), unit))
    root = org.tree(day)
    return root[0].id if root else None


def at_account(call: NewCall, spot: Spot) -> NewCall:
    """The call with the account that was found for it."""
    if spot.account is None:
        return call
    return replace(call, caller=replace(call.caller, account_id=spot.account.id))
