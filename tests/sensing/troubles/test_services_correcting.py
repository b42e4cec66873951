"""What a person decides about a trouble: confirm, dismiss, move, split, merge; and that it holds."""

from datetime import timedelta
from typing import Any

import pytest

from longzhong.dispatch.matters import selectors as matters
from longzhong.kit.errors import Refused
from longzhong.sensing.outages.models import Outage
from longzhong.sensing.troubles import selectors, services
from longzhong.sensing.troubles.models import Dark, Member, Signal, Trouble
from longzhong.sensing.troubles.rules import Given, NewSignal, SignalKind
from tests.sensing.outages.make import MACHINE, NOW, Place
from tests.sensing.troubles.make import call, hear, troubles

pytestmark = pytest.mark.django_db


def one_line(place: Place) -> Trouble:
    hear(*(call(place, area, minutes) for area in ("A1", "A2", "A3") for minutes in (8, 7, 6)))
    return Trouble.objects.get()


def two_areas(place: Place) -> tuple[Trouble, Trouble]:
    """A1 now, A2 five hours ago: nobody takes them for one."""
    hear(call(place, "A1", 5), call(place, "A1", 4), call(place, "A2", 300), call(place, "A2", 299))
    by = {one.name: one for one in Trouble.objects.all()}
    return by["隆中一台区"], by["隆中二台区"]


def signals_of(trouble: Trouble, area: str = "") -> list[int]:
    rows = Signal.objects.filter(member__trouble=trouble)
    return list((rows.filter(area__code=area) if area else rows).order_by("id").values_list("id", flat=True))


def test_confirmed_it_is_an_outage_and_later_calls_are_explained(place: Place) -> None:
    trouble = one_line(place)
    outage_id = services.confirm(trouble_id=trouble.pk, by=place.who("station"), at=NOW)
    outage = Outage.objects.get(pk=outage_id)
    trouble.refresh_from_db()
    assert (outage.state, outage.source, outage.areas) == ("running", selectors.label(trouble.pk), trouble.areas)
    assert outage.started_at == trouble.began_at
    hear(call(place, "A1", 0))
    trouble.refresh_from_db()
    assert (trouble.state, trouble.signals) == ("confirmed", 10)
    assert not Signal.objects.filter(outage_id=None).exists()
    with pytest.raises(Refused) as refused:
        services.confirm(trouble_id=trouble.pk, by=place.who("station"), at=NOW)
    assert refused.value.code == "wrong_state"


def test_confirming_joins_the_outage_that_is_known_there(place: Place) -> None:
    hear(call(place, "A1", 9), call(place, "A1", 8))
    known = place.fault(areas="A1")
    assert services.confirm(trouble_id=Trouble.objects.get().pk, by=MACHINE, at=NOW) == known.pk
    assert Outage.objects.count() == 1


def test_one_customer_or_no_device_is_not_confirmed(place: Place) -> None:
    hear(NewSignal(kind=SignalKind.CALL, at=NOW, source="a:1", meter_code="M1"))
    hear(NewSignal(kind=SignalKind.CALL, at=NOW, source="a:2"))
    codes = []
    for trouble in Trouble.objects.order_by("id"):
        if not trouble.device:
            Trouble.objects.filter(pk=trouble.pk).update(level="area")
        with pytest.raises(Refused) as refused:
            services.confirm(trouble_id=trouble.pk, by=MACHINE, at=NOW)
        codes.append(refused.value.code)
    assert codes == ["single_customer", "device_missing"]
    assert not Outage.objects.exists()


def test_dismissed_with_a_reason_its_signals_make_no_new_trouble(place: Place) -> None:
    hear(call(place, "A1", 5), call(place, "A1", 4))
    trouble = Trouble.objects.get()
    for reason, code in (("", "reason_missing"), ("打13800138001核实", "personal_data_in_text")):
        with pytest.raises(Refused) as refused:
            services.dismiss(trouble_id=trouble.pk, reason=reason, by=place.who("desk"), at=NOW)
        assert refused.value.code == code
    services.dismiss(trouble_id=trouble.pk, reason="户内开关跳闸", by=place.who("desk"), at=NOW)
    services.regroup(feeder_ids=[place.net.feeders["F1"]], by=MACHINE, at=NOW)
    assert Trouble.objects.get().state == "dismissed"
    hear(call(place, "A1", 1))
    assert Trouble.objects.filter(state="open").get().signals == 1
    assert "户内开关跳闸" in str([card.words for card in matters.steps(selectors.label(trouble.pk))])


def test_a_split_holds_against_regrouping(place: Place) -> None:
    trouble = one_line(place)
    new = services.split(trouble_id=trouble.pk, signal_ids=signals_of(trouble, "A1"), by=place.who("station"), at=NOW)
    made = Trouble.objects.get(pk=new)
    assert (made.device, made.level, made.corrected) == (f"area:{place.net.areas['A1']}", "area", True)
    for _ in range(2):
        services.regroup(feeder_ids=[place.net.feeders["F1"]], by=MACHINE, at=NOW)
    assert sorted(signals_of(made, "A1")) == sorted(signals_of(made))
    assert len(signals_of(trouble)) == 6
    assert list(Dark.objects.filter(trouble=made).values_list("area__code", flat=True)) == ["A1"]
    hear(call(place, "A3", 1))
    assert Trouble.objects.filter(state="open").count() == 2


def test_a_merge_holds_and_names_the_device_above(place: Place) -> None:
    one, other = two_areas(place)
    services.merge(trouble_id=one.pk, other_id=other.pk, by=place.who("station"), at=NOW)
    services.regroup(feeder_ids=[place.net.feeders["F1"]], by=MACHINE, at=NOW)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, one.signals, other.state, other.signals) == ("open", 4, "closed", 0)
    assert one.device == f"section:{place.net.sections['S2']}", "S2 is the lowest above A1 and A2"
    assert set(Dark.objects.filter(trouble=one).values_list("area__code", flat=True)) == {"A1", "A2", "A3"}
    assert one.evidence["fixed"] == 4


def test_a_moved_signal_stays_where_it_was_put(place: Place) -> None:
    one, other = two_areas(place)
    moved = signals_of(one)[:1]
    services.move_signals(trouble_id=one.pk, signal_ids=moved, other_id=other.pk, by=place.who("desk"), at=NOW)
    hear(call(place, "A1", 1))
    assert Member.objects.get(signal=moved[0]).trouble_id == other.pk
    assert Member.objects.get(signal=moved[0]).fixed
    other.refresh_from_db()
    assert (other.signals, other.corrected) == (3, True)


def test_who_may_not_and_what_cannot_be(place: Place) -> None:
    trouble = one_line(place)
    mine = signals_of(trouble)

    def code(act: Any, **given: Any) -> str:
        with pytest.raises(Refused) as refused:
            act(trouble_id=trouble.pk, at=NOW, **given)
        return refused.value.code

    station = place.who("station")
    assert code(services.confirm, by=place.who("desk")) == "not_allowed"
    assert code(services.confirm, by=place.who("station", "420606")) == "not_found"
    assert code(services.split, signal_ids=[], by=station) == "signal_unknown"
    assert code(services.split, signal_ids=[2**40], by=station) == "signal_unknown"
    assert code(services.split, signal_ids=mine, by=station) == "nothing_left"
    assert code(services.merge, other_id=trouble.pk, by=station) == "same_trouble"
    assert code(services.merge, other_id=2**40, by=station) == "not_found"
    steps = {"key": "test-key-1", "by": station}
    assert code(services.take_step, verb="fly", given=Given(), **steps) == "no_such_move"
    assert code(services.take_step, verb="merge", given=Given(), **steps) == "field_missing"
    assert troubles() == {trouble.device: ["A1"] * 3 + ["A2"] * 3 + ["A3"] * 3}


def test_a_repeated_post_acts_once(place: Place) -> None:
    trouble = one_line(place)
    given = Given(signals=tuple(signals_of(trouble, "A1")))
    for _ in range(2):
        services.take_step(
            trouble_id=trouble.pk, verb="split", given=given, key="split-key-1", by=place.who("station"), at=NOW
        )
    assert Trouble.objects.count() == 2
    assert NOW - trouble.began_at < timedelta(hours=1)
