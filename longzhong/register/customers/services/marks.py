"""Priority, tags, tier and state of an account."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit import journal, vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text
from longzhong.register.customers.models import Account, Consent, Priority, Standing, Tag
from longzhong.register.customers.rules.accounts import ACCOUNT_LIFE, KEEPERS, AccountState
from longzhong.register.customers.rules.contacts import Purpose
from longzhong.register.customers.rules.numbers import holds_personal_number
from longzhong.register.customers.rules.priority import Basis, Grade, Group, basis_fault, group_of
from longzhong.register.customers.selectors.door import locked

BASIS_REFUSALS = {
    "health_basis_needed": "涉及健康的标记要有本人单独同意、主管部门名单或紧急情况作依据。",
    "health_consent_missing": "还没有本人的单独同意，请先登记同意，再做标记。",
}


@dataclass(frozen=True, kw_only=True)
class PriorityForm:
    """A mark of priority: its grade, since when, on what basis; the note is sealed."""

    grade: Grade
    from_on: date
    to_on: date | None = None
    basis: Basis = Basis.CONTRACT
    note: str = ""


@transaction.atomic
def mark_priority(*, account_id: int, mark: PriorityForm, by: Actor, at: datetime) -> Priority:
    """Mark an account as important, sensitive or of a special group. A new 重要 grade takes the place of the one
    before.
    """
    need(by, *KEEPERS)
    account = locked(by, account_id)
    note = clean_text(mark.note, 200)
    if mark.to_on is not None and mark.to_on <= mark.from_on:
        raise Refused("span_empty", _("结束日期要晚于开始日期。"))
    consented = Consent.objects.filter(
        contact__account=account, purpose=Purpose.HEALTH, separate=True, withdrawn_at=None
    ).exists()
    fault = basis_fault(mark.grade, mark.basis, consented)
    if fault is not None:
        raise Refused(fault, _(BASIS_REFUSALS[fault]))
    group = group_of(mark.grade)
    _end_before(account, mark, group)
    row: Priority = Priority.objects.create(
        account=account, group=group, grade=mark.grade, basis=mark.basis, note_sealed=vault.seal(note),
        from_on=mark.from_on, to_on=mark.to_on,
    )  # fmt: skip
    journal.record(by, "customers.priority", _label(account), at=at, priority=row.pk, grade=mark.grade)
    return row


def _end_before(account: Account, mark: PriorityForm, group: Group) -> None:
    """Close what the new mark replaces on its first day; refuse what it would overlap otherwise."""
    same = Priority.objects.filter(account=account, group=group)
    same = same if group is Group.IMPORTANT else same.filter(grade=mark.grade)
    same.filter(to_on=None, from_on__lt=mark.from_on).update(to_on=mark.from_on)
    later = same.filter(to_on=None) | same.filter(to_on__gt=mark.from_on)
    if mark.to_on is not None:
        later = later.filter(from_on__lt=mark.to_on)
    if later.exists():
        raise Refused("priority_stands", _("这一户在这段时间已有同类标记，请先结束原来的标记。"))


@transaction.atomic
def end_priority(*, priority_id: int, to_on: date, by: Actor, at: datetime) -> Priority:
    """The mark holds no more from this day on; the row stays as history."""
    need(by, *KEEPERS)
    row: Priority | None = Priority.objects.filter(pk=priority_id).first()
    if row is None:
        raise Refused("not_found", _("没有这条标记，或不在您的管辖范围内。"))
    account = locked(by, row.account_id)
    if row.to_on is not None and row.to_on <= to_on:
        raise Refused("priority_ended", _("这条标记已经结束了。"))
    row.to_on = max(to_on, row.from_on)
    row.save(update_fields=["to_on"])
    journal.record(by, "customers.priority_end", _label(account), at=at, priority=row.pk)
    return row


@transaction.atomic
def tag_account(*, account_id: int, tag: str, by: Actor, at: datetime) -> Tag:
    """Put a word of the trade on an account."""
    need(by, *KEEPERS)
    account = locked(by, account_id)
    word = clean_text(tag, 20)
    if not word:
        raise Refused("tag_empty", _("标签不能为空。"))
    if holds_personal_number(word):
        raise Refused("personal_data_in_text", _("标签里不能写手机号或证件号。"))
    row, _created = Tag.objects.get_or_create(account=account, tag=word)
    journal.record(by, "customers.tag", _label(account), at=at, tag=row.pk)
    return row


@transaction.atomic
def untag_account(*, account_id: int, tag: str, by: Actor, at: datetime) -> None:
    """Take a tag off; taking off one that isn't there is refused."""
    need(by, *KEEPERS)
    account = locked(by, account_id)
    gone, _rows = Tag.objects.filter(account=account, tag=tag).delete()
    if not gone:
        raise Refused("not_found", _("这一户没有这个标签。"))
    journal.record(by, "customers.untag", _label(account), at=at)


@transaction.atomic
def set_tier(*, account_id: int, tier: int, by: Actor, at: datetime) -> Standing:
    """Keep the tier that risk computed. It explains and orders work; it never stops supply by itself (PIPL 24)."""
    account = locked(by, account_id)
    row, _created = Standing.objects.update_or_create(account=account, defaults={"tier": tier, "set_at": at})
    return row


@transaction.atomic
def move_account(*, account_id: int, verb: str, by: Actor, at: datetime) -> Account:
    """Take a step in the account's life: begin_closing, cancel_closing, close, demolish."""
    account = locked(by, account_id)
    move = ACCOUNT_LIFE.move(verb, account.state)
    need(by, *move.roles)
    account.state = AccountState(move.target)
    account.state_on = civil_day(at)
    account.save(update_fields=["state", "state_on"])
    journal.record(by, f"customers.{verb}", _label(account), at=at)
    return account


def _label(account: Account) -> str:
    return f"customers.account:{account.pk}"
