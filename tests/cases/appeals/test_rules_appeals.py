"""Every cell: the machine, the three seals, what may be asked and granted, what a panel comes to."""

from datetime import date, timedelta
from itertools import product

import pytest

from longzhong.cases.appeals.rules import JUDGED, LIVE, MACHINE, Ask, Choice, Part, Seal, Stand, State, choices, wanted
from longzhong.cases.appeals.rules.asking import ask_flaw, result_flaw
from longzhong.cases.appeals.rules.seals import flaw
from longzhong.cases.appeals.rules.voting import outcome, panel_flaw
from longzhong.kit.errors import Refused

D, S, P, A, Y, R, W, X = State
EXPECTED = {
    "edit": {D: D}, "attach": {D: D}, "attach_scan": {D: D}, "seal": {D: D},
    "state": {D: D, S: S, P: P},
    "submit": {D: S}, "seat": {S: P}, "vote": {P: P}, "replace": {P: P},
    "allow": {P: A}, "allow_partly": {P: Y}, "refuse": {P: R},
    "withdraw": {D: W, S: W}, "lapse": {D: X, S: X, P: X},
}  # fmt: skip


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", EXPECTED)
def test_every_cell(verb: str, state: State) -> None:
    target = EXPECTED[verb].get(state)
    if target is None:
        with pytest.raises(Refused, match=r"^wrong_state: "):
            MACHINE.move(verb, state)
    else:
        assert MACHINE.move(verb, state).target is target


def test_the_table_knows_no_other_verbs() -> None:
    assert {row.verb for row in MACHINE.moves} == set(EXPECTED)
    assert set(LIVE) | set(JUDGED) | {W, X} == set(State)


DECIDED, TODAY = date(2026, 3, 2), date(2026, 3, 5)


def seals(*days: int | None, staff: tuple[int, ...] = (1, 2, 3)) -> list[Seal]:
    """Seals of the three levels, each so many days after the decision (None: not sealed)."""
    rows = zip(Part, days, staff, strict=True)
    return [Seal(part, 7, who, DECIDED + timedelta(days=n)) for part, n, who in rows if n is not None]


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ((0, 0, 0), None), ((0, 1, 2), None), ((1, 1, 3), None), ((3, 3, 3), None),
        ((None, 1, 2), "seal_missing"), ((0, None, 2), "seal_missing"), ((0, 1, None), "seal_missing"),
        ((None, None, None), "seal_missing"),
        ((-1, 0, 1), "seal_before_decision"), ((0, -1, 1), "seal_before_decision"),
        ((1, 0, 2), "seal_order"), ((0, 2, 1), "seal_order"), ((2, 1, 0), "seal_order"),
        ((0, 1, 4), "seal_in_future"), ((4, 4, 4), "seal_in_future"),
    ],
)  # fmt: skip
def test_three_seals_without_contradiction(days: tuple[int | None, ...], code: str | None) -> None:
    assert flaw(seals(*days), decided_on=DECIDED, today=TODAY) == code


def test_seals_and_people() -> None:
    assert flaw(seals(0, 1, 2, staff=(1, 1, 3)), decided_on=DECIDED, today=TODAY) == "seal_same_person"
    twice = [*seals(0, 1, 2), Seal(Part.UNIT, 7, 9, DECIDED)]
    assert flaw(twice, decided_on=DECIDED, today=TODAY) == "seal_twice"


@pytest.mark.parametrize(("last", "code"), [(1, None), (2, None), (3, "seal_after_submission")])
def test_no_seal_after_the_submission(last: int, code: str | None) -> None:
    submitted = DECIDED + timedelta(days=2)
    assert flaw(seals(0, 1, last), decided_on=DECIDED, today=TODAY, submitted_on=submitted) == code


@pytest.mark.parametrize(
    ("days", "code"),
    [((0, None, None), None), ((None, None, 1), None), ((None, 2, 1), "seal_order"), ((-1, None, None), "seal_before_decision"),
     ((4, None, None), "seal_in_future")],
)  # fmt: skip
def test_while_drafting_what_there_is_mustnt_contradict(days: tuple[int | None, ...], code: str | None) -> None:
    assert flaw(seals(*days), decided_on=DECIDED, today=TODAY, whole=False) == code


UPHELD, PARTLY = Stand("upheld", "marketing"), Stand("partly", "marketing")


@pytest.mark.parametrize(
    ("was", "ask", "responsibility", "code"),
    [
        (UPHELD, "dismissed", "customer", None), (UPHELD, "dismissed", "", None),
        (UPHELD, "dismissed", "marketing", "ask_contradicts"),
        (UPHELD, "partly", "", None), (UPHELD, "partly", "partner", None), (UPHELD, "partly", "customer", "ask_contradicts"),
        (UPHELD, "responsibility", "partner", None), (UPHELD, "responsibility", "marketing", "ask_changes_nothing"),
        (UPHELD, "responsibility", "customer", "ask_contradicts"), (UPHELD, "responsibility", "", "ask_contradicts"),
        (PARTLY, "dismissed", "customer", None), (PARTLY, "partly", "", "ask_changes_nothing"),
        (PARTLY, "partly", "partner", "ask_changes_nothing"), (PARTLY, "responsibility", "non_marketing", None),
        (UPHELD, "", "", "ask_unknown"), (UPHELD, "upheld", "", "ask_unknown"), (UPHELD, "partly", "nobody", "ask_contradicts"),
    ],
)  # fmt: skip
def test_what_may_be_asked(was: Stand, ask: str, responsibility: str, code: str | None) -> None:
    assert ask_flaw(ask, responsibility, was) == code


@pytest.mark.parametrize(
    ("was", "ask", "to", "result", "code"),
    [
        (UPHELD, "dismissed", "customer", ("partly", "marketing"), None),
        (UPHELD, "dismissed", "customer", ("partly", "partner"), None),
        (UPHELD, "dismissed", "customer", ("upheld", "partner"), None),
        (UPHELD, "dismissed", "customer", ("upheld", "marketing"), "result_contradicts"),  # nothing changes
        (UPHELD, "dismissed", "customer", ("dismissed", "customer"), "result_contradicts"),  # that is allowed wholly
        (UPHELD, "dismissed", "customer", ("partly", "customer"), "result_contradicts"),  # doesn't agree
        (UPHELD, "partly", "", ("upheld", "partner"), None),
        (UPHELD, "partly", "", ("partly", "partner"), "result_contradicts"),
        (PARTLY, "dismissed", "", ("partly", "partner"), None),
        (PARTLY, "dismissed", "", ("upheld", "partner"), "result_contradicts"),  # worse than before
        (PARTLY, "dismissed", "", ("", ""), "result_contradicts"),
    ],
)  # fmt: skip
def test_what_partly_may_give(was: Stand, ask: str, to: str, result: tuple[str, str], code: str | None) -> None:
    assert result_flaw(was, wanted(ask, to, was), Stand(*result)) == code


def test_another_responsibility_is_given_or_not() -> None:
    assert choices(Ask.RESPONSIBILITY) == (Choice.ALLOWED, Choice.REFUSED)
    assert set(choices(Ask.DISMISSED)) == set(choices(Ask.PARTLY)) == set(Choice)


@pytest.mark.parametrize("votes", list(product(Choice, repeat=3)))
def test_every_three_votes(votes: tuple[Choice, ...]) -> None:
    """A plain majority wins; where there is none, the middle: most give at least that much."""
    most = max(Choice, key=votes.count)
    assert outcome(votes) == (most if votes.count(most) >= 2 else Choice.PARTLY)


def test_an_even_panel_has_no_outcome() -> None:
    with pytest.raises(ValueError, match="odd"):
        outcome([Choice.ALLOWED, Choice.REFUSED])


@pytest.mark.parametrize(
    ("members", "size", "code"),
    [((1, 2, 3), 3, None), ((1, 2, 3, 4, 5), 5, None), ((1, 2), 3, "panel_size"), ((1, 2, 3, 4), 3, "panel_size"),
     ((1, 2, 2), 3, "panel_twice"), ((1, 2, 3, 4), 4, "panel_even"), ((1,), 1, "panel_even"), ((), 3, "panel_size")],
)  # fmt: skip
def test_panels_are_odd(members: tuple[int, ...], size: int, code: str | None) -> None:
    assert panel_flaw(members, size) == code
