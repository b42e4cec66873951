"""Load the reviewed pack files into the rule table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db import transaction

from longzhong.kit import clock, journal
from longzhong.kit.actor import Actor, need
from longzhong.register.org.rules import Role
from longzhong.register.policies.gateways import shipped_packs
from longzhong.register.policies.models import Key, Policy
from longzhong.register.policies.rules import Entry, Pack, plan_series
from longzhong.register.policies.services import table

Series = tuple[str, str]


@dataclass(frozen=True)
class Loaded:
    """What a load did, counted in series (key and edition): `kept` were left alone because a person had decided."""

    opened: int = 0
    unchanged: int = 0
    kept: int = 0


def load_packs(*, by: Actor, at: datetime) -> Loaded:
    """Every pack that ships with the house; loading twice changes nothing."""
    done = [load_pack(pack=pack, by=by, at=at) for pack in shipped_packs()]
    return Loaded(sum(one.opened for one in done), sum(one.unchanged for one in done), sum(one.kept for one in done))


@transaction.atomic
def load_pack(*, pack: Pack, by: Actor, at: datetime) -> Loaded:
    """One pack: an empty series takes its whole history; later only the present and the future move, from today on."""
    need(by, Role.SECURITY)
    stamp = table.lock()
    _keep_keys(pack)
    known = _company_wide(pack)
    opened: list[Series] = []
    fresh: list[Policy] = []
    unchanged = kept = 0
    for series, entries in pack.series().items():
        rows = known.get(series, [])
        plan = plan_series(entries, [table.held(row=row) for row in rows], clock.civil_day(at))
        kept += plan.kept_by_person
        unchanged += not plan.opens and not plan.kept_by_person
        opened += [series] * bool(plan.opens)
        new = [_policy(entry, from_on, by, at) for from_on, entry in plan.opens]
        if rows:
            _follow(new, rows)
        else:
            fresh += _chained(new)
    Policy.objects.bulk_create(fresh)
    if opened:
        table.mark(stamp=stamp)
        journal.record(by, "policy.pack", f"policies.pack:{pack.name}", at=at, opened=len(opened), kept=kept)
    return Loaded(len(opened), unchanged, kept)


def _keep_keys(pack: Pack) -> None:
    """Titles, groups and bounds are labels: the newest entry of a key has the word, also on old rows."""
    named = {entry.key: entry for entry in sorted(pack.entries, key=lambda one: (bool(one.title), one.from_on))}
    Key.objects.bulk_create(
        [
            Key(
                key=one.key,
                title=one.title or one.key,
                group=one.group or "其他",
                least=one.least,
                most=one.most,
                pack=pack.name,
            )
            for one in named.values()
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["title", "group", "least", "most", "pack"],
    )


def _company_wide(pack: Pack) -> dict[Series, list[Policy]]:
    keys = {entry.key for entry in pack.entries}
    found: dict[Series, list[Policy]] = {}
    for row in Policy.objects.filter(key__in=keys, unit=None).order_by("from_on", "id"):
        found.setdefault((row.key_id, row.edition), []).append(row)
    return found


def _policy(entry: Entry, from_on: date, by: Actor, at: datetime) -> Policy:
    return Policy(
        key_id=entry.key, edition=entry.edition, value=entry.value, measure=entry.measure, source=entry.source,
        confidence=entry.confidence, from_on=from_on, by_name=by.name, at=at,
    )  # fmt: skip


def _chained(rows: Sequence[Policy]) -> Iterable[Policy]:
    """Each row of a new series ends where the next begins."""
    for row, later in pairwise(rows):
        row.to_on = later.from_on
    return rows


def _follow(new: Iterable[Policy], rows: list[Policy]) -> None:
    for row in new:
        table.insert(policy=row, series=rows)
        rows[:] = Policy.objects.filter(key_id=row.key_id, edition=row.edition, unit=None).order_by("from_on", "id")
