"""The demo county's people bring papers and postings out with evidence, through the same services as a person; a few stay."""

from datetime import timedelta

import pytest

from longzhong.dispatch.matters import selectors as matters
from longzhong.sensing.announcements import selectors
from longzhong.sensing.announcements.models import Errand
from longzhong.sensing.announcements.rules import Audience
from longzhong.surfaces.simulation.rules.errands import walk_of
from longzhong.surfaces.simulation.services.walking import walk
from tests.sensing.announcements.make import HOUR, NOW, Here, tell, temporary

pytestmark = pytest.mark.django_db


def seed_where_all_go() -> int:
    """A seed by which every errand that stands is walked within two days: numbers of rows differ from run to run, so would luck."""
    rows = list(Errand.objects.all())

    def all_go(seed: int) -> bool:
        courses = [walk_of(seed, row.pk, row.opened_at, row.due_at) for row in rows]
        return all(one.at is not None and one.at <= NOW + 44 * HOUR for one in courses)

    return next(seed for seed in range(1000) if all_go(seed))


def test_errands_of_a_plan_are_done_with_photo_and_receipt(here: Here) -> None:
    tell(here, temporary(here), audiences=(Audience.PAPERS, Audience.POSTINGS))
    rows, seed = list(Errand.objects.order_by("id")), seed_where_all_go()
    steps = [walk(seed=seed, own_cell="", last_night=NOW + 60 * HOUR, at=NOW + n * HOUR) for n in range(1, 48)]
    assert sum(steps) >= len(rows)
    for row in rows:
        row.refresh_from_db()
        course = walk_of(seed, row.pk, row.opened_at, row.due_at)
        assert course.at is not None
        assert row.state == ("served" if row.kind == "written" else "posted"), row.kind
        assert row.done_at is not None and row.done_at >= course.at
        assert row.receipt == (course.receipt if row.kind == "written" else "")
        assert row.tries == (course.vain if row.kind == "written" else 0)
        steps = matters.steps(selectors.label(row.pk))
        assert any(one.files for one in steps), "a photo is kept"
        if row.kind == "posting" and row.grid_id:
            assert (row.lat is not None, row.no_place) == (True, False)


def test_the_logins_own_new_errands_are_left_to_a_person(here: Here) -> None:
    tell(here, temporary(here), audiences=(Audience.POSTINGS,))
    own = Errand.objects.exclude(grid=None).first()
    assert own is not None and own.grid is not None
    seed = seed_where_all_go()
    for n in range(1, 48):
        walk(seed=seed, own_cell=own.grid.code, last_night=NOW + timedelta(days=1), at=NOW + n * HOUR)
    assert set(Errand.objects.filter(grid=own.grid).values_list("state", flat=True)) == {"open"}
    assert not Errand.objects.exclude(grid=own.grid).filter(state="open").exists()
