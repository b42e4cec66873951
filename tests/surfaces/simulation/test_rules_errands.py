"""How errands of the demo county go: most in time, a few late or forgotten, some find nobody first; the same for ever."""

from datetime import UTC, datetime, timedelta

from longzhong.surfaces.simulation.rules.errands import walk_of

OPENED = datetime(2026, 8, 6, 1, tzinfo=UTC)
DUE = OPENED + timedelta(hours=24)
WALKS = [walk_of(11, number, OPENED, DUE) for number in range(1, 2001)]


def test_most_are_in_time_a_few_late_some_forgotten() -> None:
    gone = [walk.at for walk in WALKS if walk.at is not None]
    late = [at for at in gone if at > DUE]
    assert 0.02 < 1 - len(gone) / len(WALKS) < 0.07
    assert 0.08 < len(late) / len(gone) < 0.16
    assert min(gone) > OPENED and max(late) < DUE + timedelta(hours=12)


def test_a_paper_is_left_at_a_door_only_after_two_vain_tries() -> None:
    assert {walk.vain for walk in WALKS} == {0, 1, 2}
    assert {walk.receipt for walk in WALKS} == {"signed", "agent", "refused", "absent"}
    assert all((walk.receipt == "absent") == (walk.vain == 2) for walk in WALKS)
    assert sum(walk.receipt == "signed" for walk in WALKS) > 1200


def test_chance_is_asked_once() -> None:
    assert walk_of(11, 7, OPENED, DUE) == WALKS[6] != walk_of(12, 7, OPENED, DUE)
