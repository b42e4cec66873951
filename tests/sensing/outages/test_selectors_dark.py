"""What curves show of a known outage is no news: neither an alert nor a signal of another outage."""

from datetime import datetime, timedelta

import pytest

from longzhong.cases.alerts import services as alerts
from longzhong.cases.alerts.models import Alert
from longzhong.cases.alerts.rules import Sighting
from longzhong.kit import outbox
from longzhong.sensing.curves.events import FaultFound
from longzhong.sensing.outages import selectors, services
from longzhong.sensing.outages.rules import Kind, PastOutage
from longzhong.sensing.troubles.models import Signal
from tests.sensing.outages.make import MACHINE, Place, at

pytestmark = pytest.mark.django_db
DAY = at("03-01 00:00").date()
NEXT_NIGHT = at("03-02 03:00")


def off(place: Place, areas: str, start: str, end: str) -> None:
    past = PastOutage(
        kind=Kind.FAULT, reason_code="unknown", started_at=at(start), restored_at=at(end), source=f"tests.past:{areas}{start}",
        devices=place.off(areas=areas),
    )  # fmt: skip
    services.record_outage(past=past, by=MACHINE, at=at("03-02 02:00"))


def found(place: Place, area: str, slots: int, when: datetime = NEXT_NIGHT) -> FaultFound:
    return FaultFound(
        area_id=place.net.areas[area], unit_id=place.unit("42060201"), grid_id=None, kind="dead", day=DAY, slots=slots,
        duration_class="", worst=0.0, beyond_pct=100.0, meters=1, days_abnormal=1, days_window=7, at=when,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "since", "out"),
    [
        ("03-01 07:59", "", ""),
        ("03-01 08:00", "", "A1"),
        ("03-01 09:59", "", "A1"),
        ("03-01 10:00", "", ""),
        ("03-01 21:00", "03-01 00:00", "A1 A2"),
        ("03-01 23:59", "03-01 23:00", "A2"),
    ],
)
def test_which_areas_were_out_when(place: Place, moment: str, since: str, out: str) -> None:
    off(place, "A1", "03-01 08:00", "03-01 10:00")
    off(place, "A2", "03-01 20:00", "03-02 01:00")
    begin = at(since) if since else None
    assert selectors.areas_out_at(at(moment), since=begin) == place.areas(*out.split())
    assert selectors.areas_out_at(at(moment), [place.net.areas["A3"]], since=begin) == frozenset()


@pytest.mark.parametrize(
    ("minutes", "known"), [(30, True), (4 * 60, True), (5 * 60, True), (5 * 60 + 15, False), (24 * 60, False)]
)
def test_an_outage_explains_its_own_hours_and_one_of_grace(place: Place, minutes: float, known: bool) -> None:
    off(place, "A1", "03-01 08:00", "03-01 10:00")
    off(place, "A1", "03-01 09:00", "03-01 11:00")  # overlaps: not counted twice
    off(place, "A1", "03-01 23:00", "03-02 01:30")  # only its part of the day
    assert selectors.explains_dark(place.net.areas["A1"], DAY, minutes) is known
    assert not selectors.explains_dark(place.net.areas["A2"], DAY, 30), "no outage, no grace"


def test_a_dead_area_of_a_known_outage_raises_nothing_and_an_unknown_one_does(place: Place) -> None:
    off(place, "A1", "03-01 08:00", "03-01 10:00")
    known, unknown = found(place, "A1", slots=8), found(place, "A2", slots=8)
    for fact in (known, unknown):
        outbox.tell(fact)
    outbox.deliver_all(twice=True)
    assert list(Alert.objects.values_list("area__code", "kind")) == [("A2", "dead")]
    assert list(Signal.objects.values_list("area__code", flat=True)) == ["A2"]
    longer = Sighting(
        area_id=place.net.areas["A1"], unit_id=place.unit("42060201"), grid_id=None, kind="dead", day=DAY + timedelta(days=0),
        days_abnormal=1, days_window=7, beyond_pct=100.0, slots=40,
    )  # fmt: skip
    assert alerts.raise_alert(sighting=longer, by=MACHINE, at=NEXT_NIGHT) is not None, "dark for longer than the outage"
