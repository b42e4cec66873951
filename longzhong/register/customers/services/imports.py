"""Accounts as the marketing system lists them, kept in bulk: new, changed, unchanged, refused with a reason."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db import connection, transaction

from longzhong.kit import journal, vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.register.customers.models import Account
from longzhong.register.customers.rules.accounts import IMPORTERS, AccountState
from longzhong.register.customers.rules.names import name_parts
from longzhong.register.customers.rules.places import bigrams, normal_place, normal_room
from longzhong.register.customers.rules.rows import AccountRow, AccountsKept, CleanRow, RowNote, check_row, remarks_of
from longzhong.register.customers.services.copying import copy_rows, take_ids, update_rows
from longzhong.register.customers.services.import_people import Ready, keep_marks, keep_meters, keep_people
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org

BATCH = 5_000
ONE_IMPORT = 0x4C5A_4143  # advisory lock: two imports of accounts wait for each other
VALUES = attrgetter(*(field.name for field in fields(AccountRow)))
COLUMNS = (
    "id", "code", "kind", "state", "state_on", "opened_on", "unit_id", "area_id", "town", "village", "estate", "building",
    "place", "grams", "tokens", "name_sealed", "room_sealed", "row_digest",
)  # fmt: skip


@dataclass(frozen=True)
class _Where:
    """Codes of units and areas as ids, and what the actor may fill (None: everything)."""

    units: dict[str, int]
    areas: dict[str, tuple[int, int | None]]
    allowed: Collection[int] | None

    def unit_of(self, row: AccountRow) -> int | None:
        """The station of the row's area; the unit named in the row where the area isn't known."""
        _area, unit = self.areas.get(row.area_code, (None, None))
        return unit or self.units.get(row.unit_code)

    def area_of(self, row: AccountRow) -> int | None:
        return self.areas[row.area_code][0] if row.area_code in self.areas else None


@transaction.atomic
def keep_accounts(*, rows: Sequence[AccountRow], by: Actor, at: datetime) -> AccountsKept:
    """Bring accounts to what the rows say; rows kept before and equal now cost one keyed digest each.

    A row is refused (see `refused`) without 户号, with a text that can't be kept, without a known unit or area, outside
    the actor's units, or when its 户号 came before in the same call with other values.
    """
    need(by, *IMPORTERS)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_IMPORT])
    where = _where(rows, by)
    seen: dict[str, str] = {}
    batches = []
    for start in range(0, len(rows), BATCH):
        batches.append(_keep_batch(rows[start : start + BATCH], start, where, seen, at))
    kept = _sum(batches)
    journal.record(
        by,
        "accounts.import",
        at=at,
        new=kept.new,
        changed=kept.changed,
        unchanged=kept.unchanged,
        refused=len(kept.refused),
    )
    return kept


def _sum(parts: Sequence[AccountsKept]) -> AccountsKept:
    return AccountsKept(
        sum(part.new for part in parts),
        sum(part.changed for part in parts),
        sum(part.unchanged for part in parts),
        tuple(note for part in parts for note in part.refused),
        tuple(note for part in parts for note in part.remarks),
    )


def _where(rows: Sequence[AccountRow], by: Actor) -> _Where:
    codes = {row.area_code for row in rows if _plain(row.area_code)}
    areas = network.visible_to(Actor.machine("customers.import")).filter(code__in=codes)
    return _Where(
        units=org.unit_ids({row.unit_code for row in rows if _plain(row.unit_code)}),
        areas={code: (area, unit) for code, area, unit in areas.values_list("code", "id", "unit_id")},
        allowed=None if by.system else by.units(*IMPORTERS),
    )


def _plain(code: str) -> bool:
    """Whether a code can be asked for at all."""
    return bool(code) and code.isprintable()


def _keep_batch(
    rows: Sequence[AccountRow], start: int, where: _Where, seen: dict[str, str], at: datetime
) -> AccountsKept:
    checked = [check_row(start + offset, row) for offset, row in enumerate(rows)]
    found = [_place(one, where) if isinstance(one, CleanRow) else one for one in checked]
    ready, repeated = _without_repeats([one for one in found if isinstance(one, Ready)], seen)
    ready, claimed = _without_claimed_meters(ready, seen)
    refused = [one for one in found if isinstance(one, RowNote)]
    known = _known([one.row.code for one in ready])
    new = [one for one in ready if one.row.code not in known]
    changed = [one for one in ready if one.row.code in known and known[one.row.code][1] != one.digest]
    day = civil_day(at)
    ids = dict(zip((one.row.code for one in new), take_ids(model=Account, count=len(new)), strict=True))
    ids |= {one.row.code: known[one.row.code][0] for one in changed}
    states = {code: AccountState(state) for code, (_, _, state) in known.items()}
    copy_rows(model=Account, columns=COLUMNS, rows=(_values(one, ids[one.row.code], states, day) for one in new))
    if changed:
        values = [_values(one, ids[one.row.code], states, day) for one in changed]
        _update(values)
    keep_people(new=new, changed=changed, ids=ids, day=day)
    keep_meters(ready=new + changed, ids=ids, day=day)
    keep_marks(ready=new + changed, ids=ids, day=day)
    remarks = [*claimed, *(note for one in ready for note in (*remarks_of(one.clean), *_area_remark(one)))]
    refused += [note for note in repeated if note is not None]
    same = len(ready) - len(new) - len(changed) + repeated.count(None)
    return AccountsKept(len(new), len(changed), same, tuple(refused), tuple(remarks))


def _place(clean: CleanRow, where: _Where) -> Ready | RowNote:
    """The row with its unit and area, or why it has none."""
    unit = where.unit_of(clean.row)
    if unit is None:
        return RowNote(clean.index, "unit_unknown", "供电单位编码和台区编号都对不上。", "unit_code")
    if where.allowed is not None and unit not in where.allowed:
        return RowNote(clean.index, "unit_not_yours", "这个供电单位不在您的管辖范围内。", "unit_code")
    area_id = where.area_of(clean.row)
    text = "\x1f".join(map(str, (*VALUES(clean.row), unit, area_id)))
    return Ready(clean, unit, area_id, vault.index_digest(text, "account_row").hex())


def _without_repeats(ready: list[Ready], seen: dict[str, str]) -> tuple[list[Ready], list[RowNote | None]]:
    """Rows whose 户号 is new to this call; the others as a refusal, or None where they say the same again."""
    first: list[Ready] = []
    repeated: list[RowNote | None] = []
    for one in ready:
        if one.row.code not in seen:
            seen[one.row.code] = one.digest
            first.append(one)
        elif seen[one.row.code] == one.digest:
            repeated.append(None)
        else:
            repeated.append(RowNote(one.clean.index, "code_repeated", "同一户号在前面出现过，内容不同。", "code"))
    return first, repeated


def _without_claimed_meters(ready: list[Ready], seen: dict[str, str]) -> tuple[list[Ready], list[RowNote]]:
    """A meter measures one account: the first row of the call that names it keeps it, the others lose it aloud."""
    result, notes = [], []
    for one in ready:
        meter = f"\x1f{one.row.meter_code}"  # no 户号 looks like this
        if one.row.meter_code and seen.setdefault(meter, one.row.code) != one.row.code:
            notes.append(
                RowNote(one.clean.index, "meter_repeated", "同一表号在前面的户上出现过，没有挂表。", "meter_code")
            )
            result.append(replace(one, clean=replace(one.clean, row=replace(one.row, meter_code=""))))
        else:
            result.append(one)
    return result, notes


def _area_remark(one: Ready) -> Iterable[RowNote]:
    if one.row.area_code and one.area_id is None:
        yield RowNote(one.clean.index, "area_unknown", "台区编号对不上，户已保存，没有挂到台区。", "area_code")


def _known(codes: list[str]) -> dict[str, tuple[int, str, str]]:
    """code → (id, digest, state) of accounts that exist, locked until the import ends."""
    rows = Account.objects.select_for_update().filter(code__in=codes).order_by("id")
    return {
        code: (number, digest, state)
        for number, code, digest, state in rows.values_list("id", "code", "row_digest", "state")
    }


def _values(one: Ready, number: int, states: dict[str, AccountState], day: date) -> tuple[Any, ...]:
    """The account's columns. A list without a state leaves the state as it is."""
    row = one.row
    before = states.get(row.code)
    state = AccountState(row.state) if row.state else before or AccountState.ACTIVE
    place = normal_place(row.town + row.village + row.estate + row.building)
    state_on = None if state is (before or AccountState.ACTIVE) else day
    return (
        number, row.code, row.kind, state.value, state_on, row.opened_on, one.unit_id, one.area_id,
        row.town, row.village, row.estate, row.building, place, list(bigrams(place)), _tokens(row),
        vault.seal(row.name), vault.seal(row.room), one.digest,
    )  # fmt: skip


def _tokens(row: AccountRow) -> list[int]:
    """Keyed numbers of what the account is found by besides its address."""
    found = [vault.index_number(text, kind) for kind, text in name_parts(row.name)]
    return [*found, vault.index_number(normal_room(row.room), "room")] if row.room else found


def _update(values: list[tuple[Any, ...]]) -> None:
    """Changed rows: those whose state moved get its day, the others keep theirs."""
    moved = [row for row in values if row[4] is not None]
    stayed = [(*row[:4], *row[5:]) for row in values if row[4] is None]
    if moved:
        update_rows(model=Account, columns=COLUMNS, rows=moved)
    if stayed:
        update_rows(model=Account, columns=(*COLUMNS[:4], *COLUMNS[5:]), rows=stayed)
