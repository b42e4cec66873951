"""Stories: an important customer's written notice, a planned outage told through change and delay; facts are heard twice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.models import Clock
from longzhong.dispatch.notifications.models import Message, Notice
from longzhong.kit import clock
from longzhong.kit.outbox import deliver_all
from longzhong.register.access.selectors import actor_of
from longzhong.register.org.rules import Role
from longzhong.sensing.announcements import jobs, services
from longzhong.sensing.announcements.models import Errand, Proposal, Round
from longzhong.sensing.announcements.rules import Audience, Tale
from longzhong.sensing.outages import services as pool
from longzhong.sensing.outages.models import Outage
from longzhong.sensing.outages.rules import PlanChange
from tests.dispatch.matters.pictures import jpeg
from tests.register.access.make import give, user
from tests.register.policies.make import browser
from tests.sensing.announcements.make import (
    MACHINE,
    NOW,
    Here,
    at,
    do,
    heard,
    key,
    paper,
    planned,
    postings,
    proposal,
    refused,
    release,
    tell,
    temporary,
    texts,
)

pytestmark = pytest.mark.django_db
A = Audience


def manager(here: Here, staff: str = "S2", grid: str = "G2", unit: str = "42060202") -> Client:
    """The phone of a cell's manager."""
    made, city = user(f"phone-{staff}", staff_id=here.place.net.city.staff[staff]), here.place.net.city
    give(made, Role.GRID, here.place.unit(unit), grid_ids=(city.grids[grid],))
    return browser(actor_of(made, NOW))


def shot() -> SimpleUploadedFile:
    return SimpleUploadedFile("回执.jpg", jpeg(lat=32.01, lon=112.12), "image/jpeg")


@pytest.mark.proves("S2-20", page="announcements:errand", service="longzhong.sensing.announcements.services.take_step")
def test_an_important_customer_is_served_and_served_anew(here: Here) -> None:
    outage = temporary(here)
    heard()
    assert proposal(outage) == "plan", "a machine suggests, nobody is told"
    assert not Errand.objects.exists() and not Notice.objects.exists()
    tell(here, outage, audiences=(A.PAPERS,))
    heard()
    assert proposal(outage) == ""
    first, phone = paper(outage), manager(here)
    assert first.due_at == at("03-03 09:00"), "24 hours before a temporary outage"
    shown = phone.get(reverse("announcements:errand", args=[first.pk])).content.decode()
    assert "襄阳轴承有限公司" in shown and "尚荣成" in shown and "还剩 1天" in shown
    document = phone.get(reverse("announcements:paper", args=[first.pk]))
    assert document["Content-Type"] == "application/pdf" and document.content.startswith(b"%PDF")
    move = reverse("announcements:move", args=[first.pk, "serve"])
    assert phone.post(move, {"receipt": "signed", "client_key": key()}).status_code == 200, "the photo is asked for"
    early = phone.post(move, {"receipt": "absent", "photos": [shot()], "client_key": key()})
    assert early.status_code == 409, "nobody was there once at most"
    once = {"receipt": "signed", "note": "办公室签收", "client_key": key()}
    with clock.frozen(at("03-02 15:00")):
        answers = [phone.post(move, {**once, "photos": [shot()]}).status_code for _ in range(2)]
    assert answers == [302, 302], "an impatient person"
    first.refresh_from_db()
    assert (first.state, first.receipt, first.done_at) == ("served", "signed", at("03-02 15:00"))
    assert Clock.objects.get(matter=f"announcements.errand:{first.pk}").verdict == "met"

    with clock.frozen(at("03-02 16:00")):
        pool.postpone(outage_id=outage.pk, starts_at=at("03-05 09:00"), reason="材料未到", by=MACHINE, at=clock.now())
        heard()
        first.refresh_from_db()
        assert first.state == "outdated", "they hold a paper with a time that isn't so"
        assert "不再有效" in phone.get(reverse("announcements:errand", args=[first.pk])).content.decode()
        assert proposal(outage) == "postpone"
        refused("errand_fallen", do, first, "serve", here.actor("grid", "42060202", "S2", grid="G2"), when=clock.now())
        tell(here, outage, Tale.POSTPONE, (A.PAPERS,), when=clock.now())
    second = paper(outage)
    assert second.replaces_id == first.pk and second.due_at == at("03-03 16:00"), "the wrong one goes within a day"
    boss = here.actor("grid", "42060202", "S2", grid="G2")
    with clock.frozen(at("03-03 10:00")):
        for tries in (1, 2):
            refused("absent_too_soon", do, second, "serve", boss, when=clock.now(), receipt="absent")
            assert do(second, "miss", boss, when=clock.now(), note="大门关着").tries == tries
        refused("witness_missing", do, second, "serve", boss, when=clock.now(), receipt="refused")
        done = do(second, "serve", boss, when=clock.now(), receipt="absent")
    assert (done.state, done.receipt) == ("served", "absent")
    story = [step.verb for step in reversed(matters.steps(f"announcements.errand:{first.pk}"))]
    assert story == ["open", "serve", "supersede"]
    assert list(matters.broken_links()) == []


def composed(here: Here, outage: Outage, desk: Client) -> Notice:
    """The numbers are looked at, then the telling is composed by a press that came twice; a job resolves the recipients."""
    address = reverse("announcements:compose", args=[outage.pk]) + "?tale=plan"
    seen = desk.get(address).content.decode()
    for word in (
        "受影响客户（7）",
        "重要客户书面通知（1）",
        "社区公告张贴（4）",
        "在用客户 7 户，其中 7 户有可联系的电话",
        "3月12日08:00",
    ):
        assert word in seen, word
    form = {"audiences": ["accounts", "papers", "postings"], "channels": ["sms", "portal"], "client_key": key()}
    asked = desk.post(address, form)
    assert asked.status_code == 200 and not Round.objects.exists(), "nothing before the numbers were looked at"
    assert desk.post(address, {**form, "confirmed": "on"}).status_code == 302
    assert desk.post(address, {**form, "confirmed": "on"}).status_code == 302
    plan = Round.objects.get()
    assert "组织中" in desk.get(reverse("announcements:progress", args=[outage.pk])).content.decode()
    jobs.fill_rounds()
    notice = Notice.objects.get(pk=plan.notice_id)
    assert notice.state == "ready" and not here.out, "it waits for a press"
    return notice


def changed_before_it_was_sent(here: Here, outage: Outage, desk: Client, notice: Notice) -> None:
    """Queued at night, the plan changes: nothing wrong goes out in the morning."""
    with clock.frozen(at("03-02 22:00")):
        desk.post(reverse("notifications:queue", args=[notice.pk]), {"client_key": key()})
        here.send(clock.now())
        assert not here.out, "not at night"
        change = PlanChange(starts_at=at("03-12 06:00"), ends_at=at("03-12 12:00"), reason="压缩工期")
        pool.change_plan(outage_id=outage.pk, change=change, by=MACHINE, at=clock.now())
        deliver_all(twice=True)
    notice.refresh_from_db()
    assert notice.state == "cancelled", "what isn't out is taken back"
    assert {one.state for one in Errand.objects.all()} == {"void"}
    with clock.frozen(at("03-03 08:30")):
        here.send(clock.now())
        assert not here.out
        assert proposal(outage) == "plan", "nobody was told, so it is told as a plan"
        again = tell(here, outage, Tale.PLAN, (A.ACCOUNTS, A.POSTINGS), when=clock.now())
        release(here, again, clock.now())
    assert len(here.out) == 6 and all("3月12日06:00至3月12日12:00" in one for one in texts(here))
    assert len(postings(outage)) == 4 and all(one.replaces_id for one in postings(outage))
    deliver_all(twice=True)
    assert Round.objects.get(pk=again.pk).fallen_at is None, "a fact heard late takes nothing newer back"


def delayed_and_restored(here: Here, outage: Outage, desk: Client) -> None:
    """It runs late: the delay is told; that the power is back is suggested and, with a reason, not told."""
    with clock.frozen(at("03-12 06:05")):
        pool.start(outage_id=outage.pk, by=MACHINE, at=clock.now())
    with clock.frozen(at("03-12 11:00")):
        pool.change_expected(
            outage_id=outage.pk, expected_end_at=at("03-12 14:00"), reason="开关卡涩", by=MACHINE, at=clock.now()
        )
        deliver_all(twice=True)
        assert proposal(outage) == "delay"
        page = desk.get(reverse("announcements:outage", args=[outage.pk])).content.decode()
        assert "建议告知：延迟送电" in page
        assert "建议告知" in desk.get(reverse("outages:detail", args=[outage.pk])).content.decode()
        release(here, tell(here, outage, Tale.DELAY, (A.ACCOUNTS,), when=clock.now()), clock.now())
    assert "预计恢复时间延至3月12日14:00" in texts(here)[-1]
    with clock.frozen(at("03-12 13:30")):
        pool.restore(outage_id=outage.pk, by=MACHINE, at=clock.now())
        deliver_all(twice=True)
        assert proposal(outage) == "restored"
        row = Proposal.objects.get(outage=outage, closed_at=None)
        drop = reverse("announcements:drop", args=[row.pk])
        assert desk.post(drop, {"client_key": key()}).status_code == 409, "why"
        assert desk.post(drop, {"reason": "客户已看到来电", "client_key": key()}).status_code == 302
    row.refresh_from_db()
    assert (proposal(outage), row.outcome) == ("", "dropped")


@pytest.mark.proves(
    "S4-29", page="announcements:compose", service="longzhong.sensing.announcements.services.tell_outage"
)
def test_a_planned_outage_through_change_and_delay(here: Here) -> None:
    outage, desk = planned(here), here.place.client("desk")
    notice = composed(here, outage, desk)
    changed_before_it_was_sent(here, outage, desk, notice)
    delayed_and_restored(here, outage, desk)
    sent = Message.objects.filter(notice__cause=f"outages.outage:{outage.pk}", state="sent", channel="sms").count()
    assert sent == len(here.out) == 12
    assert [one.state for one in postings(outage, "void")] == ["void"] * 8, "restored: nobody posts any more"
    assert services.fill_rounds(by=MACHINE, at=NOW) == 0
    assert list(matters.broken_links()) == []
