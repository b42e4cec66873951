"""Which value holds: the table of precedence cell by cell, and dated selection against brute force."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longzhong.register.policies.rules import Book, PolicyMissing, Row, Standing

DAY = date(2026, 3, 2)
PROVINCE, CITY, COUNTY, STATION, OTHER = 1, 2, 3, 4, 9
CHAIN = (STATION, COUNTY, CITY, PROVINCE)
SG = Row(900, "edition", "SG", "edition")


def line(pk: int, value: object, unit: int | None = None, edition: str = "", **span: date) -> Row:
    return Row(pk, "k", value, "h", unit_id=unit, edition=edition, **span)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "wins"),
    [
        pytest.param([line(1, 1)], 1, id="common alone"),
        pytest.param([line(1, 1), line(2, 2, edition="SG")], 2, id="own edition before common"),
        pytest.param([line(1, 1), line(2, 2, edition="CSG")], 1, id="other edition never"),
        pytest.param([line(1, 1, edition="SG"), line(2, 2, PROVINCE)], 2, id="any unit before company-wide edition"),
        pytest.param([line(1, 1, PROVINCE), line(2, 2, COUNTY)], 2, id="nearer unit"),
        pytest.param([line(1, 1, PROVINCE, "SG"), line(2, 2, COUNTY)], 2, id="nearer common before farther edition"),
        pytest.param([line(1, 1, COUNTY), line(2, 2, COUNTY, "SG")], 2, id="on one unit, own edition"),
        pytest.param([line(1, 1, COUNTY, "CSG"), line(2, 2, CITY)], 2, id="nearer unit of the other edition never"),
        pytest.param([line(1, 1), line(2, 2, OTHER)], 1, id="a unit beside the chain never"),
        pytest.param([line(1, 1), line(2, 2, STATION, from_on=DAY + timedelta(1))], 1, id="not yet"),
        pytest.param([line(1, 1), line(2, 2, STATION, from_on=DAY)], 2, id="first day"),
        pytest.param([line(1, 1), line(2, 2, STATION, to_on=DAY)], 1, id="first day after"),
        pytest.param([line(1, 1), line(2, 2, STATION, to_on=DAY + timedelta(1))], 2, id="last day"),
        pytest.param([line(1, 1), line(2, 2, STATION, from_on=DAY, to_on=DAY)], 1, id="withdrawn"),
    ],
)
def test_precedence(rows: list[Row], wins: int) -> None:
    for order in (rows, rows[::-1]):
        book = Book([SG, *order])
        assert book.row("k", CHAIN, DAY).value == wins
        said = book.explain("k", CHAIN, DAY)
        assert said.value == wins
        assert [one.row.id for one in said.candidates if one.standing is Standing.WON] == [wins]
        assert {one.row.id for one in said.candidates} == {row.id for row in rows}


def test_the_edition_of_a_unit_is_a_policy_of_its_own() -> None:
    book = Book(
        [
            SG,
            Row(901, "edition", "CSG", "edition", unit_id=COUNTY),
            line(1, 24, edition="SG"),
            line(2, 12, edition="CSG"),
        ]
    )
    assert book.edition((CITY, PROVINCE), DAY) == "SG"
    assert book.row("k", (CITY, PROVINCE), DAY).value == 24
    assert book.edition(CHAIN, DAY) == "CSG"
    assert book.row("k", CHAIN, DAY).value == 12
    assert book.row("k", (), DAY).value == 24


def test_the_explanation_says_of_every_candidate_why_not() -> None:
    rows = [
        line(1, 1, COUNTY, "SG"),
        line(2, 2, COUNTY),
        line(3, 3, CITY),
        line(4, 4),
        line(5, 5, edition="CSG"),
        line(6, 6, OTHER),
        line(7, 7, STATION, from_on=DAY + timedelta(9)),
        line(8, 8, STATION, to_on=DAY - timedelta(9)),
        line(9, 9, STATION, from_on=DAY - timedelta(3), to_on=DAY - timedelta(3)),
    ]
    said = Book([SG, *rows]).explain("k", CHAIN, DAY)
    assert {one.row.id: one.standing for one in said.candidates} == {
        1: Standing.WON,
        2: Standing.OWN_EDITION,
        3: Standing.NEARER_UNIT,
        4: Standing.NEARER_UNIT,
        5: Standing.OTHER_EDITION,
        6: Standing.OTHER_UNIT,
        7: Standing.NOT_YET,
        8: Standing.ENDED,
        9: Standing.WITHDRAWN,
    }
    assert said.candidates[0].row.id == 1
    assert said.unit_edition == "SG"


def test_a_key_that_holds_nothing_is_missing() -> None:
    book = Book([SG])
    with pytest.raises(PolicyMissing):
        book.row("k", CHAIN, DAY)
    said = book.explain("k", CHAIN, DAY)
    assert said.won is None
    with pytest.raises(PolicyMissing):
        _ = said.value


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Limits:
    hours: float = 1.0
    days: int = 2
    band: tuple[float, float] = (1.0, 2.0)
    colour: Colour = Colour.RED
    on: bool = False


def test_limits_are_overlaid_in_the_fields_own_types() -> None:
    def of(field: str, value: object) -> Row:
        return Row(hash(field) % 1000, f"p.{field}", value, "plain")  # type: ignore[arg-type]

    rows = [of("hours", 3), of("days", 5.0), of("band", [8, 9]), of("colour", "blue"), of("on", True), of("other", 1)]
    limits = Book(rows).overlay(Limits, "p", (), DAY)
    assert limits == Limits(3.0, 5, (8, 9), Colour.BLUE, True)
    assert (type(limits.hours), type(limits.days)) == (float, int)
    assert Book([]).overlay(Limits, "p", (), DAY) == Limits()


days = st.integers(0, 12).map(lambda offset: DAY + timedelta(offset))


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    rows = []
    for pk in range(draw(st.integers(0, 14))):
        from_on = draw(days)
        length = draw(st.none() | st.integers(0, 8))
        rows.append(
            line(
                pk,
                pk,
                draw(st.sampled_from([None, PROVINCE, CITY, COUNTY, STATION, OTHER])),
                draw(st.sampled_from(["", "SG", "CSG"])),
                from_on=from_on,
                to_on=None if length is None else from_on + timedelta(length),  # type: ignore[arg-type]
            )
        )
    return rows


@settings(max_examples=300, deadline=None)
@given(tables(), days, st.sampled_from([(), (PROVINCE,), (COUNTY, CITY, PROVINCE), CHAIN]))
def test_selection_equals_brute_force(rows: list[Row], day: date, chain: tuple[int, ...]) -> None:
    """Walk from the nearest unit up, trying own edition before common: the first step with a running row wins."""

    def covers(row: Row) -> bool:
        span = (row.from_on + timedelta(n) for n in range(30))
        return any(one == day for one in span if row.to_on is None or one < row.to_on)

    wanted: set[int] = set()
    for unit in (*chain, None):
        for edition in ("SG", ""):
            here = {row.id for row in rows if (row.unit_id, row.edition) == (unit, edition) and covers(row)}
            wanted = wanted or here
    found = Book([SG, *rows]).find("k", chain, day)
    assert (found.id in wanted) if found else not wanted
