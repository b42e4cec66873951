"""A feeder trips: two calls and the switch make it probable, the desk hears of it, it is registered, later calls attach themselves,
the repair's stages change what is expected on every page, and customers are told only what a person has adopted.

Nothing is mocked; every fact is delivered twice.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from longzhong.cases.hotline import services as hotline_services
from longzhong.cases.hotline.models import Call, Case
from longzhong.cases.hotline.rules.words import CallOutcome
from longzhong.dispatch.crews import services as crews
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.models import Outlook
from longzhong.dispatch.matters.rules import clock_words
from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.rules import Diagnosis, Outcome
from longzhong.kit import clock
from longzhong.kit.outbox import deliver_all
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages import services as outage_services
from longzhong.sensing.restorations import services as restorations
from longzhong.sensing.restorations.engines.store import load
from longzhong.sensing.restorations.models import Estimate
from longzhong.sensing.troubles import services as troubles
from longzhong.sensing.troubles.models import Signal, Trouble
from longzhong.sensing.troubles.rules import NewSignal, SignalKind
from longzhong.surfaces.portal import services as portal
from longzhong.surfaces.portal.models import Place
from tests.cases.hotline.acts import HERE, refuses
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_call, a_case, category, hotline_county
from tests.dispatch.crews.make import a_crew
from tests.surfaces.portal.make import set_policy

pytestmark = pytest.mark.django_db
EXPECTED = "前后，多数在"


@pytest.fixture(autouse=True)
def doorkeeper(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.VAR = tmp_path
    load.cache_clear()
    yield


@pytest.fixture
def hotline() -> Hotline:
    return hotline_county()


def minutes(count: float) -> datetime:
    return MORNING + timedelta(minutes=count)


def page(client: Client, address: str, when: datetime, **asked: object) -> str:
    with clock.frozen(when):
        answer = client.get(address, asked)
    assert answer.status_code == 200, answer.content.decode()[:800]
    return answer.content.decode()


def settled() -> None:
    deliver_all(twice=True)


def tripped(hotline: Hotline) -> Trouble:
    """Two villages call, the feeder's switch reports: a probable outage of the line."""
    a_case(hotline, "repair.lv.area_out", "全村没电", account=3, when=minutes(0))
    first = a_case(hotline, "repair.lv.area_out", "整个小区没电", account=1, when=minutes(2))
    event = NewSignal(kind=SignalKind.FEEDER_EVENT, at=minutes(1), source="scada:F1", feeder_code="F1")
    troubles.hear_signals(signals=[event], by=SYSTEM, at=minutes(3))
    settled()
    assert first.outage_id is None
    return Trouble.objects.exclude(level="meter").get(state="open")


def test_a_caller_of_a_probable_outage_hears_it_and_attaches(hotline: Hotline) -> None:
    trouble = tripped(hotline)
    client = hotline.client()
    shown = page(client, "/calls/desk/", minutes(5), account=hotline.accounts[2])
    for words in ("疑似停电", "3 条反映", "正在核实", "您的来电已一并记录", 'value="outage"'):
        assert words in shown, words
    with clock.frozen(minutes(6)):
        sent = {"client_key": "0123456789ab", "account": hotline.accounts[2], "text": "没电", "do": "outage"}
        assert client.post("/calls/desk/", sent).status_code == 302
    settled()
    call = Call.objects.get(account=hotline.accounts[2])
    assert (call.outcome, call.case_id, call.outage_id) == (CallOutcome.OUTAGE, None, None)
    assert Signal.objects.get(source=f"hotline.call:{call.pk}").member.trouble_id == trouble.pk
    trouble.refresh_from_db()
    assert trouble.signals == 4

    lone = a_call(hotline, "没电", account=5, when=minutes(7))  # no trouble there: an outage must be named
    refuses("outage_missing", hotline_services.answer_call, call_id=lone.pk, outcome=CallOutcome.OUTAGE, reply="停电",
            by=hotline.desk, at=minutes(7))  # fmt: skip

    outage_id = troubles.confirm(trouble_id=trouble.pk, by=SYSTEM, at=minutes(10))
    settled()
    assert set(Case.objects.values_list("outage_id", flat=True)) == {outage_id}, "opened before, attached since"
    call.refresh_from_db()
    assert call.outage_id == outage_id
    later = a_case(hotline, "repair.lv.single_out", "还没电", account=4, when=minutes(12))
    other = a_case(hotline, "enquiry.bill", "电费多少", account=4, when=minutes(13))
    settled()
    later.refresh_from_db()
    other.refresh_from_db()
    assert (later.outage_id, other.outage_id) == (outage_id, None), "opened afterwards, attached at once"
    assert "所属停电" in page(client, f"/calls/cases/{later.pk}/", minutes(15))
    assert "疑似停电" not in page(client, "/calls/desk/", minutes(15), account=hotline.accounts[2])


def test_each_stage_of_the_crew_changes_what_is_expected_everywhere(hotline: Hotline) -> None:
    trouble = tripped(hotline)
    outage_id = troubles.confirm(trouble_id=trouble.pk, by=SYSTEM, at=minutes(4))
    case = Case.objects.get(account=hotline.accounts[1])
    label = outages.label(outage_id)
    zhang = hotline.county.staff["zhang"]
    a_crew(hotline.county, "1", [zhang])
    settled()
    hotline_services.dispatch(case_id=case.pk, by=hotline.desk, at=minutes(5))
    settled()
    case.refresh_from_db()
    order = case.order_id or 0
    desk, head = hotline.client(), hotline.client("head", "station")
    set_policy("portal.place_least", 2)
    portal.keep_places(by=SYSTEM, at=minutes(5))
    place = Place.objects.get(name="名仕家天下")

    walk = (
        ("已派单", minutes(6), lambda: None),
        ("已接单", minutes(10), lambda: orders.accept(order_id=order, by=hotline.manager, at=minutes(10))),
        ("已到场", minutes(40), lambda: orders.arrive(order_id=order, position=HERE, by=hotline.manager, at=minutes(40))),
        ("已研判", minutes(55), lambda: orders.diagnose(
            order_id=order, diagnosis=Diagnosis(minutes(200), "檀12线3号杆", "utility"), by=hotline.manager, at=minutes(55))),
    )  # fmt: skip
    said = []
    for stage, when, act in walk:
        act()
        settled()
        crews.replan(unit_id=hotline.county.station, by=SYSTEM, at=when)
        card = matters.outlooks([label], when)[label]
        own = matters.outlooks([f"workorders.order:{order}"], when)[f"workorders.order:{order}"]
        assert (card.stage, own.stage) == (stage, stage)
        basis = f"按“{stage}”于 {clock_words(card.said_at, when)} 估计"
        for client, address, words in (
            (head, f"/outages/{outage_id}/", (card.words, basis, "未对外")),
            (head, "/outages/", (f"估计 {clock_words(card.middle_at, when)}",)),
            (head, f"/orders/{order}/", (own.words, basis)),
            (head, "/crews/", (own.words, basis)),
            (desk, f"/calls/cases/{case.pk}/", (card.words, basis, "未对外")),
            (desk, f"/calls/desk/?account={hotline.accounts[2]}", (card.words, basis, "不作承诺")),
        ):
            shown = page(client, address, when)
            missing = [one for one in words if one not in shown]
            assert not missing, (stage, address, missing)
        public = page(Client(), f"/p/places/{place.token}/", when)
        assert EXPECTED not in public and "恢复时间还不能确定" in public, "nobody adopted it: customers aren't told"
        said.append((card.stage, card.said_at, card.words))
    assert len({at for _stage, at, _words in said}) == 4, "said anew at each stage"
    stages = Estimate.objects.filter(label=label).order_by("at").values_list("stage", flat=True)
    assert list(dict.fromkeys(stages)) == ["reported", "dispatched", "accepted", "arrived", "diagnosed"]

    _adopted_and_restored(hotline, label, order, f"/p/places/{place.token}/", head)
    assert category("repair.lv.area_out") == case.category_id


def _adopted_and_restored(hotline: Hotline, label: str, order: int, door: str, head: Client) -> None:
    """A person adopts the estimate, another gives a word of their own, and the power comes back."""
    outage_id = outages.outage_id_of(label) or 0
    row = Estimate.objects.filter(label=label).latest("at")
    restorations.adopt(estimate_id=row.pk, late=False, by=hotline.head, at=minutes(60))
    settled()
    public = page(Client(), door, minutes(61))
    end = outages.standing(outage_id).expected_end_at
    assert end is not None
    assert f"预计 {clock_words(end, minutes(61))} 前后恢复供电，多数在" in public
    outage_services.change_expected(
        outage_id=outage_id, expected_end_at=minutes(150), reason="线路已抢通", by=SYSTEM, at=minutes(62)
    )
    public = page(Client(), door, minutes(63))
    assert "预计 11:30 恢复供电" in public
    assert "多数在" not in public, "a person's word wins, and has no interval"

    done = Outcome("drop_fuse", "更换熔断器", no_photo_reason="雨夜", restored_at=minutes(140))
    orders.finish(order_id=order, outcome=done, photos=(), by=hotline.manager, at=minutes(145))
    outage_services.restore(outage_id=outage_id, restored_at=minutes(140), by=SYSTEM, at=minutes(146))
    settled()
    assert not Outlook.objects.filter(ended_at=None, matter__in=[label, f"workorders.order:{order}"]).exists()
    assert "系统估计" not in page(head, f"/outages/{outage_id}/", minutes(150))
    assert set(Estimate.objects.filter(label=label).values_list("restored_at", flat=True)) == {minutes(140)}
