"""Who of the recipients gets a message, on which address; and who gets none, with the reason."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from longzhong.dispatch.notifications.models import Notice
from longzhong.dispatch.notifications.rules import PURPOSES, Channel, Purpose, Recipient, Skip, Variable
from longzhong.dispatch.notifications.rules.recipients import (
    address_fault,
    contact_fault,
    direct_address,
    state_fault,
)
from longzhong.dispatch.notifications.rules.texts import Params, apart, params_fault
from longzhong.kit import vault
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.numbers import normal_phone

KINDS_OF_INDEX = {Channel.SMS: "phone", Channel.EMAIL: "email", Channel.WECOM: "robot", Channel.WEBHOOK: "hook"}


@dataclass(frozen=True, slots=True)
class Draft:
    """One message to write, or one that is skipped; `joined` are the account's own values that are put together."""

    channel: Channel
    account_id: int | None
    known: bool  # the account is one of ours
    sealed: str
    index: str
    variant: str
    params: Params
    joined: Params
    skip: Skip | None


@dataclass(frozen=True)
class Plan:
    """What all recipients of a notice have in common."""

    channels: tuple[Channel, ...]
    purpose: Purpose
    variables: tuple[Variable, ...]
    params: Mapping[str, str]
    silent: tuple[str, ...] = ()

    @classmethod
    def of(cls, notice: Notice, variables: tuple[Variable, ...], silent: tuple[str, ...] = ()) -> "Plan":
        """The plan of a notice's row."""
        return cls(tuple(map(Channel, notice.channels)), Purpose(notice.purpose), variables, notice.params, silent)


def drafts(plan: Plan, recipients: Sequence[Recipient]) -> list[Draft]:
    """The messages of some recipients, in their order; three queries whatever their number."""
    ids = {one.account_id for one in recipients if one.account_id is not None}
    reach = customers.reachable(ids, PURPOSES[plan.purpose].consent) if ids else {}
    return [draft for one in recipients for draft in _of(plan, one, reach)]


def _of(plan: Plan, one: Recipient, reach: Mapping[int, customers.Reach]) -> list[Draft]:
    account = reach.get(one.account_id) if one.account_id is not None else None
    if one.account_id is not None:
        fault = state_fault(account.state if account else None, plan.purpose, plan.silent)
        if fault is not None:
            return [_skipped(plan.channels[0], one, account is not None, fault)]
    if params_fault({**plan.params, **one.params}, plan.variables) is not None:
        return [_skipped(plan.channels[0], one, account is not None, Skip.BAD_PARAMS)]
    found = [draft for channel in plan.channels if (draft := _on(plan, channel, one, account)) is not None]
    return found or [_skipped(plan.channels[0], one, account is not None, Skip.NO_ADDRESS)]


def _on(plan: Plan, channel: Channel, one: Recipient, account: customers.Reach | None) -> Draft | None:
    """The message on one channel; None where the channel doesn't apply to the recipient."""
    if channel is Channel.PORTAL:
        return _draft(plan, channel, one, "", f"account:{one.account_id}") if account else None
    if plain := direct_address(channel, one):
        plain = normal_phone(plain) if channel is Channel.SMS else plain
        if (fault := address_fault(channel, plain)) is not None:
            return _skipped(channel, one, account is not None, fault)
        return _draft(plan, channel, one, vault.seal(plain), vault.index(plain, KINDS_OF_INDEX[channel]))
    if channel is not Channel.SMS or account is None:
        return None
    return _by_contact(plan, one, account)


def _by_contact(plan: Plan, one: Recipient, account: customers.Reach) -> Draft:
    """The first contact who may be written to and has a mobile; else the reason of the last one asked."""
    why = Skip.NO_CONTACT
    for contact in account.contacts:
        fault = contact_fault(contact, plan.purpose) or address_fault(Channel.SMS, vault.unseal(contact.phone_sealed))
        if fault is None:
            return _draft(plan, Channel.SMS, one, contact.phone_sealed, contact.phone_index)
        why = fault
    return _skipped(Channel.SMS, one, known=True, why=why)


def _draft(plan: Plan, channel: Channel, one: Recipient, sealed: str, index: str) -> Draft:
    names = {variable.name for variable in plan.variables if variable.joined}
    joined = {name: value for name, value in one.params.items() if name in names} if one.account_id else {}
    own = {name: value for name, value in one.params.items() if name not in joined}
    return Draft(
        channel,
        one.account_id,
        one.account_id is not None,
        sealed,
        index,
        _variant(one.params, plan),
        own,
        joined,
        None,
    )


def _skipped(channel: Channel, one: Recipient, known: bool, why: Skip) -> Draft:
    return Draft(channel, one.account_id, known and one.account_id is not None, "", "", "", {}, {}, why)


def _variant(params: Params, plan: Plan) -> str:
    """Eight hex digits of what makes two messages to one address different; "" where nothing does."""
    rest = apart(params, plan.variables)
    if not rest:
        return ""
    return hashlib.blake2s(json.dumps(rest, ensure_ascii=False).encode(), digest_size=4).hexdigest()
