"""Open the errands of a telling: a written notice for each important customer, a posting for each estate and village."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.rules import Limit, Measure
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.sensing.announcements import selectors
from longzhong.sensing.announcements.models import Errand, Round
from longzhong.sensing.announcements.rules import ERRAND_LABELS, Audience, State
from longzhong.sensing.announcements.rules import Errand as Kind
from longzhong.sensing.announcements.selectors import Preview

CLOCK = "errand"
FALLEN = (State.VOID, State.OUTDATED)


def open_errands(*, row: Round, look: Preview, by: Actor, at: datetime) -> int:
    """Write the errands with number, clock and first step; returns how many. The caller holds the outage's telling."""
    made: list[Errand] = []
    if Audience.PAPERS in row.audiences:
        made += [
            Errand(kind=Kind.WRITTEN, account_id=one.account_id, unit_id=one.unit_id, grid_id=one.grid_id, owner_id=one.owner_id)
            for one in look.papers
        ]  # fmt: skip
    if Audience.POSTINGS in row.audiences:
        made += [
            Errand(kind=Kind.POSTING, place=one.spot.place, accounts=one.spot.accounts, unit_id=one.spot.unit_id,
                   grid_id=one.spot.grid_id, owner_id=one.owner_id)
            for one in look.spots
        ]  # fmt: skip
    before = _before(row.outage_id)
    for one in made:
        one.round, one.outage_id, one.opened_at, one.due_at = row, row.outage_id, at, look.due_at
        one.replaces_id = before.get((one.kind, one.account_id, one.place, None if one.account_id else one.grid_id))
    Errand.objects.bulk_create(made)
    for one in made:
        one.number = f"GZ{civil_day(at):%Y%m%d}{one.pk:06d}"
    Errand.objects.bulk_update(made, ["number"])
    _begin(made, by, at)
    return len(made)


def _begin(made: Sequence[Errand], by: Actor, at: datetime) -> None:
    minutes = {one.pk: max((one.due_at - at) / timedelta(minutes=1), 1) for one in made}
    matters.start_clocks(
        clocks=[
            matters.NewClock(
                matter=selectors.label(one.pk), name=CLOCK, label=ERRAND_LABELS[Kind(one.kind)], unit_id=one.unit_id,
                owner_id=one.owner_id, promise=Limit(minutes[one.pk], Measure.MINUTES),
                title=_("%(kind)s %(number)s") % {"kind": ERRAND_LABELS[Kind(one.kind)], "number": one.number},
            )
            for one in made
        ],
        by=by, at=at,
    )  # fmt: skip
    for one in made:
        data = {"round": one.round_id, "due_at": one.due_at, "owner": one.owner_id, "replaces": one.replaces_id}
        matters.add_step(matter=selectors.label(one.pk), step=matters.NewStep("open", data), by=by, at=at)


def _before(outage_id: int) -> dict[tuple[str, int | None, str, int | None], int]:
    """The last errand that fell for each account and place."""
    rows = Errand.objects.filter(outage=outage_id, state__in=FALLEN).order_by("id")
    return {
        (kind, account, place, None if account else grid): pk
        for pk, kind, account, place, grid in rows.values_list("pk", "kind", "account_id", "place", "grid_id")
    }
