"""Public opinion from finding to calm, and every way in which it is refused."""

import pytest
from django.urls import reverse

from longzhong.cases.media import selectors, services
from longzhong.cases.media.models import Item
from longzhong.cases.media.rules import Given, Grade, Heat, State
from longzhong.dispatch.matters import selectors as matters
from longzhong.sensing.outages import services as outages
from longzhong.sensing.outages.rules import Devices, NewReport
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_case
from tests.cases.media.make import HOUR, MINUTE, TEXT, found, in_state, leader, new, refused

NOW = MORNING + 20 * MINUTE
pytestmark = pytest.mark.django_db


def live(row: Item) -> dict[str, str]:
    return {one.name: one.limit for one in matters.clock_cards(selectors.label(row.pk), NOW) if one.is_live}


def test_found_redacted_placed_and_on_the_clock(hotline: Hotline) -> None:
    row = found(hotline)
    assert (row.unit_id, row.area_id) == (hotline.county.station, hotline.areas["A1"])
    assert "13900139000" not in row.content
    assert "赵六" not in row.content
    assert "13900139000" not in str([(step.data, step.words) for step in matters.steps(selectors.label(row.pk))])
    assert (row.number, row.suggested, row.state) == (f"YQ20260302{row.pk:06}", Grade.MINOR, State.FOUND)
    assert live(row) == {"grade": "30 分钟"}
    assert row.due_at == MORNING + 30 * MINUTE
    assert row.readings.count() == 1
    refused("media_known", found, hotline=hotline)
    assert found(hotline, url="").unit_id == hotline.county.station
    assert found(hotline, url="", area="").unit_id == hotline.county.county


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("platform_unknown", {"platform": "pigeon"}),
        ("platform_unknown", {"topic": "love"}),
        ("content_missing", {"title": "", "content": " "}),
        ("posted_ahead", {"posted_at": MORNING + HOUR}),
        ("heat_wrong", {"heat": Heat(-1)}),
        ("area_unknown", {"area": "A9"}),
        ("link_wrong", {"url": "javascript:alert(1)"}),
        ("link_wrong", {"url": "https://a.cn/" + "x" * 500}),
    ],
)
def test_what_isnt_kept(hotline: Hotline, code: str, changes: dict[str, object]) -> None:
    refused(code, found, hotline=hotline, **changes)
    refused("not_allowed", found, hotline=hotline, by=hotline.manager)
    given = {"new": new(area=""), "unit_id": hotline.county.county, "by": hotline.head, "at": MORNING}
    refused("not_found", services.find, **given)
    assert not Item.objects.exists()


def test_a_pasted_list_keeps_what_it_can(hotline: Hotline) -> None:
    found(hotline)
    text = "平台,标题,链接,浏览,台区\n抖音,停电,https://example.com/v/1,1,A1\n微博,电话13900139000,https://a.cn/2,20万,A2\n飞鸽,x,,1,\n微信,停电,,1,A9"
    given = {"text": text, "unit_id": hotline.county.county, "by": hotline.quality, "at": NOW}
    done = services.find_pasted(**given)
    assert (len(done.made), done.known) == (1, (2,))
    assert [line.split("：")[0] for line in done.refused] == ["第 4 行", "第 5 行"]
    row = Item.objects.get(pk=done.made[0])
    assert (row.suggested, row.area_id, "13900139000" in row.title) == (Grade.MAJOR, hotline.areas["A2"], False)
    again = services.paste_once(key="paste-key-1", **given)
    assert again == services.paste_once(key="paste-key-1", **given)
    assert again[:2] == (0, 2)


def test_graded_by_the_numbers_or_with_a_reason(hotline: Hotline) -> None:
    row = found(hotline)
    who = {"item_id": row.pk, "by": hotline.quality, "at": NOW}
    refused("grade_unknown", services.grade, grade="huge", **who)
    refused("grade_needs_reason", services.grade, grade=Grade.MAJOR, **who)
    refused("not_allowed", services.grade, grade=Grade.MINOR, **{**who, "by": hotline.desk})
    services.grade(grade=Grade.MAJOR, reason="大V转发", **who)
    assert live(row) == {"respond": "5 小时", "report": "15 分钟"}
    row.refresh_from_db()
    assert row.due_at == NOW + 15 * MINUTE
    services.report(reason="电话报陈经理", **{**who, "by": hotline.head})
    refused("reported_already", services.report, reason="再报", **{**who, "by": hotline.head})
    assert live(row) == {"respond": "5 小时"}


def test_it_grew(hotline: Hotline) -> None:
    row = in_state(hotline, State.GRADED)
    who = {"item_id": row.pk, "by": hotline.quality, "at": NOW}
    assert live(row) == {"respond": "48 小时"}
    refused("heat_wrong", services.measure, heat=Heat(1, -1), **who)
    services.measure(heat=Heat(200_000, 10, 10), **who)
    refused("measured_later", services.measure, heat=Heat(5), **{**who, "at": MORNING})
    row.refresh_from_db()
    assert (row.suggested, row.grade, row.readings.count()) == (Grade.MAJOR, Grade.MINOR, 2)
    refused("grade_same", services.regrade, grade=Grade.MINOR, reason="没变", **who)
    refused("reason_missing", services.regrade, grade=Grade.MAJOR, reason="", **who)
    services.regrade(grade=Grade.MAJOR, reason="浏览过十万", **who)
    assert live(row) == {"respond": "5 小时", "report": "15 分钟"}
    (respond,) = [
        one for one in matters.clock_cards(selectors.label(row.pk), NOW) if one.is_live and one.name == "respond"
    ]
    assert respond.due_at == MORNING + 10 * MINUTE + 5 * HOUR  # from the original start


def test_somebody_owns_it(hotline: Hotline) -> None:
    row, staff = in_state(hotline, State.GRADED), hotline.county.staff
    who = {"item_id": row.pk, "by": hotline.quality, "at": NOW}
    refused("owner_unknown", services.assign, owner_id=staff["zhang"], **who)
    refused("owner_unknown", services.assign, owner_id=0, **who)
    services.assign(owner_id=staff["head"], **who)
    refused("owner_same", services.reassign, owner_id=staff["head"], reason="换人", **who)
    refused("reason_missing", services.reassign, owner_id=staff["other"], reason="", **who)
    services.reassign(owner_id=staff["other"], reason="太平所牵头", **who)
    other = hotline.county.actor("other", "station", units=(hotline.county.other_station,))
    assert services.draft(item_id=row.pk, text=TEXT, by=other, at=NOW).state == State.DRAFTED


def test_nothing_is_published_that_no_leader_approved(hotline: Hotline) -> None:
    row = in_state(hotline, State.HANDLING, hot=200_000)
    who = {"item_id": row.pk, "at": NOW}
    refused("response_missing", services.draft, text="已知悉", by=hotline.head, **who)
    refused("drafter_unknown", services.draft, text=TEXT, by=SYSTEM, **who)
    both = hotline.county.actor("boss", "leader")
    drafter = hotline.county.actor("boss", "station")
    services.draft(text=f"{TEXT}联系电话13900139000", by=drafter, **who)
    row.refresh_from_db()
    assert "13900139000" not in row.response
    refused("own_text", services.approve, by=both, **who)
    refused("not_allowed", services.approve, by=hotline.head, **who)
    refused("wrong_state", services.answer, where="官微", by=hotline.head, **who)
    refused("reason_missing", services.give_back, reason="", by=both, **who)
    services.give_back(reason="语气生硬", by=both, **who)
    services.draft(text=TEXT, by=hotline.head, **who)
    services.approve(note="可以", by=both, **who)
    refused("report_first", services.answer, where="公司官微", by=hotline.head, **who)
    services.report(reason="电话报陈经理", by=hotline.head, **who)
    refused("where_missing", services.answer, where=" ", by=hotline.head, **who)
    assert services.answer(where="公司官微", by=hotline.head, **who).state == State.ANSWERED
    assert live(row) == {}


def test_it_flares_up_and_calms_down(hotline: Hotline) -> None:
    row = in_state(hotline, State.CLOSED)
    who = {"item_id": row.pk, "at": NOW}
    refused("reason_missing", services.flare, reason="", by=hotline.head, **who)
    services.flare(reason="又被转发", by=hotline.head, **who)
    assert live(row) == {"respond": "48 小时"}
    services.draft(text=TEXT, by=hotline.head, **who)
    services.approve(by=leader(hotline), **who)
    services.answer(where="公司官微", by=hotline.head, **who)
    refused("reason_missing", services.close, reason="", by=hotline.quality, **who)
    done = services.close(reason="热度回落", by=hotline.quality, **who)
    assert (done.state, done.flares, done.due_at) == (State.CLOSED, 1, None)


def test_false_ones_stop_everything(hotline: Hotline) -> None:
    row = found(hotline)
    refused("reason_missing", services.dismiss, item_id=row.pk, reason="", by=hotline.quality, at=NOW)
    services.dismiss(item_id=row.pk, reason="不是本地", by=hotline.quality, at=NOW)
    assert live(row) == {}
    refused("wrong_state", services.grade, item_id=row.pk, grade=Grade.MINOR, by=hotline.quality, at=NOW)
    other = hotline.county.actor("other", "station", units=(hotline.county.other_station,))
    refused("not_found", services.tie, item_id=row.pk, address="x", by=other, at=NOW)


def test_tied_to_its_outage_and_case(hotline: Hotline) -> None:
    report = NewReport(devices=Devices(areas=(hotline.areas["A1"],)), confirmed=True)
    outage = outages.report_outage(report=report, by=SYSTEM, at=MORNING)
    row, case = found(hotline), a_case(hotline)
    who = {"item_id": row.pk, "by": hotline.quality, "at": NOW}
    services.tie(address=reverse("outages:detail", args=[outage]), **who)
    services.tie(address=f"hotline.case:{case.pk}", **who)
    refused("tied_already", services.tie, address=f"hotline.case:{case.pk}", **who)
    refused("address_unknown", services.tie, address="https://weibo.com/", **who)
    card = selectors.item_card(hotline.quality, row.pk, NOW)
    assert [one.running for one in card.outages] == [True]
    assert len(card.ties) == 2
    assert selectors.tied_to(hotline.quality, f"outages.outage:{outage}") == [row]


def test_a_step_is_taken_once_for_a_client_key(hotline: Hotline) -> None:
    given = {"new": new(), "unit_id": hotline.county.county, "by": hotline.quality, "at": NOW}
    first = services.find_once(key="key-0001", **given)
    assert services.find_once(key="key-0001", **given) == first
    who = {"item_id": first, "given": Given(grade="minor"), "by": hotline.quality, "at": NOW}
    assert services.take_step(verb="grade", key="key-0002", **who) == "grade"
    assert services.take_step(verb="grade", key="key-0002", **who) == "grade"
    refused("wrong_state", services.take_step, verb="grade", key="key-0003", **who)
    refused("no_such_move", services.take_step, verb="burn", key="key-0004", **who)
