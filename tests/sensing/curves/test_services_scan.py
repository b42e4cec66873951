"""A day's scan: findings, areas, facts; safe twice; bad meters apart from a bad grid; what a clean day proves."""

from datetime import date, timedelta

import numpy as np
import pytest

from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact
from longzhong.sensing.curves import selectors, services
from longzhong.sensing.curves.models import AreaDay, AreaFault, Correction, Finding, ScanRun
from tests.register.network.make import DAY, MACHINE, NOW, Net, network
from tests.sensing.curves.county import area_table, customer_table, keep
from tests.sensing.curves.make import NAN, area_day, day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lake_folder")]
LOW = day(222, (190, 70, 80))


@pytest.fixture
def net() -> Net:
    return network()


def scan(of: date = DAY) -> ScanRun:
    return services.scan_day(day=of, by=MACHINE, at=NOW)


def facts(name: str) -> list[dict]:
    return [fact.body for fact in Fact.objects.filter(name=name).order_by("id")]


def found(kind: str, **where: object) -> list[tuple[str, str]]:
    return list(
        Finding.objects.filter(kind=kind, **where).order_by("meter_code", "day").values_list("meter_code", "verdict")
    )


def test_a_low_voltage_customer_becomes_a_finding_a_fault_and_a_fact(net):
    keep(
        DAY,
        customers={"M1": LOW, "M2": day(221), "M3": day(223)},
        areas={"T1": area_day(), "T2": area_day(), "T3": area_day()},
    )
    run = scan()
    assert found("low_voltage", verdict="abnormal") == [("M1", "abnormal")]
    fault = AreaFault.objects.get()
    assert (fault.area_id, fault.kind, fault.meters, fault.worst, fault.first, fault.last) == (
        net.areas["A1"], "low_voltage", 1, 190.0, 70, 79,
    )  # fmt: skip
    told = facts("FaultFound")
    assert [(one["area_id"], one["kind"], one["days_abnormal"], one["days_window"]) for one in told] == [
        (net.areas["A1"], "low_voltage", 1, 7)
    ]
    assert told[0]["unit_id"] == net.city.units["42060201"]
    assert told[0]["beyond_pct"] == pytest.approx(4.04)
    assert [one["day"] for one in facts("DayScanned")] == [DAY.isoformat()]
    assert (run.curves, run.faults) == (3 + 3 * 8, 1)


def test_a_scan_is_safe_twice(net):
    keep(DAY, customers={"M1": LOW}, areas={"T1": area_day()})
    scan()
    before = list(
        Finding.objects.order_by("meter_code", "kind", "phase").values_list("meter_code", "kind", "verdict", "conf")
    )
    scan()
    assert (
        list(
            Finding.objects.order_by("meter_code", "kind", "phase").values_list("meter_code", "kind", "verdict", "conf")
        )
        == before
    )
    assert AreaFault.objects.count() == 1
    assert AreaFault.objects.get().days_abnormal == 1


def test_late_readings_replace_and_the_day_is_due_again(net):
    keep(DAY, customers={"M1": day(222, (NAN, 40, 60))})
    assert services.scan_due(by=MACHINE, at=NOW) == [DAY]
    assert found("gap") == [("M1", "abnormal"), ("M2", "abnormal"), ("M3", "abnormal")]
    assert services.scan_due(by=MACHINE, at=NOW) == []
    keep(DAY, customers={"M1": LOW}, minutes=30)
    assert Correction.objects.get().slots_late == 20
    assert services.scan_due(by=MACHINE, at=NOW) == [DAY]
    assert found("gap", meter_code="M1") == []
    assert found("low_voltage", verdict="abnormal") == [("M1", "abnormal")]


def test_a_run_over_midnight_is_found_on_the_day_on_which_it_is_long_enough(net):
    keep(DAY, customers={"M1": day(222, (190, 93, 96))})
    keep(DAY + timedelta(days=1), customers={"M1": day(222, (190, 0, 2))})
    assert services.scan_due(by=MACHINE, at=NOW) == [DAY, DAY + timedelta(days=1)]
    assert [row.day for row in Finding.objects.filter(kind="low_voltage", verdict="abnormal")] == [
        DAY + timedelta(days=1)
    ]


def test_corrected_evening_makes_the_next_day_due_only_if_its_start_changes(net):
    tomorrow = DAY + timedelta(days=1)
    keep(DAY, customers={"M1": day(222, (190, 93, 96))})
    keep(tomorrow, customers={"M1": day(222)})
    services.scan_due(by=MACHINE, at=NOW)
    keep(DAY, customers={"M1": day(222, (190, 93, 96), (190, 20, 30))}, minutes=10)
    assert services.scan_due(by=MACHINE, at=NOW) == [DAY]
    keep(DAY, customers={"M1": day(222)}, minutes=20)
    assert services.scan_due(by=MACHINE, at=NOW) == [DAY, tomorrow]


def test_a_bad_meter_is_not_a_bad_grid(net):
    stuck = np.full(96, 185.0, dtype=np.float32)
    for n in range(2):
        keep(DAY + timedelta(days=n), customers={"M1": stuck, "M2": day(221)}, areas={"T1": area_day()})
        scan(DAY + timedelta(days=n))
    assert found("flat") == [("M1", "abnormal"), ("M1", "abnormal")]
    assert found("low_voltage", meter_code="M1", verdict="abnormal") == []
    assert not AreaFault.objects.exists()
    assert [
        (one["meter"], one["kind"], one["days_abnormal"]) for one in facts("QualityFound") if one["kind"] == "flat"
    ] == [("M1", "flat", 2)]


def test_a_dead_area_blames_no_meter_and_a_dead_area_meter_no_grid(net):
    dead = area_day(
        **{f"u{c}": day(230, (0.0, 30, 60)) for c in "abc"}, **{f"i{c}": day(60, (0.0, 30, 60)) for c in "abc"}
    )
    keep(
        DAY,
        customers={"M1": day(222, (0.0, 30, 60)), "M2": day(221, (0.0, 30, 60)), "M3": day(220)},
        areas={"T1": dead, "T2": dead},
    )
    scan()
    assert list(AreaFault.objects.values_list("area_id", "kind")) == [(net.areas["A1"], "dead")]
    assert found("zero", verdict="abnormal") == [("T2", "abnormal")]
    assert facts("FaultFound")[0]["beyond_pct"] == 100.0


def test_a_silent_area_is_told_by_its_own_meter_only(net):
    nothing = np.full(96, NAN, dtype=np.float32)
    silent = dict.fromkeys(area_day(), nothing)
    keep(DAY, customers={"M1": nothing, "M3": day(220)}, areas={"T1": silent, "T2": area_day(), "T3": area_day()})
    scan()
    assert found("gap", meter_code__startswith="M") == []
    assert {code for code, _ in found("gap")} == {"T1"}
    verdict = selectors.day_verdicts(DAY, [(net.areas["A1"], "dead")])[net.areas["A1"], "dead"]
    assert verdict.verdict == "undetermined"


def test_what_a_clean_day_proves(net):
    """Normal only if every meter that was abnormal before is normal now; the load is that of the fault's hours."""
    area = net.areas["A1"]
    heavy = area_day(p=day(90, (180, 68, 84)), q=day(10))
    keep(DAY, customers={"M1": LOW, "M2": day(221)}, areas={"T1": heavy})
    keep(DAY + timedelta(days=1), customers={"M1": day(222), "M2": day(221)}, areas={"T1": area_day()})
    keep(DAY + timedelta(days=2), customers={"M1": day(222, (NAN, 60, 80)), "M2": day(221)}, areas={"T1": heavy})
    keep(DAY + timedelta(days=3), customers={"M2": day(221)}, areas={"T1": heavy})
    for n in range(4):
        scan(DAY + timedelta(days=n))
    days = selectors.verdicts(area, "low_voltage", [DAY + timedelta(days=n) for n in range(5)])
    assert [(one.verdict, one.meters_abnormal) for one in days] == [
        ("abnormal", 1), ("normal", 0), ("undetermined", 0), ("undetermined", 0), ("undetermined", 0),
    ]  # fmt: skip
    assert days[0].load_kw == pytest.approx(180.5, abs=0.2)
    assert days[1].load_kw == pytest.approx(41.9, abs=1)
    assert days[4].load_kw is None


def test_over_voltage_is_measured_by_what_customers_feed_back(net):
    high, feed = day(222, (240, 44, 54)), day(0.5, (-4.0, 40, 60))
    keep(DAY, customers={"M1": high}, powers={"M1": feed}, areas={"T1": area_day()})
    scan()
    verdict = selectors.day_verdicts(DAY, [(net.areas["A1"], "over_voltage")])[net.areas["A1"], "over_voltage"]
    assert (verdict.verdict, verdict.meters_abnormal, verdict.load_kw) == ("abnormal", 1, 4.0)


def test_persistence_counts_days_in_the_window(net):
    for n in range(4):
        keep(DAY + timedelta(days=n), customers={"M1": LOW if n != 1 else day(222)}, areas={"T1": area_day()})
        scan(DAY + timedelta(days=n))
    assert [row.days_abnormal for row in AreaFault.objects.order_by("day")] == [1, 2, 3]
    assert [
        row.days_abnormal for row in Finding.objects.filter(kind="low_voltage", meter_code="M1").order_by("day")
    ] == [1, 2, 3]
    keep(DAY, customers={"M1": day(222)}, minutes=50)
    scan(DAY)
    assert AreaFault.objects.filter(day=DAY).count() == 0


def test_meters_of_other_people_stay_unseen(net):
    keep(DAY, customers={"M1": LOW, "M3": LOW}, areas={"T1": area_day(), "T2": area_day()})
    scan()
    nobody = Actor(user_id=7, staff_id=None, name="nobody")
    assert selectors.visible_to(nobody).count() == 0
    assert selectors.findings(MACHINE, DAY, DAY).filter(kind="low_voltage", verdict="abnormal").count() == 2
    assert set(selectors.abnormal_groups(MACHINE, DAY, DAY)) == {
        (net.areas["A1"], "low_voltage"), (net.areas["A2"], "low_voltage"),
    }  # fmt: skip
    assert selectors.abnormal_groups(nobody, DAY, DAY).count() == 0


def test_meter_verdicts_speak_of_one_meter(net):
    keep(DAY, customers={"M1": np.full(96, 221.0, dtype=np.float32), "M2": day(221)})
    scan()
    told = selectors.meter_verdicts(DAY, [("M1", "flat"), ("M2", "flat"), ("M3", "flat"), ("M3", "gap")])
    assert [told[pair].verdict for pair in sorted(told)] == ["abnormal", "normal", "undetermined", "abnormal"]


def test_unknown_meters_are_judged_too(net):
    keep(DAY, customers={"X9": LOW})
    scan()
    row = Finding.objects.get(meter_code="X9", kind="low_voltage")
    assert (row.meter_id, row.area_id, row.verdict) == (None, None, "abnormal")


def test_curves_to_draw_keep_their_gaps(net):
    keep(DAY, customers={"M1": day(222, (NAN, 3, 5))}, areas={"T1": area_day()})
    drawn = selectors.meter_curves("M1", DAY, DAY + timedelta(days=1))
    assert len(drawn.times) == 192
    assert drawn.lines["u_A"][2:6] == [222.2, None, None, 222.5]
    assert drawn.lines["u_A"][96:] == [None] * 96
    assert not selectors.area_curves(net.areas["A1"], DAY, DAY).empty
    assert selectors.area_curves(net.areas["A2"], DAY, DAY).empty


def test_refusals(net):
    with pytest.raises(Refused, match="no_curves_of_day"):
        scan(DAY)
    with pytest.raises(Refused, match="not_allowed"):
        services.scan_day(day=DAY, by=Actor(user_id=7, staff_id=None, name="nobody"), at=NOW)
    table = customer_table(DAY, {"M1": LOW})
    with pytest.raises(Refused, match="unknown_curve_kind"):
        services.keep_readings(kind="feeder", table=table, received_at=NOW, by=MACHINE, at=NOW)
    with pytest.raises(Refused, match="not_a_curve_table"):
        services.keep_readings(
            kind="area", table=area_table(DAY, {}).drop_columns(["day"]), received_at=NOW, by=MACHINE, at=NOW
        )


def test_every_area_gets_its_day(net):
    keep(
        DAY,
        customers={"M1": LOW, "M2": day(221), "M3": day(222)},
        areas={"T1": area_day(), "T2": area_day(), "T3": area_day()},
    )
    scan()
    letters = dict(AreaDay.objects.values_list("area__code", "verdicts"))
    assert letters == {"A1": "ANNNNNN", "A2": "NNNNNNN", "A3": "NNNNNNN"}
