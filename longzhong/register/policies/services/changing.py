"""Change a policy, with a reason, from today or a later day on."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit import clock, journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.register.org.rules import Role
from longzhong.register.policies.models import Key, Policy
from longzhong.register.policies.rules import (
    COMPANY_ONLY,
    EDITION_KEY,
    SECURITY_GROUPS,
    Confidence,
    Edition,
    Value,
    Wrong,
    why_wrong,
)
from longzhong.register.policies.services import table

CHANGERS = (Role.SECURITY, Role.QUALITY)


@transaction.atomic
def change_policy(
    *, key: str, value: Value, unit_id: int | None, edition: str, from_on: date, reason: str, by: Actor, at: datetime
) -> Policy:
    """Let another value hold from a day on, for a unit with all below it, or (None) for the whole company."""
    need(by, *CHANGERS)
    stamp = table.lock()
    name = _key(key)
    _check_reach(name, unit_id, edition, by)
    _check_day(from_on, at)
    like = _like(key, edition, unit_id, from_on)
    _check_value(name, value, like)
    policy = Policy(
        key=name,
        edition=edition,
        unit_id=unit_id,
        value=value,
        measure=like.measure,
        source=_("本单位决定"),
        confidence=Confidence.LOCAL,
        reason=_reason(reason),
        by_user_id=by.user_id,
        by_name=by.name,
        at=at,
        from_on=from_on,
    )
    series = Policy.objects.filter(key=key, edition=edition, unit=unit_id).order_by("from_on", "id")
    table.insert(policy=policy, series=list(series))
    table.mark(stamp=stamp)
    _note("policy.change", policy, policy.reason, by, at)
    return policy


@transaction.atomic
def end_policy(*, policy_id: int, to_on: date, reason: str, by: Actor, at: datetime) -> Policy:
    """Let a unit's own value end on a day, so that the value above it holds again."""
    need(by, *CHANGERS)
    stamp = table.lock()
    policy: Policy | None = Policy.objects.select_related("key").filter(pk=policy_id).first()
    if policy is None or (policy.to_on is not None and policy.to_on <= clock.civil_day(at)):
        raise Refused("policy_not_open", _("这个取值已经结束或不存在；没有改动。"), policy=policy_id)
    if policy.unit_id is None:
        raise Refused("policy_needs_value", _("全公司的取值不能空缺；请改为填写新的取值。"))
    _check_reach(policy.key, policy.unit_id, policy.edition, by)
    _check_day(to_on, at)
    latest = policy.to_on or to_on
    policy.to_on = max(min(to_on, latest), policy.from_on)
    policy.end_reason = _reason(reason)
    policy.save(update_fields=["to_on", "end_reason"])
    table.mark(stamp=stamp)
    _note("policy.end", policy, policy.end_reason, by, at)
    return policy


def _key(key: str) -> Key:
    if (name := Key.objects.filter(pk=key).first()) is None:
        raise Refused("policy_unknown", _("没有这项制度参数：%(key)s。") % {"key": key}, key=key)
    return name


def _check_reach(name: Key, unit_id: int | None, edition: str, by: Actor) -> None:
    if edition not in set(Edition) or (edition and name.key == EDITION_KEY):
        raise Refused("policy_edition_unknown", _("没有这个版本；请选通用、国网版或南网版。"), edition=edition)
    if unit_id is not None and name.group in COMPANY_ONLY:
        raise Refused("policy_company_only", _("“%(title)s”全公司统一，不能按单位另设。") % {"title": name.title})
    if by.has(Role.SECURITY):
        return
    if name.group in SECURITY_GROUPS:
        raise Refused(
            "policy_security_only", _("“%(title)s”只能由安全管理员变更；取值没有改动。") % {"title": name.title}
        )
    if unit_id is None:
        raise Refused("policy_company_wide", _("全公司的取值由安全管理员变更；您可以为本单位另设取值。"))
    if unit_id not in by.units(Role.QUALITY):
        raise Refused("policy_out_of_scope", _("这个单位不在您的管辖范围内；取值没有改动。"), unit=unit_id)


def _check_day(day: date, at: datetime) -> None:
    if day < clock.civil_day(at):
        raise Refused(
            "policy_backdated",
            _("生效日期不能早于今天：已经发生的时限和判断按当时的取值，不作追改。"),
            day=day.isoformat(),
        )


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused("policy_needs_reason", _("请写明变更理由：理由随取值一起长期保存。"))
    return reason.strip()[:300]


def _like(key: str, edition: str, unit_id: int | None, day: date) -> Policy:
    """The row whose shape and measure a change keeps: the series' own, else the company's of the edition, else any."""
    rows = Policy.objects.filter(key=key).order_by("from_on", "id")
    known = [row for row in rows if row.from_on <= day and row.to_on != row.from_on] or list(rows)
    own = [row for row in known if (row.unit_id, row.edition) == (unit_id, edition)]
    wide = [row for row in known if row.unit_id is None]
    best: Policy = (own or [row for row in wide if row.edition == edition] or wide or known)[-1]
    return best


def _check_value(name: Key, value: Value, like: Policy) -> None:
    wrong = why_wrong(value, like.measure, like=like.value, least=name.least, most=name.most)
    if wrong is None:
        return
    says = {
        Wrong.SHAPE: _("请填写与原取值同一种形式的内容"),
        Wrong.WHOLE: _("请填写整数"),
        Wrong.BOUNDS: _("取值超出允许范围"),
        Wrong.ORDER: _("请先填下限、再填上限"),
        Wrong.EMPTY: _("取值不能为空"),
        Wrong.MEASURE: _("计量单位未登记"),
    }
    raise Refused("policy_value_invalid", _("%(what)s；取值没有改动。") % {"what": says[wrong]}, wrong=wrong.value)


def _note(act: str, policy: Policy, reason: str, by: Actor, at: datetime) -> None:
    facts = {"key": policy.key_id, "edition": policy.edition, "unit": policy.unit_id, "value": policy.value}
    span = {"from_on": policy.from_on.isoformat(), "to_on": policy.to_on.isoformat() if policy.to_on else None}
    journal.record(by, act, f"policies.policy:{policy.pk}", at=at, reason=reason, **facts, **span)
