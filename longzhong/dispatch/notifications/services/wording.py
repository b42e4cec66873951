"""Claimed messages in plain: address and text, made just before they are sent and kept nowhere."""

import json
from collections.abc import Mapping, Sequence

from longzhong.dispatch.notifications import selectors
from longzhong.dispatch.notifications.gateways import Outgoing
from longzhong.dispatch.notifications.models import Covered, Message, Notice
from longzhong.dispatch.notifications.rules import Channel, Text, Variable, our_id
from longzhong.dispatch.notifications.rules.recipients import state_fault
from longzhong.dispatch.notifications.rules.sms import measure
from longzhong.dispatch.notifications.rules.texts import ACK, merged
from longzhong.kit import vault
from longzhong.register.customers import selectors as customers


def outgoing(notice_id: int, ids: Sequence[int]) -> list[Outgoing]:
    """The messages as they go out, oldest first; values of accounts that are gone are left out."""
    notice = Notice.objects.select_related("template").get(pk=notice_id)
    variables, texts = selectors.variables_of(notice.template), selectors.texts_of(notice.template)
    accounts = _accounts(notice, ids)
    told = []
    for row in Message.objects.filter(pk__in=ids).order_by("id"):
        channel = Channel(row.channel)
        params = {
            ACK: ack_code(notice.token, row.pk), **notice.params,
            **_own(row, accounts.get(row.pk, ()), variables),
        }  # fmt: skip
        text: Text = selectors.worded(notice.template, channel, texts[channel], params)
        told.append(
            Outgoing(row.pk, our_id(notice.token, row.pk), vault.unseal(row.address_sealed), text.body, text.subject)
        )
    return told


def parts_of(notice_id: int, batch: Sequence[Outgoing]) -> dict[int, int]:
    """Billed parts of each short message; nothing for other channels."""
    if Message.objects.filter(notice=notice_id, pk=batch[0].id, channel=Channel.SMS).exists() if batch else False:
        return {one.id: measure(one.text).parts for one in batch}
    return {}


def ack_code(token: str, message_id: int) -> str:
    """What a recipient confirms with: our number and its keyed check, which nobody can guess."""
    our = our_id(token, message_id)
    return f"{our}{vault.index(our, 'notice_ack')[:12]}"


def _accounts(notice: Notice, ids: Sequence[int]) -> dict[int, list[Mapping[str, str]]]:
    """The own values of each message's accounts that are still customers."""
    rows = list(
        Covered.objects.filter(message__in=ids).order_by("id").values_list("message_id", "account_id", "params_sealed")
    )
    told = [row for row in rows if row[2]]
    states = customers.account_states({row[1] for row in told}) if told else {}
    silent = selectors.limits_of(notice, notice.made_at).closing_silent if told else ()
    found: dict[int, list[Mapping[str, str]]] = {}
    for message_id, account_id, sealed in told:
        if state_fault(states.get(account_id), notice.purpose, silent) is None:
            found.setdefault(message_id, []).append(json.loads(vault.unseal(sealed)))
    return found


def _own(row: Message, accounts: Sequence[Mapping[str, str]], variables: Sequence[Variable]) -> dict[str, str]:
    own = json.loads(vault.unseal(row.params_sealed)) if row.params_sealed else {}
    return merged([{**own, **one} for one in accounts], variables) if accounts else dict(own)
