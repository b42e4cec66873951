"""Signals come in, twice, wrong, unplaced; they are grouped, attached, and keep their trouble."""

from datetime import timedelta

import pytest

from longzhong.kit.errors import Refused
from longzhong.kit.outbox import deliver_all
from longzhong.register.categories import selectors as categories
from longzhong.register.categories.services import keep_categories
from longzhong.sensing.outages import services as outages
from longzhong.sensing.troubles import selectors, services
from longzhong.sensing.troubles.models import Dark, Member, Signal, Trouble
from longzhong.sensing.troubles.rules import NewSignal, NoPower, SignalKind
from tests.sensing.outages.make import MACHINE, NOW, Place
from tests.sensing.troubles.make import call, hear, troubles

pytestmark = pytest.mark.django_db


def test_calls_of_one_area_are_one_trouble_with_its_evidence(place: Place) -> None:
    hear(call(place, "A1", 9), call(place, "A1", 7), call(place, "A1", 4))
    trouble = Trouble.objects.get()
    assert (trouble.level, trouble.device) == ("area", f"area:{place.net.areas['A1']}")
    assert trouble.evidence["kinds"] == {"call": 3}
    assert (trouble.signals, trouble.accounts, trouble.unit_id) == (3, 2, place.unit("42060201"))
    assert NOW - timedelta(minutes=11) < trouble.began_at <= NOW - timedelta(minutes=9)
    (told,) = selectors.open_for([place.net.areas["A1"]], NOW)[place.net.areas["A1"]]
    assert (told.id, told.name, told.confidence, told.signals) == (trouble.pk, "隆中一台区", trouble.confidence, 3)
    assert "3 条反映" in told.words
    assert "隆中一台区" not in told.answer, "a device that nobody has confirmed isn't told to callers"
    assert selectors.open_for([place.net.areas["A2"]], NOW) == {}


def test_calls_of_all_areas_are_one_line(place: Place) -> None:
    hear(*(call(place, area, minutes) for area in ("A1", "A2", "A3") for minutes in (8, 6, 5)))
    trouble = Trouble.objects.get()
    assert trouble.level in ("section", "feeder")
    assert trouble.areas == 3
    assert Dark.objects.filter(trouble=trouble, spoke=True).count() == 3
    assert trouble.confidence > 0.9


def test_heard_twice_changes_nothing(place: Place) -> None:
    one = call(place, "A1", 5, source="test.call:same")
    assert len(hear(one)) == 1
    assert hear(one, one) == []
    assert Signal.objects.count() == Trouble.objects.count() == 1
    other = NewSignal(kind=SignalKind.MISSING, at=one.at, source=one.source, area_id=one.area_id)
    assert len(hear(other)) == 1, "the kind belongs to the name"


def test_new_calls_attach_themselves_and_the_trouble_keeps_its_page(place: Place) -> None:
    hear(call(place, "A1", 20), call(place, "A1", 18))
    first = Trouble.objects.get().pk
    hear(call(place, "A1", 3))
    assert Trouble.objects.get().pk == first
    hear(*(call(place, area, minutes) for area in ("A2", "A3") for minutes in (19, 18, 17)))
    trouble = Trouble.objects.get(state="open")
    assert (trouble.pk, trouble.areas) == (first, 3)
    again = services.regroup(feeder_ids=[place.net.feeders["F1"]], by=MACHINE, at=NOW)
    assert again == []
    assert troubles() == {trouble.device: ["A1"] * 3 + ["A2"] * 3 + ["A3"] * 3}


def test_the_area_follows_from_the_meter(place: Place) -> None:
    hear(NewSignal(kind=SignalKind.LAST_GASP, at=NOW, source="meter:1", meter_code="M1"))
    assert Signal.objects.get().area_id == place.net.areas["A1"]
    hear(NewSignal(kind=SignalKind.LAST_GASP, at=NOW, source="meter:2", meter_code="nobody"))
    assert Signal.objects.get(source="meter:2").area_id is None
    assert selectors.board(MACHINE).count() == 2


def test_an_unknown_and_a_wrong_area_are_read_from_the_position(place: Place) -> None:
    known = [call(place, "A1", minutes) for minutes in (9, 8, 7)]
    lost = call(place, "", 6, lat=32.001, lon=112.001)
    hear(*known, lost)
    assert Trouble.objects.get().signals == 4
    assert Trouble.objects.get().evidence["unknown"] == 1
    far = call(place, "A1", 5, lat=33.5, lon=113.5)
    hear(far)
    trouble = Trouble.objects.exclude(device="").get()
    assert far.source not in Signal.objects.filter(member__trouble=trouble).values_list("source", flat=True)


def test_a_feeder_event_blames_the_feeder_though_few_call(place: Place) -> None:
    hear(NewSignal(kind=SignalKind.FEEDER_EVENT, at=NOW - timedelta(minutes=30), source="scada:1", feeder_code="F1"))
    trouble = Trouble.objects.get()
    assert (trouble.device, trouble.areas) == (f"feeder:{place.net.feeders['F1']}", 3)
    hear(call(place, "A2", 12))
    assert Trouble.objects.get().signals == 2
    section = NewSignal(kind=SignalKind.FEEDER_EVENT, at=NOW, source="scada:2", section_code="S4")
    hear(section)
    assert Signal.objects.get(source="scada:2").device == f"section:{place.net.sections['S4']}"


def test_a_running_outage_explains_new_signals(place: Place) -> None:
    outage = place.fault(areas="A1", started_at=NOW - timedelta(minutes=30))
    hear(call(place, "A1", 5), call(place, "A2", 4))
    assert Signal.objects.get(area__code="A1").outage_id == outage.pk
    assert troubles() == {f"area:{place.net.areas['A2']}": ["A2"]}


def test_a_registered_outage_explains_open_troubles_and_closes_them(place: Place) -> None:
    hear(call(place, "A1", 9), call(place, "A1", 8))
    deliver_all(twice=True)
    outage = place.fault(areas="A1", started_at=NOW - timedelta(minutes=9))
    deliver_all(twice=True)
    trouble = Trouble.objects.get()
    assert (trouble.state, trouble.outage_id) == ("confirmed", outage.pk)
    outages.restore(outage_id=outage.pk, by=MACHINE, at=NOW)
    deliver_all(twice=True)
    trouble.refresh_from_db()
    assert trouble.state == "closed"


def test_a_no_power_case_is_a_signal_and_another_case_is_none(place: Place) -> None:
    keep_categories(by=MACHINE, at=NOW)
    area = place.net.areas["A1"]
    for number, code in enumerate(("repair.lv.single_out", "repair.quality.low")):
        report = NoPower(
            source=f"hotline.case:{number}", category_id=categories.category(code).id, account_id=None, area_id=area
        )
        services.hear_no_power(report=report, by=MACHINE, at=NOW)
        services.hear_no_power(report=report, by=MACHINE, at=NOW)
    assert list(Signal.objects.values_list("source", "kind")) == [("hotline.case:0", "call")]


def test_old_troubles_are_closed(place: Place) -> None:
    hear(call(place, "A1", 9))
    assert services.close_old(by=MACHINE, at=NOW + timedelta(hours=11)) == 0
    assert services.close_old(by=MACHINE, at=NOW + timedelta(hours=12)) == 1
    assert services.close_old(by=MACHINE, at=NOW + timedelta(hours=13)) == 0
    hear(call(place, "A1", 8))
    assert Member.objects.filter(trouble__state="open").count() == 1, "what is over takes no new signals"


@pytest.mark.parametrize(
    ("signals", "by", "code"),
    [
        ([{"minutes": -5}], "", "time_out_of_order"),
        ([{}] * 5001, "", "too_many_signals"),
        ([{}], "grid", "not_allowed"),
    ],
)
def test_refusals(place: Place, signals: list[dict[str, float]], by: str, code: str) -> None:
    who = place.who(by) if by else MACHINE
    with pytest.raises(Refused) as refused:
        hear(*(call(place, "A1", **one) for one in signals), by=who)
    assert refused.value.code == code
    assert not Signal.objects.exists()
