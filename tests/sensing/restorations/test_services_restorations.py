"""Said at each stage, kept as it came out, adopted by a person; trained on the past and judged on the latest."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from longzhong.dispatch.crews.models import JobNote
from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.rules import Place as OrderPlace
from longzhong.kit import clock
from longzhong.kit.errors import Refused
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.models import Outage
from longzhong.sensing.restorations import jobs, selectors, services
from longzhong.sensing.restorations.engines.store import load
from longzhong.sensing.restorations.models import Estimate, RestorationModel
from longzhong.sensing.restorations.rules import ModelState, Stage
from tests.register.org.make import MACHINE, NOW
from tests.sensing.outages.make import Place, a_place
from tests.sensing.restorations.make import AT, history, soon

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stopped(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.VAR = tmp_path
    load.cache_clear()
    with clock.frozen(NOW):
        yield


@pytest.fixture
def place() -> Place:
    return a_place()


def follow(outage: Outage) -> None:
    services.follow_outage(outage_id=outage.pk, by=MACHINE, at=NOW)


def test_without_history_the_table_speaks_and_says_so(place: Place) -> None:
    outage = place.fault(areas="A1")
    follow(outage)
    follow(outage)
    row = Estimate.objects.get(label=outages.label(outage.pk))
    assert (row.version, row.stage) == (0, Stage.REPORTED)
    assert row.low_at < row.median_at < row.high_at
    assert "制度时限" in row.reasons[0]
    assert row.features["device"] == "area"
    plan = place.plan(areas="A2")
    services.follow_outage(outage_id=plan.pk, by=MACHINE, at=NOW)
    assert not Estimate.objects.filter(label=outages.label(plan.pk)).exists(), "a plan has an end of its own"


def test_how_it_came_out_is_kept(place: Place) -> None:
    outage = place.fault(areas="A1")
    follow(outage)
    end = NOW + timedelta(hours=2)
    Outage.objects.filter(pk=outage.pk).update(restored_at=end)
    follow(outage)
    assert Estimate.objects.get(label=outages.label(outage.pk)).restored_at == end
    assert selectors.lived(NOW - timedelta(days=1))[Stage.REPORTED][0] == 1


def test_a_repair_is_said_anew_at_each_stage_and_crews_are_told(place: Place) -> None:
    area = place.net.areas["A2"]
    order = orders.open_order(
        kind="repair", cause="tests.call:1", place=OrderPlace(place.unit("42060201"), None, area), priority=1, fault="no_power",
        by=MACHINE, at=NOW,
    )  # fmt: skip
    for turn, verb in enumerate(("open", "accept", "arrive", "diagnose", "hand_over")):
        services.follow_order(order_id=order, verb=verb, by=MACHINE, at=NOW + timedelta(minutes=turn))
    stages = list(Estimate.objects.order_by("at").values_list("stage", flat=True))
    assert stages == ["dispatched", "accepted", "arrived", "diagnosed"]
    assert "特殊群体 1 户" in "".join(JobNote.objects.get(order=order).reasons)
    other = orders.open_order(
        kind="area_fault",
        cause="tests.x:1",
        place=OrderPlace(place.unit("42060201"), None, area),
        priority=1,
        by=MACHINE,
        at=NOW,
    )
    services.follow_order(order_id=other, verb="open", by=MACHINE, at=NOW)
    assert Estimate.objects.count() == 4


def test_weather_is_noted_and_inherited(place: Place) -> None:
    head = place.who("station")
    county = place.unit("420602")
    services.note_weather(
        unit_id=county, kind="thunder", starts_at=NOW, ends_at=NOW + timedelta(hours=3), by=head, at=NOW
    )
    assert selectors.weather(place.unit("42060201"), NOW) == "thunder"
    assert selectors.weather(place.unit("42060201"), NOW + timedelta(hours=4)) == ""
    for kind, hours, by, why in (
        ("fog", 1, head, "weather_unknown"), ("rain", 0, head, "weather_span"), ("rain", 73, head, "weather_span"),
        ("rain", 1, place.who("grid"), "not_allowed"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            services.note_weather(
                unit_id=county, kind=kind, starts_at=NOW, ends_at=NOW + timedelta(hours=hours), by=by, at=NOW
            )
        assert refused.value.code == why


@pytest.mark.proves("S4-27", page="restorations:board", service="longzhong.sensing.restorations.services.adopt")
def test_a_person_makes_it_the_word_for_customers(place: Place) -> None:
    outage = place.fault(areas="A1")
    follow(outage)
    row = Estimate.objects.get()
    desk = place.client("station")
    text = desk.get("/restorations/").content.decode()
    assert outage.number in text
    assert "采用为对外时间" in text
    assert desk.post(reverse("restorations:adopt"), {"estimate": row.pk, "late": "1"}).status_code == 302
    said = outages.standing(outage.pk).expected_end_at
    assert said is not None
    assert timedelta() <= said - row.high_at < timedelta(minutes=10)
    who = place.who("station")
    for estimate, why in ((10**9, "not_found"),):
        with pytest.raises(Refused) as refused:
            services.adopt(estimate_id=estimate, late=False, by=who, at=NOW)
        assert refused.value.code == why
    with pytest.raises(Refused) as refused:
        services.adopt(estimate_id=row.pk, late=False, by=place.who("crew"), at=NOW)
    assert refused.value.code == "not_allowed"
    Estimate.objects.filter(pk=row.pk).update(restored_at=NOW)
    with pytest.raises(Refused) as refused:
        services.adopt(estimate_id=row.pk, late=False, by=who, at=NOW)
    assert refused.value.code == "already_restored"
    Estimate.objects.filter(pk=row.pk).update(restored_at=None, label="workorders.order:1")
    with pytest.raises(Refused) as refused:
        services.adopt(estimate_id=row.pk, late=False, by=who, at=NOW)
    assert refused.value.code == "not_an_outage"


def test_training_installs_judges_and_refuses(place: Place) -> None:
    unit = place.unit("42060201")
    with pytest.raises(Refused) as refused:
        services.train(by=MACHINE, at=AT)
    assert refused.value.code == "too_few_outages"
    with pytest.raises(Refused) as refused:
        services.train(by=place.who("crew"), at=AT)
    assert refused.value.code == "not_allowed"
    soon()
    history(unit)
    first = services.train(by=MACHINE, at=AT)
    held = first.figures
    assert first.state == ModelState.INSTALLED
    assert held["median_abs_error_min"] < 0.8 * held["plain"]["median_abs_error_min"]
    assert 0.6 <= held["coverage"] <= 0.95
    outage = place.fault(areas="A1")
    follow(outage)
    said = Estimate.objects.get(label=outages.label(outage.pk))
    assert said.version == 1
    assert said.low_at <= said.median_at <= said.high_at
    history(unit, 600, seed=9, wrong=True, first=-600)
    with pytest.raises(Refused) as refused:
        services.train(by=MACHINE, at=AT)
    assert refused.value.code == "model_worse"
    assert list(RestorationModel.objects.order_by("version").values_list("state", flat=True)) == [
        "installed",
        "refused",
    ]
    jobs.weekly_training()
    (selectors.folder() / first.file).unlink()
    load.cache_clear()
    assert selectors.installed() is None, "without its file the table speaks"
    head = place.client("station")
    board = head.get("/restorations/").content.decode()
    assert "误差中位数" in board
    assert "哪类估得准" in board
    assert "未采用" in head.get("/restorations/models/2/").content.decode()
    assert head.get("/restorations/models/99/").status_code == 404


def test_the_board_is_a_few_queries_and_exports(place: Place) -> None:
    head = place.client("station")
    assert "没有未恢复的停电" in head.get("/restorations/").content.decode()
    history(place.unit("42060201"), 60)
    Estimate.objects.update(restored_at=None)
    with CaptureQueriesContext(connection) as queries:
        assert head.get("/restorations/").status_code == 200
    assert len([one for one in queries if "SAVEPOINT" not in one["sql"]]) <= 14
    assert head.get("/restorations/?export=list")["Content-Type"].endswith("spreadsheetml.sheet")
    times = {"starts_at": "2026-03-02T09:00", "ends_at": "2026-03-02T12:00"}
    sent = {"unit_id": place.unit("420602"), "kind": "wind", **times}
    assert head.post(reverse("restorations:weather"), sent).status_code == 302
    assert head.post(reverse("restorations:weather"), {**sent, "kind": "fog"}).status_code == 409
    partner = place.client("partner")
    assert partner.get("/restorations/").status_code == 403


def test_only_the_system_ties_causes_and_a_tied_repair_moves_the_outage(place: Place) -> None:
    outage = place.fault(areas="A1")
    order = orders.open_order(
        kind="repair", cause="tests.call:9", place=OrderPlace(place.unit("42060201"), None, None), priority=1, by=MACHINE, at=NOW,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        services.tie(causes=["tests.call:9"], outage_id=outage.pk, by=place.who("station"), at=NOW)
    assert refused.value.code == "not_allowed"
    assert selectors.outages_served(order, NOW) == []
    services.tie(causes=["tests.call:9"], outage_id=outage.pk, by=MACHINE, at=NOW)
    services.tie(causes=["tests.call:9"], outage_id=outage.pk, by=MACHINE, at=NOW)
    assert selectors.outages_served(order, NOW) == [outage.pk]
    assert selectors.stage_of_outage(outage.pk) == Stage.DISPATCHED


def test_who_may_not_change_an_outages_end_is_not_offered_to(place: Place) -> None:
    follow(place.fault(areas="A1"))
    for role, offered in (("station", True), ("desk", False)):
        assert ("采用为对外时间" in place.client(role).get("/restorations/").content.decode()) is offered
