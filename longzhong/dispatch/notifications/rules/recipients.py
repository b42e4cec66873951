"""What is pushed down: a notice to compose, and its recipients as rows. This floor resolves no outage and asks for no reason."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from longzhong.dispatch.notifications.rules.channels import Channel
from longzhong.dispatch.notifications.rules.messages import Skip
from longzhong.dispatch.notifications.rules.purposes import PURPOSES, Purpose
from longzhong.register.customers.rules.accounts import AccountState
from longzhong.register.customers.rules.contacts import Preference

MOBILE = re.compile(r"1[3-9]\d{9}")
EMAIL = re.compile(r"[^@\s<>\"']{1,64}@[A-Za-z0-9.-]{3,190}")
PLAIN = re.compile(r"[0-9A-Za-z_.:-]{1,80}")
GONE = {AccountState.CLOSED: Skip.ACCOUNT_CLOSED, AccountState.DEMOLISHED: Skip.ACCOUNT_DEMOLISHED}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to reach: an account (its contact is chosen here), or an address given directly.

    `robot` is the key of a WeCom group robot, `hook` the subject's code for an interface. `params` are this recipient's own values.
    """

    account_id: int | None = None
    phone: str = ""
    email: str = ""
    robot: str = ""
    hook: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class NewNotice:
    """A batch to compose. `key` makes composing repeatable; `params` are values common to all; after `send_until` nothing goes out.

    `expected` (how many recipients will come, if known) is for the progress bar only.
    """

    template: str
    unit_id: int
    channels: Sequence[Channel] = (Channel.SMS,)
    cause: str = ""
    title: str = ""
    key: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    send_until: datetime | None = None
    expected: int | None = None


class Contactable(Protocol):
    """What a contact must tell to be chosen."""

    @property
    def preference(self) -> str: ...
    @property
    def agreed(self) -> bool: ...


def state_fault(state: str | None, purpose: str = "", silent: Collection[str] = ()) -> Skip | None:
    """Why an account in this state gets nothing (S0-38); None state: no such account.

    An account being closed gets no message of the purposes in `silent` (policy notices.closing_silent).
    """
    if state is None:
        return Skip.ACCOUNT_UNKNOWN
    if state == AccountState.CLOSING and purpose in silent:
        return Skip.ACCOUNT_CLOSING
    return GONE.get(AccountState(state))


def contact_fault(contact: Contactable, purpose: Purpose) -> Skip | None:
    """Why a contact may not be written to for this purpose."""
    row = PURPOSES[purpose]
    if contact.preference == Preference.NEVER and not row.urgent:
        return Skip.PREFERENCE
    return Skip.NO_CONSENT if row.consent is not None and not contact.agreed else None


def address_fault(channel: Channel, address: str) -> Skip | None:
    """Why an address can't be written to on a channel."""
    if not address:
        return Skip.NO_ADDRESS
    if channel is Channel.SMS:
        return None if MOBILE.fullmatch(address) else Skip.NOT_MOBILE if address.isdigit() else Skip.BAD_ADDRESS
    shape = EMAIL if channel is Channel.EMAIL else PLAIN
    return None if shape.fullmatch(address) else Skip.BAD_ADDRESS


def direct_address(channel: Channel, one: Recipient) -> str:
    """The address that a recipient brings along for a channel; "" for none."""
    own = {Channel.SMS: one.phone, Channel.EMAIL: one.email, Channel.WECOM: one.robot, Channel.WEBHOOK: one.hook}
    return own.get(channel, "").strip()
