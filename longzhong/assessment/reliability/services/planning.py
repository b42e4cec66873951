"""Guarantee plans and seasonal lists: written, ticked off, ended; the month's accounts kept for the figures."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from longzhong.assessment.reliability import selectors
from longzhong.assessment.reliability.models import CustomerBase, Guarantee, Season, SeasonItem
from longzhong.assessment.reliability.rules.guarantees import CHECKLIST, Given
from longzhong.assessment.reliability.rules.guarantees import KEEPERS as GUARDS
from longzhong.assessment.reliability.rules.seasons import KEEPERS, RISKY, Risk, upcoming
from longzhong.dispatch.matters import services as matters
from longzhong.kit import journal, vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.dated import on_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text, written
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.numbers import holds_personal_number
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies
from longzhong.sensing.curves import selectors as curves


@transaction.atomic
def make_guarantee(*, account_id: int, given: Given, key: str, by: Actor, at: datetime) -> int:
    """Write a plan for an important customer, once for a client key; one in force an account and event."""
    need(by, *GUARDS)
    _check(given)

    def make() -> int:
        day = civil_day(at)
        rows = customers.visible_to(by).filter(
            on_day(day, "priorities__"), pk=account_id, priorities__group="important"
        )
        found = rows.values_list("unit_id", "priorities__grade").first()
        if found is None:
            raise Refused("not_important", _("这一户不是重要用户，或不在您的管辖范围内；什么都没有改动。"))
        row = Guarantee(
            account_id=account_id, unit_id=found[0], grade=found[1], checks=[[text, ""] for text in CHECKLIST],
            **_fields(given),
        )  # fmt: skip
        try:
            with transaction.atomic():
                Guarantee.objects.bulk_create([row])
        except IntegrityError:
            raise Refused("plan_stands", _("这一户已有同名的保电方案；请修改原方案。")) from None
        _step(selectors.plan_label(row.pk), "make", {"to_on": given.to_on}, "", by, at)
        return row.pk

    return matters.once_int(key=key, what=f"{selectors.PLAN_NOUN} {account_id}", make=make, by=by, at=at)


@transaction.atomic
def change_guarantee(*, guarantee_id: int, given: Given, by: Actor, at: datetime) -> Guarantee:
    """Renew or correct a plan; an empty contact leaves the one that is there. A later end opens the checklist anew."""
    row = _plan(guarantee_id, by)
    _check(given)
    fields = _fields(given)
    if not given.contact:
        fields.pop("contact_sealed"), fields.pop("phone_sealed")
    if given.to_on > row.to_on:
        row.checks = [[text, ""] for text, _done in row.checks]
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=[*fields, "checks"])
    _step(selectors.plan_label(row.pk), "change", {"to_on": given.to_on}, "", by, at)
    return row


@transaction.atomic
def tick_check(*, guarantee_id: int, number: int, by: Actor, at: datetime) -> Guarantee:
    """One item of the checklist was done (numbered from 0)."""
    row = _plan(guarantee_id, by)
    if not 0 <= number < len(row.checks) or row.checks[number][1]:
        raise Refused("no_such_check", _("没有这个检查项，或已经完成；什么都没有改动。"), number=number)
    row.checks[number][1] = civil_day(at).isoformat()
    row.save(update_fields=["checks"])
    _step(selectors.plan_label(row.pk), "tick", {"number": number}, "", by, at)
    return row


@transaction.atomic
def end_guarantee(*, guarantee_id: int, reason: str, by: Actor, at: datetime) -> Guarantee:
    """The plan is no longer in force."""
    row = _plan(guarantee_id, by)
    words = _words(reason)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    _step(selectors.plan_label(row.pk), "end", {}, words, by, at)
    return row


@transaction.atomic
def reveal_contact(*, guarantee_id: int, reason: str, by: Actor, at: datetime) -> tuple[str, str]:
    """Name and phone of the plan's contact in plain, with a reason, written to the journal."""
    row = _plan(guarantee_id, by)
    words = _words(reason)
    journal.record(by, "reliability.reveal", selectors.plan_label(row.pk), at=at, reason=words)
    return vault.unseal(row.contact_sealed), vault.unseal(row.phone_sealed)


@transaction.atomic
def draw_season(*, name: str, by: Actor, at: datetime) -> int:
    """Draw up (or complete) the list of a season's next occurrence for the actor's areas; returns how many lines are new."""
    need(by, *KEEPERS)
    last = next((span for span in curves.spans(civil_day(at)) if span.name == name), None)
    if last is None:
        raise Refused("no_such_season", _("制度参数里没有这个季节；什么都没有改动。"), season=name)
    span = upcoming(last)
    season, _made = Season.objects.get_or_create(name=name, first_on=span.first, defaults={"last_on": span.last})
    risks = {
        (row["area_id"], Risk(row["kind"])): row["days"]
        for row in curves.season_risks(by, last)
        if row["kind"] in RISKY
    }
    mine = dict(_areas(by))
    risks |= {(area, Risk.FREQUENT): times for area, times in selectors.live_areas(mine).items()}
    behind = customers.priority_of_areas(mine, civil_day(at))
    risks |= {(area, Risk.IMPORTANT): count.important for area, count in behind.items() if count.important}
    ahead = int(policies.value("season.due_before_d", day=civil_day(at)))  # type: ignore[arg-type]
    managers = org.managers_of({grid for _unit, grid in mine.values() if grid}, civil_day(at))
    rows = [
        SeasonItem(
            season=season, area_id=area, unit_id=mine[area][0], grid_id=mine[area][1], risk=risk, weight=weight,
            owner_id=_manager(managers, mine[area][1]), due_on=span.first - timedelta(days=ahead),
        )
        for (area, risk), weight in risks.items() if area in mine
    ]  # fmt: skip
    before = SeasonItem.objects.filter(season=season).count()
    SeasonItem.objects.bulk_create(rows, ignore_conflicts=True)
    return SeasonItem.objects.filter(season=season).count() - before


@transaction.atomic
def give_item(*, item_id: int, owner_id: int, due_on: date, by: Actor, at: datetime) -> SeasonItem:
    """Somebody else answers for it, or by another day."""
    row = _item(item_id, by, *KEEPERS)
    if not org.staff_names([owner_id]):
        raise Refused("no_such_staff", _("没有这位员工；什么都没有改动。"), staff=owner_id)
    row.owner_id, row.due_on = owner_id, due_on
    row.save(update_fields=["owner_id", "due_on"])
    _step(selectors.item_label(row.pk), "give", {"owner": owner_id, "due_on": due_on}, "", by, at)
    return row


@transaction.atomic
def finish_item(*, item_id: int, note: str, by: Actor, at: datetime) -> SeasonItem:
    """Done, with what was done."""
    row = _item(item_id, by, *KEEPERS, "grid", "crew")
    words = _words(note)
    if row.done_at is not None:
        raise Refused("already_done", _("这一项已经完成；什么都没有改动。"), item=item_id)
    row.done_at = at
    row.save(update_fields=["done_at"])
    _step(selectors.item_label(row.pk), "finish", {}, words, by, at)
    return row


@transaction.atomic
def keep_base(*, by: Actor, at: datetime) -> int:  # noqa: ARG001  every service says who
    """Write how many accounts each unit serves in the running month; the last day's number stays. Returns how many units."""
    month = civil_day(at).replace(day=1)
    units = [node.id for node in org.tree(civil_day(at))]
    rows = [
        CustomerBase(unit_id=unit, month=month, accounts=count.standing)
        for unit, count in customers.counts(units).items()
    ]
    CustomerBase.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["unit", "month"], update_fields=["accounts"]
    )
    return len(rows)


def _plan(guarantee_id: int, by: Actor) -> Guarantee:
    need(by, *GUARDS)
    rows = selectors.visible_plans(by).select_for_update(of=("self",))
    row = rows.filter(pk=guarantee_id, ended_at=None).first()
    if row is None:
        raise Refused("not_found", _("没有这份保电方案，或不在您的管辖范围内。"), guarantee=guarantee_id)
    return row


def _item(item_id: int, by: Actor, *roles: str) -> SeasonItem:
    need(by, *roles)
    row = selectors.visible_items(by).select_for_update(of=("self",)).filter(pk=item_id).first()
    if row is None:
        raise Refused("not_found", _("没有这一项，或不在您的管辖范围内。"), item=item_id)
    return row


def _check(given: Given) -> None:
    if given.to_on < given.from_on:
        raise Refused("span_empty", _("结束日期不能早于开始日期；什么都没有改动。"))
    if not given.event.strip() or holds_personal_number(given.event):
        raise Refused("event_missing", _("请写明保电任务，不要写手机号或证件号；什么都没有改动。"))
    if min(given.sources, given.generator_kw, given.security_kw) < 0:
        raise Refused("amount_invalid", _("电源数和负荷不能为负；什么都没有改动。"))


def _fields(given: Given) -> dict[str, object]:
    return {
        "event": clean_text(given.event, 60), "from_on": given.from_on, "to_on": given.to_on, "sources": given.sources,
        "generator_kw": given.generator_kw, "security_kw": given.security_kw,
        "contact_sealed": vault.seal(clean_text(given.contact, 40)), "phone_sealed": vault.seal(clean_text(given.phone, 20)),
    }  # fmt: skip


def _words(text: str) -> str:
    return written(text, _("内容"), code="words_missing", most=300)


def _areas(by: Actor) -> list[tuple[int, tuple[int | None, int | None]]]:
    rows = network.visible_to(by).values_list("id", "unit_id", "grid_id")
    return [(area, (unit, grid)) for area, unit, grid in rows]


def _manager(managers: dict[int, int], grid_id: int | None) -> int | None:
    return managers.get(grid_id) if grid_id else None


def _step(matter: str, verb: str, data: dict[str, object], text: str, by: Actor, at: datetime) -> None:
    step = matters.NewStep(verb, data, {"text": text} if text else {})
    matters.add_step(matter=matter, step=step, by=by, at=at)
