"""The pages of telling by role: board, a phone's errand, the joint board, the composer, groups; empty, full, and at few queries."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.rules import Kind, Place
from longzhong.kit import clock
from longzhong.register.access.selectors import actor_of
from longzhong.register.customers import services as customers
from longzhong.register.customers.rules.rows import AccountRow
from longzhong.register.org.rules import Role
from longzhong.sensing.announcements import selectors
from longzhong.sensing.announcements.models import Group, Round
from longzhong.sensing.announcements.rules import Audience, Tale
from longzhong.sensing.troubles import services as troubles
from longzhong.sensing.troubles.rules import NewSignal, SignalKind
from tests.dispatch.matters.pictures import jpeg
from tests.register.access.make import give, user
from tests.register.policies.make import browser
from tests.sensing.announcements.make import (
    MACHINE,
    NOW,
    Here,
    at,
    heard,
    key,
    paper,
    planned,
    postings,
    refused,
    release,
    tell,
    temporary,
)

pytestmark = pytest.mark.django_db
A = Audience


def shot(**place: float) -> SimpleUploadedFile:
    return SimpleUploadedFile("张贴.jpg", jpeg(**place), "image/jpeg")


def phone(here: Here, staff: str = "S1", grid: str = "G1", unit: str = "42060201") -> Client:
    city = here.place.net.city
    made = user(f"phone-{staff}", staff_id=city.staff[staff])
    give(made, Role.GRID, here.place.unit(unit), grid_ids=(city.grids[grid],))
    return browser(actor_of(made, NOW))


def html(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return str(answer.content.decode())


@pytest.mark.proves("S2-21", page="announcements:errand", service="longzhong.sensing.announcements.services.take_step")
def test_the_manager_posts_with_the_phone(here: Here) -> None:
    tell(here, outage := planned(here))
    manager = phone(here)
    board = manager.get(reverse("announcements:board") + "?tab=mine").context["page"]
    assert [line.whom for line in board.table.items] == ["檀溪街道名仕家天下", "尹集乡凤凰村"], "the most first"
    one = postings(outage)[-1]
    address = reverse("announcements:errand", args=[one.pk])
    shown = html(manager.get(address))
    assert (
        "檀溪街道名仕家天下" in shown and "3 户" in shown and 'capture="environment"' in shown and "登记张贴" in shown
    )
    assert manager.get(reverse("announcements:paper", args=[one.pk])).content.startswith(b"%PDF")
    move = reverse("announcements:move", args=[one.pk, "post"])
    again = manager.post(move, {"client_key": key()})
    assert again.status_code == 200 and again.context["page"].opened_form == "post"
    assert manager.post(move, {"client_key": key(), "photos": [shot()]}).status_code == 409, "without a place"
    assert manager.post(move, {"client_key": key(), "photos": [shot(lat=32.01, lon=112.1)]}).status_code == 302
    done = html(manager.get(address))
    assert "已张贴" in done and "32.01000, 112.10000" in done and "张惠芳" in done
    theirs = paper(outage)
    assert manager.get(reverse("announcements:errand", args=[theirs.pk])).status_code == 404, "another cell's"


@pytest.mark.proves(
    "S4-20", page="announcements:outage", service="longzhong.sensing.announcements.services.tell_outage"
)
def test_three_desks_look_at_one_page(here: Here) -> None:
    fault = here.place.fault(feeders="F1", expected_end_at=at("03-02 12:00"))
    unit, area = here.place.unit("42060201"), here.place.net.areas["A1"]
    place = Place(unit_id=unit, area_id=area)
    order = orders.open_order(
        kind=Kind.REPAIR, cause=f"outages.outage:{fault.pk}", place=place, priority=1, by=MACHINE, at=NOW
    )
    call = NewSignal(kind=SignalKind.CALL, source="hotline.case:7", at=NOW, area_id=area)
    troubles.hear_signals(signals=[call], by=MACHINE, at=NOW)
    heard()
    release(here, tell(here, fault, Tale.FAULT, (A.ACCOUNTS,)))
    for role in ("desk", "crew", "dept", "leader", "quality"):
        page = html(here.place.client(role).get(reverse("announcements:outage", args=[fault.pk])))
        for word in ("模型估计，未告知客户", "来电 1", f"/orders/{order}/", "受影响客户 7", "已发完", "短信 送达"):
            assert word in page, (role, word)
        assert (f"{fault.pk}/compose/?tale=fault" in page) is (role in ("desk", "quality"))
    other = here.place.client("desk", "420606")
    assert other.get(reverse("announcements:outage", args=[fault.pk])).status_code == 404


def test_the_composer_is_for_those_who_tell(here: Here) -> None:
    outage = temporary(here)
    address = reverse("announcements:compose", args=[outage.pk])
    desk = here.place.client("desk")
    for role, status in (("quality", 200), ("station", 200), ("crew", 403), ("dept", 403), ("leader", 403)):
        assert here.place.client(role).get(address).status_code == status, role
    shown = html(desk.get(address))
    for word in (
        "襄阳轴承有限公司",
        "尚荣成",
        "庞公街道御龙湾",
        "【供电服务】",
        "时限：2026-03-03 09:00",
        "企业微信群（还没有通道）",
    ):
        assert word in shown, word
    assert "13800138004" not in shown and "单雄信" not in shown
    assert desk.get(address + "?tale=restored").status_code == 409, "it hasn't begun"
    sent = {"audiences": ["accounts"], "channels": ["sms"], "confirmed": "on", "client_key": key()}
    assert desk.post(address, {**sent, "audiences": []}).status_code == 200
    assert desk.post(address, sent).status_code == 302 and Round.objects.count() == 1
    assert desk.post(address, {**sent, "client_key": key()}).status_code == 409, "the same again"
    gone = here.place.fault(areas="A1", confirmed=False, apart=True)
    assert desk.get(reverse("announcements:compose", args=[gone.pk])).status_code == 409, "nothing to tell yet"


def test_the_outages_page_leads_here(here: Here) -> None:
    outage = temporary(here)
    heard()
    shown = html(here.place.client("desk").get(reverse("outages:detail", args=[outage.pk])))
    assert "建议告知" in shown and reverse("announcements:compose", args=[outage.pk]) in shown
    tell(here, outage)
    crew = html(here.place.client("crew").get(reverse("outages:detail", args=[outage.pk])))
    assert "书面通知和张贴待办" in crew and "5 件" in crew
    assert reverse("announcements:compose", args=[outage.pk]) not in crew


def test_groups_are_kept_by_the_station(here: Here) -> None:
    head, address = here.place.client("station", "42060201"), reverse("announcements:groups")
    assert "还没有告知群" in html(head.get(address))
    form = {
        "name": "名仕业主群",
        "unit": here.place.unit("42060201"),
        "estate": "名仕家天下",
        "robot": "k-1",
        "client_key": key(),
    }
    assert head.post(address, form).status_code == 302
    shown = html(head.get(address))
    assert "名仕业主群" in shown and "k-1" not in shown and "k-1" not in Group.objects.get().robot_sealed
    assert head.post(address, {**form, "name": "", "client_key": key()}).status_code == 200
    end = reverse("announcements:end_group", args=[Group.objects.get().pk])
    assert here.place.client("station", "42060202").post(end, {"client_key": key()}).status_code == 404
    assert head.post(end, {"client_key": key()}).status_code == 302
    assert "还没有告知群" in html(head.get(address))
    assert here.place.client("desk").get(address).status_code == 403


def test_the_board_by_tab_filter_and_role(here: Here) -> None:
    station = here.place.client("station", "42060202")
    assert "没有告知任务" in html(station.get(reverse("announcements:board")))
    tell(here, outage := temporary(here))
    for asked, number in (
        ({}, 3), ({"tab": "late"}, 0), ({"tab": "mine"}, 0), ({"tab": "done"}, 0), ({"tab": "fallen"}, 0), ({"tab": "all"}, 3),
        ({"kind": "written"}, 1), ({"kind": "posting"}, 2), ({"outage": outage.number}, 3), ({"outage": "x"}, 0),
        ({"state": "served"}, 0), ({"unit": "42060201"}, 0),
    ):  # fmt: skip
        assert len(station.get(reverse("announcements:board"), asked).context["page"].table.items) == number, asked
    with clock.frozen(at("03-03 09:01")):
        late = station.get(reverse("announcements:board"), {"tab": "late"}).context["page"]
        assert len(late.table.items) == 3 and [tab.count for tab in late.tabs] == [3, 3, 0, 0, 0, 3]
    assert station.get(reverse("announcements:board"), {"export": "list"})["Content-Type"].endswith("sheet")
    assert here.place.client("admin").get(reverse("announcements:board")).status_code == 403
    refused("not_found", selectors.errand_of, here.quality, 0)


def test_fifty_rows_cost_few_queries(here: Here, django_assert_max_num_queries: Any) -> None:
    rows = [AccountRow(code=f"42000000002{n:02}", name="张惠芳", area_code="A1", town="檀溪街道", village=f"{n}组" * 20,
                       priority="important") for n in range(55)]  # fmt: skip
    customers.keep_accounts(rows=rows, by=MACHINE, at=NOW)
    tell(here, outage := temporary(here))
    desk = here.place.client("desk")
    desk.get(reverse("announcements:board"))
    with django_assert_max_num_queries(10):
        assert len(desk.get(reverse("announcements:board")).context["page"].table.items) == 50
    long = postings(outage)[0]
    assert len(html(desk.get(reverse("announcements:errand", args=[long.pk])))) > 0
    pages = desk.get(reverse("announcements:paper", args=[paper_id(outage)])).content
    assert len(re.findall(rb"/Type\s*/Page\b", pages)) <= 1, "one sheet"


def paper_id(outage: Any) -> int:
    return int(selectors.board(selectors.HOUSE).filter(outage=outage, kind="written").values_list("pk", flat=True)[0])
