"""Keep providers: what they must be told, how fast they may be called, in which order; secrets are never read back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.notifications.gateways import Config, GiveUp
from longzhong.dispatch.notifications.gateways.opening import open_gateway
from longzhong.dispatch.notifications.models import Provider
from longzhong.dispatch.notifications.rules import KEEPERS, KINDS, Kind, channel_of
from longzhong.kit import journal, vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused


@dataclass(frozen=True, kw_only=True)
class NewProvider:
    """A provider to keep; a secret that isn't named keeps the value it has."""

    code: str
    name: str
    kind: Kind
    settings: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    rate_per_s: float = 10
    place: int = 1
    enabled: bool = True
    attempts_most: int = 3
    lease_s: int = 120


@transaction.atomic
def keep_provider(*, provider: NewProvider, by: Actor, at: datetime) -> Provider:
    """Add a provider, or change the one with this code; its rest after failures ends."""
    need(by, *KEEPERS)
    old = Provider.objects.select_for_update().filter(code=provider.code).first()
    if old is not None and old.kind != provider.kind:
        raise Refused("provider_kind", _("通道的类型不能改；请新建一个通道。"))
    held = _secrets(old.secrets_sealed) if old else {}
    secrets = held | {key: value for key, value in provider.secrets.items() if value}
    _check(provider, secrets)
    values = {
        "name": provider.name.strip(), "kind": provider.kind, "channel": channel_of(provider.kind),
        "settings": dict(provider.settings), "rate_per_s": provider.rate_per_s, "place": provider.place,
        "enabled": provider.enabled, "attempts_most": provider.attempts_most, "lease_s": provider.lease_s,
        "failures": 0, "down_until": None,
    }  # fmt: skip
    if secrets != held or old is None:
        values["secrets_sealed"] = vault.seal(json.dumps(secrets)) if secrets else ""
    row, _new = Provider.objects.update_or_create(code=provider.code, defaults=values)
    changed = sorted(key for key, value in provider.secrets.items() if value)
    journal.record(
        by, "notifications.provider", f"provider:{row.code}", at=at, enabled=row.enabled, secrets=changed
    )  # fmt: skip
    return row


@transaction.atomic
def switch_provider(*, code: str, enabled: bool, by: Actor, at: datetime) -> None:
    """Let a provider take part or not; messages it holds are settled, those that wait go to the next."""
    need(by, *KEEPERS)
    if not Provider.objects.filter(code=code).update(enabled=enabled, failures=0, down_until=None):
        raise Refused("provider_unknown", _("没有这个通道；什么都没有改动。"), provider=code)
    journal.record(by, "notifications.provider_switch", f"provider:{code}", at=at, enabled=enabled)


def config_of(row: Provider) -> Config:
    """A provider as its gateway needs it, secrets in plain."""
    return Config(row.code, row.kind, row.settings, _secrets(row.secrets_sealed))


def _secrets(sealed: str) -> dict[str, str]:
    plain = vault.unseal(sealed)
    return dict(json.loads(plain)) if plain else {}


def _check(provider: NewProvider, secrets: Mapping[str, str]) -> None:
    if not provider.name.strip() or provider.rate_per_s <= 0 or not 1 <= provider.attempts_most <= 20:
        raise Refused("provider_numbers", _("名称、速率和次数要填写，速率大于零；没有保存。"))
    if not 5 <= provider.lease_s <= 3600:
        raise Refused("provider_lease", _("领取时限在 5 到 3600 秒之间；没有保存。"))
    for one in KINDS[provider.kind].settings:
        if one.needed and not (secrets if one.secret else provider.settings).get(one.name):
            raise Refused("provider_setting", _("还缺：%(words)s；没有保存。") % {"words": one.words}, setting=one.name)
    try:
        open_gateway(Config(provider.code, provider.kind, provider.settings, secrets)).close()
    except GiveUp as error:
        raise Refused("provider_setting", _("这项填写无法识别：%(code)s；没有保存。") % {"code": error.code}) from error
