"""The pages of crews, by role."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse

from longzhong.dispatch.crews import services
from longzhong.dispatch.crews.models import Crew, PlanNeed, Relay, Stop
from longzhong.dispatch.crews.services import Note
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.kit import clock
from tests.dispatch.crews.make import BASE, a_crew, a_place, a_repair, hands, no_road
from tests.dispatch.make import MORNING, SYSTEM, County, a_county, sign_in

pytestmark = pytest.mark.django_db
NEW = {
    "number": "7",
    "name": "七班",
    "skills": ["low_voltage", "cable"],
    "road": "rough",
    "lat": "32.0",
    "lon": "112.0",
    "vehicle": "鄂F·7",
}


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with clock.frozen(MORNING):
        yield


@pytest.fixture
def county() -> County:
    made = a_county()
    hands(made)
    return made


def test_the_head_sets_up_a_crew(county: County) -> None:
    head = sign_in(county, "head", "station")
    assert "还没有抢修班组" in head.get("/crews/").content.decode()
    assert (
        "必填" in head.post("/crews/new/", {**NEW, "name": "", "unit": county.station}).content.decode()
        or Crew.objects.count() == 0
    )
    assert head.post("/crews/new/", {**NEW, "unit": county.station}).status_code == 302
    crew = Crew.objects.get()
    page = reverse("crews:crew", args=[crew.pk])

    def change(verb: str, **sent: object) -> int:
        return int(head.post(reverse("crews:change", args=[crew.pk, verb]), sent).status_code)

    assert change("members", leader=county.staff["qian"], others=[county.staff["sun"]]) == 302
    assert change("shift", starts_at="2026-03-02T20:00", ends_at="2026-03-03T04:00") == 302
    assert change("shift", starts_at="2026-03-02T21:00", ends_at="") == 409
    text = head.get(page).content.decode()
    assert "钱班长（班长）、孙师傅" in text
    assert "03-02 20:00" in text
    assert change("unshift", shift=crew.shifts.get().pk) == 302
    assert change("off") == 302
    assert "已叫停" in head.get(page).content.decode()
    assert change("keep", **{**NEW, "name": "改名班", "unit": county.station}) == 302
    assert change("fly") == 409
    assert change("end") == 302
    partner = sign_in(county, "boss", "partner")
    assert partner.get("/crews/").status_code == 403
    assert sign_in(county, "other", "station", unit=county.other_station).get(page).status_code == 404


@pytest.mark.proves("S4-25", page="crews:board", service="longzhong.dispatch.crews.services.planning.replan")
def test_the_board_shows_the_plan_and_a_person_confirms(county: County) -> None:
    a_crew(county, "1", [county.staff["qian"]])
    first, lost = a_repair(county, 1, a_place("N1", BASE[0], BASE[1] + 0.02)), a_repair(county, 2, None)
    services.note_job(order_id=first, note=Note(55, ("重要用户 1 户 +25",), 30), by=SYSTEM, at=MORNING)
    services.replan(unit_id=county.station, by=SYSTEM, at=MORNING)
    head = sign_in(county, "head", "station")
    text = head.get("/crews/").content.decode()
    for words in ("敏感度 55", "重要用户 1 户", "没有坐标", "确认派单", "路程约", "N1台区"):
        assert words in text
    stop = Stop.objects.get(order=first)
    act = {verb: reverse("crews:stop", args=[stop.pk, verb]) for verb in ("lock", "unlock", "confirm", "move", "fly")}
    assert head.post(act["lock"]).status_code == 302
    assert "已锁定" in head.get("/crews/").content.decode()
    assert head.post(act["unlock"]).status_code == 302
    assert head.post(act["fly"]).status_code == 409
    assert head.post(act["move"], {"crew": "999"}).status_code == 409
    assert head.post(act["confirm"], {"client_key": "a-client-key-1"}).status_code == 302
    assert head.post(act["confirm"], {"client_key": "a-client-key-1"}).status_code == 302
    assert WorkOrder.objects.get(pk=first).owner_id == county.staff["qian"]
    assert WorkOrder.objects.get(pk=lost).owner_id is None
    assert head.post(reverse("crews:plan", args=[county.station])).status_code == 302
    assert PlanNeed.objects.get().unit_id == county.station
    assert "正在重新排定" in head.get("/crews/").content.decode()


@pytest.mark.proves("S3-15", page="crews:mine", service="longzhong.dispatch.crews.services.relaying.relay")
def test_the_crew_sees_its_stops_and_the_group_leader_relays(county: County) -> None:
    village = a_place("V1", BASE[0], BASE[1] + 0.05)
    no_road(village)
    a_crew(county, "1", [county.staff["qian"]], road="foot")
    order = a_repair(county, 1, village)
    services.replan(unit_id=county.station, by=SYSTEM, at=MORNING)
    qian = sign_in(county, "qian", "crew")
    text = qian.get("/crews/mine/").content.decode()
    assert "V1台区" in text
    assert "无公路，步行" in text
    assert "请村小组长转告" in text
    assert "看村小组长电话" in text
    assert qian.post(reverse("crews:relay", args=[order, "tell"]), {"text": "班组中午到，请转告"}).status_code == 302
    relay = Relay.objects.get()
    assert "等待回话" in qian.get("/crews/mine/").content.decode()
    assert qian.post(reverse("crews:relay", args=[relay.pk, "passed"])).status_code == 302
    assert "已转告" in qian.get("/crews/mine/").content.decode()
    head = sign_in(county, "head", "station")
    assert "不在任何抢修班组" in head.get("/crews/mine/").content.decode()


@pytest.mark.proves("S3-16", page="crews:places", service="longzhong.dispatch.crews.services.keeping.set_access")
def test_places_without_a_road_are_kept_and_phones_are_shown_for_a_reason(county: County) -> None:
    village = a_place("V1", BASE[0], BASE[1] + 0.05)
    head = sign_in(county, "head", "station")
    assert "没有登记道路不通的台区" in head.get("/crews/places/").content.decode()
    sent = {"area": "V1", "road": "foot", "walk_min": "90", "relay_name": "郑组长", "relay_phone": "13900001111"}
    assert head.post("/crews/places/", sent).status_code == 302
    assert head.post("/crews/places/", {**sent, "area": "nope"}).status_code == 404
    assert head.post("/crews/places/", {**sent, "relay_phone": "abc"}).status_code == 409
    text = head.get("/crews/places/").content.decode()
    assert "无公路，步行" in text
    assert "13900001111" not in text
    shown = head.post("/crews/places/", {"area_id": village, "reason": "通知停电"}).content.decode()
    assert "13900001111" in shown
    assert head.get("/crews/places/?export=list")["Content-Type"].endswith("spreadsheetml.sheet")
    services.replan(unit_id=county.station, by=SYSTEM, at=MORNING + timedelta(minutes=1))
