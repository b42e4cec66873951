"""Campaigns through their pages, by role."""

import re
import uuid

import pytest
from django.test import Client

from longzhong.cases.campaigns.models import Campaign
from longzhong.cases.complaints.rules import State as Stage
from longzhong.kit import clock
from tests.cases.campaigns.make import DAY, TODAY, a_campaign, on
from tests.cases.complaints.make import a_complaint, people, taken_to
from tests.cases.hotline.make import MORNING, Hotline, category

pytestmark = pytest.mark.django_db


def post(client: Client, url: str, **fields: object) -> int:
    return client.post(url, {"client_key": str(uuid.uuid4()), **fields}).status_code


@pytest.mark.proves("S4-10", page="campaigns:detail", service="longzhong.cases.campaigns.services.judge")
def test_a_campaign_is_planned_started_and_judged(hotline: Hotline) -> None:
    people(hotline)
    for back in (1, 2, 3):
        a_complaint(hotline, when=MORNING - back * DAY)
    with clock.frozen(MORNING):
        office = hotline.client("office", "quality")
        assert "营业厅人员服务态度" in office.get("/campaigns/new/").content.decode()
        plan = {
            "title": "窗口服务专项整治", "unit": hotline.county.county, "categories": [category("complaint.service")],
            "starts_on": TODAY, "ends_on": on(9), "basis": "before", "target_pct": 50, "aim": "态度投诉集中",
        }  # fmt: skip
        assert post(office, "/campaigns/new/", **{**plan, "target_pct": 0}) == 200  # what was typed stays
        assert post(office, "/campaigns/new/", **plan) == 302
        row = Campaign.objects.get()
        assert post(office, f"/campaigns/{row.pk}/plan/", **{**plan, "title": "窗口服务规范专项整治"}) == 302
        assert post(office, f"/campaigns/{row.pk}/start/") == 302
        measure = {"text": "全员礼仪培训", "staff": hotline.head.staff_id, "due_on": on(5)}
        assert post(office, f"/campaigns/{row.pk}/add_measure/", **measure) == 302
        assert post(office, f"/campaigns/{row.pk}/add_measure/", text="x") == 200
    taken_to(hotline, a_complaint(hotline, when=MORNING), Stage.DECIDED)
    with clock.frozen(MORNING + DAY):
        head = hotline.client("head", "station")
        number = row.measures.get().pk
        assert post(head, f"/campaigns/{row.pk}/done_measure/", number=number, reason="26 人参加") == 302
        page = office.get(f"/campaigns/{row.pk}/").content.decode()
        for words in ("窗口服务规范专项整治", "整治中", "没有显著变化", "全员礼仪培训", "受理", "投诉 / 服务"):
            assert words in page
        assert "窗口服务" in head.get("/campaigns/").content.decode()
        listed = office.get(f"/campaigns/{row.pk}/behind/?span=base").content.decode()
        assert len(set(re.findall(r"/complaints/\d+/", listed))) == 3
        upheld = office.get(f"/campaigns/{row.pk}/behind/?span=now&side=upheld").content.decode()
        assert len(set(re.findall(r"/complaints/\d+/", upheld))) == 1
        assert post(office, f"/campaigns/{row.pk}/end/") == 302
        assert post(office, f"/campaigns/{row.pk}/judge/", reason="基本见效") == 302
        assert "已总结" in office.get(f"/campaigns/{row.pk}/").content.decode()


def test_who_may_not_plan_sees_no_button_and_is_refused(hotline: Hotline) -> None:
    row = a_campaign(hotline)
    with clock.frozen(MORNING):
        for code, role in (("zhang", "grid"), ("head", "station"), ("wang", "desk")):
            client = hotline.client(code, role)
            assert client.get(f"/campaigns/{row.pk}/").status_code == 200
            assert "新建专项整治" not in client.get("/campaigns/").content.decode()
            assert client.get("/campaigns/new/").status_code == 403
            assert post(client, f"/campaigns/{row.pk}/end/") in (403, 409)
        assert hotline.client("office", "quality").get("/campaigns/999999/").status_code == 404


def test_an_empty_board_says_what_to_do(hotline: Hotline) -> None:
    with clock.frozen(MORNING):
        page = hotline.client("office", "quality").get("/campaigns/").content.decode()
    assert "还没有专项整治" in page
    assert "投诉分析" in page
