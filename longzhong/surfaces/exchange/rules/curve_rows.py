"""Rows of curves become points (曲线行): which meter, which day, which quantity, times which factor. Arrays in, arrays out.

Words repeat, so each distinct word is understood once and the rest is arithmetic on whole arrays. Secondary values
(二次值) are made primary by the meter's ratio: currents and powers times CT; low-voltage meters have no voltage
transformer. A row that isn't understood gets a problem, never a guess.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longzhong.surfaces.exchange.rules import moments, numbers
from longzhong.surfaces.exchange.rules.cells import Cell, half, is_missing, raw, shown
from longzhong.surfaces.exchange.rules.curve_words import SYMBOLS, Quantity, phase_of, quantity_of, side_of
from longzhong.surfaces.exchange.rules.layout import TOTALS
from longzhong.surfaces.exchange.rules.reasons import Bad

Ints = NDArray[np.int32]
EPOCH = date(1970, 1, 1).toordinal()
_PLAIN_CODE = re.compile(r"[0-9][0-9A-DF-Za-df-z_-]{0,39}", re.ASCII)  # no E: it can't be 4.21E+11
AREA, CUSTOMER = 0, 1
# target of a value: 0…7 = ua ub uc ia ib ic p q of an area meter; 8…13 = u, p of phase 1…3 of a customer's meter
TARGETS = np.full((2, 4, 4), -1, np.int8)  # [kind, symbol, phase]; -1: the phase must be named; -2: not of this meter
TARGETS[AREA, 0, 1:], TARGETS[AREA, 1, 1:] = (0, 1, 2), (3, 4, 5)
TARGETS[AREA, 2, 0], TARGETS[AREA, 3, 0] = 6, 7
TARGETS[AREA, 2:, 1:] = -2
TARGETS[CUSTOMER, 0, 1:], TARGETS[CUSTOMER, 2, 1:] = (8, 10, 12), (9, 11, 13)
TARGETS[CUSTOMER, 1], TARGETS[CUSTOMER, 3] = -2, -2
KIND_NAMES = ("台区总表", "用户表")


@dataclass(frozen=True)
class MeterFacts:
    """What the register knows of a meter. `phase` 1…3 of a single-phase meter, 0 unknown or three-phase."""

    kind: int
    phase: int = 0
    wiring: int = 1
    ratio: int = 1


@dataclass(frozen=True)
class Coded:
    """A column of words: `codes` (n,) point into the distinct `words`."""

    codes: Ints
    words: Sequence[Cell]


Lookup = Callable[[Sequence[str]], Mapping[str, MeterFacts | Bad]]


@dataclass
class Known:
    """What has been understood so far, over all blocks of a file: meters get a number each, in order of appearance."""

    lookup: Lookup
    today: date
    secondary: bool | None = None  # what the title rows say
    meters: dict[str, int] = field(default_factory=dict)
    facts: list[MeterFacts] = field(default_factory=list)
    _seen: dict[Any, int | Bad] = field(default_factory=dict)
    _days: dict[Any, tuple[int, int] | Bad] = field(default_factory=dict)

    def meter_numbers(self, words: Sequence[Cell]) -> list[int | Bad]:
        """A number for each word; unknown and impossible ones give their problem."""
        fresh = {_key(word): word for word in words if _key(word) not in self._seen}
        codes: dict[Any, str] = {}
        for key, word in fresh.items():
            try:
                codes[key] = _meter_code(word)
            except Bad as problem:
                self._seen[key] = problem
        found = self.lookup(sorted(set(codes.values()))) if codes else {}
        for key, code in codes.items():
            self._seen[key] = self._number(code, found.get(code, Bad("unknown_meter", shown=code)))
        return [self._seen[_key(word)] for word in words]

    def _number(self, code: str, facts: MeterFacts | Bad) -> int | Bad:
        if isinstance(facts, Bad):
            return facts
        if code not in self.meters:
            self.meters[code] = len(self.facts)
            self.facts.append(facts)
        return self.meters[code]

    def day_numbers(self, words: Sequence[Cell]) -> list[tuple[int, int] | Bad]:
        """Days since 1970 and minutes in the day (-1 where none is written)."""
        for word in words:
            key = _key(word)
            if key not in self._days:
                self._days[key] = _day(word, self.today)
        return [self._days[_key(word)] for word in words]


@dataclass
class Problems:
    """The first problem of each row: 0 none, else an index (from 1) into `kinds`."""

    rows: Ints
    kinds: list[Bad] = field(default_factory=list)

    def put(self, codes: Ints, found: Sequence[Any]) -> None:
        """Rows whose word was refused get that problem."""
        table = np.zeros(len(found) + 1, np.int32)
        for place, one in enumerate(found):
            if isinstance(one, Bad):
                self.kinds.append(one)
                table[place] = len(self.kinds)
        self._mark(table[codes])

    def where(self, mask: NDArray[np.bool_], problem: Bad) -> None:
        if mask.any():
            self.kinds.append(problem)
            self._mark(np.where(mask, len(self.kinds), 0).astype(np.int32))

    def _mark(self, fresh: Ints) -> None:
        np.copyto(self.rows, fresh, where=(self.rows == 0) & (fresh > 0))

    def of(self, row: int) -> Bad | None:
        return self.kinds[self.rows[row] - 1] if self.rows[row] else None


def understand_meters(coded: Coded, known: Known, problems: Problems) -> Ints:
    """Meter numbers (n,), 0 where refused."""
    found = known.meter_numbers(coded.words)
    problems.put(coded.codes, found)
    return _table(found, lambda one: one)[coded.codes]


def understand_days(coded: Coded, known: Known, problems: Problems) -> tuple[Ints, Ints]:
    """Day numbers and minutes (n,)."""
    found = known.day_numbers(coded.words)
    problems.put(coded.codes, found)
    return _table(found, lambda one: one[0])[coded.codes], _table(found, lambda one: one[1])[coded.codes]


def understand_minutes(coded: Coded, problems: Problems) -> Ints:
    """Minutes of a separate column of times (n,)."""
    found = [_try(_needed(moments.minute, "时间"), word) for word in coded.words]
    problems.put(coded.codes, found)
    return _table(found, lambda one: one)[coded.codes]


def understand_quantities(coded: Coded, problems: Problems) -> list[Quantity | Bad]:
    """The quantity of each distinct word."""
    found = [_quantity(word) for word in coded.words]
    problems.put(coded.codes, found)
    return found


@dataclass(frozen=True)
class Words:
    """The optional columns that say more about a quantity."""

    phase: Coded | None = None
    side: Coded | None = None
    ratio: Coded | None = None


def aim(
    meters: Ints, quantities: Sequence[Quantity | Bad], codes: Ints, extra: Words, known: Known, problems: Problems
) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """Where each row's values belong (target) and the factor that makes them primary engineering values."""
    facts = known.facts or [MeterFacts(AREA)]
    kind = np.array([one.kind for one in facts], np.int8)[meters]
    own = np.array([one.phase for one in facts], np.int8)[meters]
    ratio = np.array([one.ratio for one in facts], np.float64)[meters]
    plain = [one if isinstance(one, Quantity) else Quantity("u") for one in quantities] or [Quantity("u")]
    symbol = np.array([SYMBOLS.index(one.symbol) for one in plain], np.int8)[codes]
    phase = np.array([one.phase for one in plain], np.int8)[codes]
    phase = np.where(phase > 0, phase, _phases(extra.phase, problems, len(meters)))
    phase = np.where((phase == 0) & (kind == CUSTOMER), own, phase)
    target = TARGETS[kind, symbol, phase]
    for each in range(2):
        mine = kind == each
        problems.where(mine & (target == -1), Bad("phase_needed", shown="电压、电流或分相功率"))
        problems.where(mine & (target == -2), Bad("quantity_not_for_meter", shown="这个数据项", kind=KIND_NAMES[each]))
    scale = np.array([one.scale for one in plain], np.float64)[codes]
    secondary = _secondary(plain, codes, extra.side, known) & (symbol != 0)
    _check_ratio(extra.ratio, ratio, secondary, problems)
    return target, np.where(secondary, scale * ratio, scale)


def _secondary(plain: Sequence[Quantity], codes: Ints, side: Coded | None, known: Known) -> NDArray[np.bool_]:
    """The name of the quantity says it first, then the row's own column, then the titles above the table."""
    by_name = np.array([-1 if one.secondary is None else int(one.secondary) for one in plain], np.int8)[codes]
    by_column = np.full(len(codes), -1, np.int8)
    if side is not None:
        said = [side_of(word) for word in side.words]
        by_column = np.array([-1 if one is None else int(one) for one in said] or [-1], np.int8)[side.codes]
    by_title = int(bool(known.secondary))
    return np.asarray(np.where(by_name >= 0, by_name, np.where(by_column >= 0, by_column, by_title)) == 1)


def _check_ratio(
    written: Coded | None, ratio: NDArray[np.float64], secondary: NDArray[np.bool_], problems: Problems
) -> None:
    """A ratio in the file that contradicts the register would make wrong primary values."""
    if written is None:
        return
    found = [_try(lambda word: numbers.whole(word, "综合倍率", 0, 100_000), word) for word in written.words]
    problems.put(written.codes, found)
    values = _table(found, lambda one: one or 0)[written.codes]
    wrong = secondary & (values > 0) & (values != ratio)
    for pair in {(int(a), int(b)) for a, b in zip(values[wrong], ratio[wrong], strict=True)}:
        problems.where(
            wrong & (values == pair[0]) & (ratio == pair[1]), Bad("ratio_conflict", shown=pair[0], ratio=pair[1])
        )


def _phases(column: Coded | None, problems: Problems, count: int) -> Ints:
    if column is None:
        return np.zeros(count, np.int32)
    found = [0 if is_missing(word) else phase_of(word) for word in column.words]
    bad = [
        Bad("phase_needed", shown=shown(word)) if one is None else one
        for word, one in zip(column.words, found, strict=True)
    ]
    problems.put(column.codes, bad)
    return _table(bad, lambda one: one)[column.codes]


def _quantity(word: Cell) -> Quantity | Bad:
    if is_missing(word):
        return Bad("missing", column="数据项")
    return quantity_of(word) or Bad("unknown_quantity", shown=shown(word))


def _meter_code(word: Cell) -> str:
    if isinstance(word, str) and _PLAIN_CODE.fullmatch(word):
        return word
    if isinstance(word, str) and TOTALS.match(half(word).replace(" ", "")):
        raise Bad("totals_row")
    code = numbers.identifier(word, "表号")
    if not code:
        raise Bad("missing", column="表号")
    return code


def _day(word: Cell, today: date) -> tuple[int, int] | Bad:
    try:
        found = moments.moment(word, "日期")
    except Bad as problem:
        return problem
    if found is None:
        return Bad("missing", column="日期")
    if found[0] > today:
        return Bad("future_day", shown=raw(word))
    if found[1] is None and not isinstance(word, str):
        return found[0].toordinal() - EPOCH, 0  # a spreadsheet shows midnight as a bare day
    return found[0].toordinal() - EPOCH, -1 if found[1] is None else found[1]


def _needed(read: Callable[[Cell, str], Any], title: str) -> Callable[[Cell], Any]:
    def reading(word: Cell) -> Any:
        value = read(word, title)
        if value is None:
            raise Bad("missing", column=title)
        return value

    return reading


def _try(read: Callable[[Cell], Any], word: Cell) -> Any:
    try:
        return read(word)
    except Bad as problem:
        return problem


def _table(found: Sequence[Any], number: Callable[[Any], int]) -> Ints:
    """A lookup array over distinct words; refused ones get 0."""
    return np.array([0 if isinstance(one, Bad) else number(one) for one in found] or [0], np.int32)


def _key(word: Cell) -> Any:
    return word if isinstance(word, str) else (type(word), word)
