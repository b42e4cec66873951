"""Conditions, lists and machines of closures, cell by cell."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from longzhong.cases.closures.rules import (
    FAULT,
    HALL,
    HANDS,
    HOUSEHOLD,
    JUDGES,
    KEEPERS,
    MACHINE,
    MONEY,
    PAPERS,
    PROJECT,
    REFUSALS,
    SYSTEM,
    Facts,
    Ground,
    House,
    Kind,
    Limits,
    State,
    amount,
    is_told_twice,
    kind_of,
    may_begin,
    may_close,
    may_pass_on,
    months_after,
    next_on_fault,
    paper_words,
    unknown,
    wanted,
)
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Machine

DAY = date(2026, 3, 2)
LIMITS = Limits()
W, D, R, G, T, C, X = (
    State.WISHED, State.DOCUMENTS, State.READING, State.SETTLING, State.SETTLED, State.CLOSED, State.WITHDRAWN
)  # fmt: skip
CELLS: dict[str, dict[State, State]] = {
    "apply": {W: D},
    "contact": {W: W, D: D, R: R, G: G, T: T},
    "bring": {D: D, R: R, G: G, T: T},
    "pass_on": {D: R},
    "read": {R: G},
    "settle": {G: T},
    "close": {T: C},
    "withdraw": {W: X, D: X, R: X},
    "found": {W: C, D: C, R: C, G: C, T: C},
    "assign": {W: W, D: D, R: R, G: G, T: T},
}
ROLES = {
    "apply": HALL, "contact": HANDS, "bring": HALL, "pass_on": HALL, "read": HANDS, "settle": MONEY, "close": HALL,
    "withdraw": HALL, "found": (SYSTEM,), "assign": KEEPERS,
}  # fmt: skip
L, K, P, V, S, E, F, N, Z = (
    House.LISTED, House.CONTACTED, House.DOCUMENTS, House.REMOVED, House.SETTLED, House.CLOSED, House.TRANSFERRED,
    House.REFUSED, House.DROPPED,
)  # fmt: skip
HOUSES: dict[str, dict[House, House]] = {
    "contact": {L: K, K: K, N: K},
    "refuse": {L: N, K: N},
    "transfer": {L: F, K: F, N: F},
    "resume": {F: K, Z: K},
    "drop": {L: Z, K: Z, N: Z},
    "begin": {L: P, K: P, N: P},
    "back": {P: K},
    "read": {P: V},
    "settle": {V: S},
    "close": {S: E},
    "found": {L: E, K: E, P: E, V: E, S: E, N: E},
}


def target(machine: Machine, verb: str, state: str) -> str | None:
    try:
        return machine.move(verb, state).target
    except Refused as refusal:
        assert refusal.code == "wrong_state"
        return None


@pytest.mark.parametrize(("verb", "state"), list(product(CELLS, State)))
def test_every_cell_of_the_closure(verb: str, state: State) -> None:
    assert target(MACHINE, verb, state) == CELLS[verb].get(state)


@pytest.mark.parametrize(("verb", "state"), list(product(HOUSES, House)))
def test_every_cell_of_the_household(verb: str, state: House) -> None:
    assert target(HOUSEHOLD, verb, state) == HOUSES[verb].get(state)


def test_the_tables_have_no_other_verbs_and_the_right_roles() -> None:
    assert {row.verb for row in MACHINE.moves} == set(CELLS)
    assert {row.verb for row in HOUSEHOLD.moves} == set(HOUSES)
    assert all(row.roles == ROLES[row.verb] for row in MACHINE.moves)
    assert {row.verb: row.roles for row in FAULT.moves} == {"confirm": JUDGES, "lift": JUDGES}
    assert {row.verb: (row.sources[0].value, row.target.value) for row in PROJECT.moves} == {
        "finish": ("open", "finished"), "reopen": ("finished", "open"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ground", "since", "suspended", "why"),
    [
        ("own", None, False, ""), ("demolition", None, True, ""), ("bankrupt", None, False, ""),
        ("idle", None, False, "idle_unknown"), ("idle", date(2026, 3, 3), False, "idle_unknown"),
        ("idle", date(2025, 9, 3), False, "idle_too_short"), ("idle", date(2025, 9, 2), False, ""),
        ("idle", date(2025, 9, 2), True, "idle_suspended"), ("idle", date(2020, 1, 1), True, "idle_suspended"),
    ],
)  # fmt: skip
def test_when_it_may_begin(ground: str, since: date | None, suspended: bool, why: str) -> None:
    facts = Facts(ground=ground, day=DAY, idle_since_on=since, suspended=suspended)
    assert may_begin(facts, LIMITS) == why


def test_the_months_without_use_are_a_policy() -> None:
    facts = Facts(ground="idle", day=DAY, idle_since_on=date(2025, 9, 3))
    assert may_begin(facts, Limits(idle_months=5)) == ""
    assert may_begin(facts, Limits(idle_months=12)) == "idle_too_short"


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)), (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)), (date(2025, 6, 30), 6, date(2025, 12, 30)),
        (date(2025, 11, 30), 1, date(2025, 12, 30)), (date(2025, 3, 1), 0, date(2025, 3, 1)),
    ],
)  # fmt: skip
def test_months_end_where_the_civil_code_says(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


@pytest.mark.parametrize(
    ("missing", "signed", "shown", "defer", "why"),
    [
        ((), False, "identity", True, ""), ((), False, "", False, ""),
        (("account",), False, "identity", True, "papers_missing"), (("account",), True, "identity", True, ""),
        (("account",), True, "", True, "papers_missing"), (("account",), True, "identity", False, "papers_missing"),
    ],
)  # fmt: skip
def test_when_the_meter_may_be_read(missing: tuple[str, ...], signed: bool, shown: str, defer: bool, why: str) -> None:
    facts = Facts(ground="own", day=DAY, missing=missing, signed=signed, shown=shown)
    assert may_pass_on(facts, Limits(defer=defer)) == why


@pytest.mark.parametrize(
    ("missing", "removed", "settled", "why"),
    [
        (("account",), True, True, "papers_open"), (("account",), False, False, "papers_open"),
        ((), False, True, "meter_not_removed"), ((), False, False, "meter_not_removed"),
        ((), True, False, "not_settled"), ((), True, True, ""),
    ],
)  # fmt: skip
def test_when_it_may_be_closed(missing: tuple[str, ...], removed: bool, settled: bool, why: str) -> None:
    facts = Facts(ground="own", day=DAY, missing=missing, meter_removed=removed, settled=settled)
    assert may_close(facts) == why
    assert not why or why in REFUSALS


@pytest.mark.parametrize(
    ("next_on", "wrong"),
    [(None, False), (date(2026, 3, 1), True), (DAY, False), (date(2026, 4, 1), False), (date(2026, 4, 2), True)],
)
def test_the_next_contact_lies_near(next_on: date | None, wrong: bool) -> None:
    assert next_on_fault(next_on, DAY, LIMITS) is wrong


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.34", Decimal("12.34")), (" 1,234 ", Decimal(1234)), ("１２", Decimal(12)), ("0", Decimal(0)), ("", None),
        ("-1", None), ("1.234", None), ("NaN", None), ("Infinity", None), ("一百", None), ("1000000000", None),
        ("1e3", Decimal(1000)), ("１０．５", Decimal("10.5")),
    ],
)  # fmt: skip
def test_amounts(text: str, value: Decimal | None) -> None:
    assert amount(text) == value


@pytest.mark.parametrize(
    ("ground", "resident", "kind"),
    [
        (Ground.OWN, True, Kind.CLOSE_RESIDENT), (Ground.OWN, False, Kind.CLOSE_BUSINESS),
        (Ground.DEMOLITION, True, Kind.CLOSE_DEMOLITION), (Ground.DEMOLITION, False, Kind.CLOSE_DEMOLITION),
        (Ground.IDLE, True, Kind.CLOSE_IDLE), (Ground.IDLE, False, Kind.CLOSE_IDLE),
        (Ground.BANKRUPT, True, Kind.CLOSE_BANKRUPT), (Ground.BANKRUPT, False, Kind.CLOSE_BANKRUPT),
    ],
)  # fmt: skip
def test_which_list(ground: Ground, resident: bool, kind: Kind) -> None:
    assert kind_of(ground, resident) is kind


def test_what_is_wanted_and_what_is_asked_twice() -> None:
    listed = ("identity", "authority", "account", "identity", "horoscope")
    assert wanted(listed, agent=False) == ("identity", "account")
    assert wanted(listed, agent=True) == ("identity", "authority", "account")
    assert unknown(listed) == ("horoscope",)
    assert not is_told_twice("identity", listed)
    assert is_told_twice("property", listed)
    assert paper_words("horoscope") == "horoscope"
    assert all(len(code) <= 12 for code in PAPERS)
