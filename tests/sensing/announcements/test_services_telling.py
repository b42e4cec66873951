"""Telling: who gets a message, who a paper, where a posting hangs; what is refused; texts that ship and stay a person's."""

from datetime import timedelta
from typing import Any

import pytest

from longzhong.dispatch.matters.models import Clock
from longzhong.dispatch.notifications import selectors as notice_reads
from longzhong.dispatch.notifications import services as notices
from longzhong.dispatch.notifications.models import Message, Notice
from longzhong.dispatch.notifications.rules import Channel, NoticeLimits, Purpose, Text, Variable
from longzhong.dispatch.notifications.services import NewTemplate
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.sensing.announcements import selectors, services
from longzhong.sensing.announcements.models import Errand, Round
from longzhong.sensing.announcements.rules import Audience, NewGroup, NewTelling, Tale
from longzhong.sensing.outages import services as pool
from tests.sensing.announcements.make import (
    BY_MESSAGE,
    MACHINE,
    NOW,
    Here,
    at,
    key,
    paper,
    planned,
    postings,
    refused,
    release,
    skipped,
    tell,
    temporary,
    texts,
)

pytestmark = pytest.mark.django_db
A = Audience


def phones(row: Round) -> list[str]:
    rows = Message.objects.filter(notice=row.notice_id, channel="sms").exclude(state="skipped")
    return sorted(vault.unseal(one) for one in rows.values_list("address_sealed", flat=True))


def test_everybody_is_told_in_the_way_that_fits_them(here: Here) -> None:
    outage = temporary(here)
    row = tell(here, outage)
    assert row.counted == {"accounts": 7, "leaders": 1, "partners": 1, "papers": 1, "postings": 4}
    assert phones(row) == [
        "13800138001", "13800138003", "13800138004", "13800138005", "13800138006", "13800138007",
    ], "one phone, one message: the committee and the property company are customers as well"  # fmt: skip
    assert skipped(row) == ["not_mobile"], "a fixed line gets no short message"
    notice = release(here, row)
    assert notice.state == "done" and notice.cause == f"outages.outage:{outage.pk}"
    said = next(one.text for one in here.out if one.address == "13800138004")
    assert said.startswith("【供电服务】尊敬的客户：因设备检修，") and "3月4日09:00至3月4日18:00临时停电" in said
    assert "江华工业园，户号尾号0004" in said
    assert not [one for one in texts(here) if "单雄信" in one or "买买提" in one]


def test_the_important_customer_gets_a_paper_and_every_place_a_posting(here: Here) -> None:
    outage = temporary(here)
    tell(here, outage)
    served = paper(outage)
    city = here.place.net.city
    assert (served.owner_id, served.due_at) == (city.staff["S2"], at("03-03 09:00")), (
        "24 hours ahead, by the cell's manager"
    )
    clock = Clock.objects.get(matter=selectors.label(served.pk))
    assert (clock.due_at, clock.owner_id, clock.name) == (served.due_at, served.owner_id, "errand")
    hung = {one.place: (one.accounts, one.owner_id) for one in postings(outage)}
    assert hung == {
        "檀溪街道名仕家天下": (3, city.staff["S1"]), "尹集乡凤凰村": (2, city.staff["S1"]),
        "庞公街道江华工业园": (1, city.staff["S2"]), "庞公街道御龙湾": (1, city.staff["S2"]),
    }  # fmt: skip


def test_a_planned_outage_is_posted_by_its_seventh_day(here: Here) -> None:
    outage = planned(here)
    tell(here, outage, audiences=(A.POSTINGS,))
    assert {one.due_at for one in postings(outage)} == {at("03-06 00:00")}
    assert Round.objects.get().notice_id is None, "no message, no batch"


def test_a_station_tells_its_own_customers_only(here: Here) -> None:
    outage = temporary(here)
    row = tell(here, outage, by=here.actor("station"))
    assert (row.unit_id, row.counted["accounts"], row.counted["papers"]) == (here.place.unit("42060201"), 5, 0)
    other = tell(here, outage, by=here.actor("station", "42060202"))
    assert (other.counted["accounts"], other.counted["papers"]) == (2, 1), "another station isn't a repetition"
    stranger = here.actor("station", "420606")
    refused("not_found", tell, here, outage, by=stranger)
    refused("not_allowed", tell, here, outage, by=here.actor("grid", staff="S1"))
    theirs = here.place.plan("03-12 08:00", "03-12 18:00", areas="A3", by=here.place.who("dept"), exemption="")
    refused("not_found", tell, here, theirs, by=here.actor("station"))
    both = here.place.fault(feeders="F1", expected_end_at=at("03-02 12:00"))
    pool.restore(outage_id=both.pk, area_ids=here.place.areas("A1", "A2"), by=MACHINE, at=NOW)
    refused("not_allowed", tell, here, both, Tale.FAULT, (A.ACCOUNTS,), by=here.actor("station"))


def test_the_same_is_not_told_twice(here: Here) -> None:
    outage = temporary(here)
    first = tell(here, outage)
    refused("told_already", tell, here, outage)
    release(here, first)
    again = tell(here, outage, audiences=(A.ACCOUNTS,), only_new=True)
    told = Message.objects.filter(notice=again.notice_id).exclude(state="skipped").count()
    assert told == 0, "everybody who could be reached was; the fixed line stays skipped"
    assert Errand.objects.filter(outage=outage).count() == 5
    same = NewTelling(outage_id=outage.pk, tale=Tale.PLAN, audiences=(A.ACCOUNTS,), channels=("sms",), only_new=True)
    once = key()
    made = {services.tell_outage(telling=same, key=once, by=here.quality, at=NOW) for _ in range(2)}
    assert len(made) == 1, "a POST that comes twice"


def test_a_batch_taken_back_by_hand_may_be_told_again(here: Here) -> None:
    outage = temporary(here)
    row = tell(here, outage, audiences=(A.ACCOUNTS,))
    notices.cancel_notice(notice_id=row.notice_id or 0, reason="写错了", by=here.quality, at=NOW)
    assert tell(here, outage, audiences=(A.ACCOUNTS,)).pk != row.pk
    assert services.fill_rounds(by=MACHINE, at=NOW) == 0


def test_only_those_still_out_hear_of_a_fault_and_those_restored_that_it_is_over(here: Here) -> None:
    outage = here.place.fault(feeders="F1", expected_end_at=at("03-02 12:00"))
    pool.restore(outage_id=outage.pk, area_ids=here.place.areas("A3"), by=MACHINE, at=NOW)
    row = tell(here, outage, Tale.FAULT, BY_MESSAGE)
    assert row.counted["accounts"] == 5
    back = tell(here, outage, Tale.RESTORED, (A.ACCOUNTS,))
    assert back.counted["accounts"] == 2
    release(here, row)
    assert "预计恢复时间：3月2日12:00" in texts(here)[0] and "故障（原因正在查）" in texts(here)[0]
    assert Notice.objects.get(pk=row.notice_id).send_until == at("03-02 12:00")


@pytest.mark.parametrize(
    ("code", "tale", "audiences", "more"),
    [
        ("audience_missing", Tale.PLAN, (), {}),
        ("tale_unfit", Tale.DELAY, (A.ACCOUNTS,), {}),
        ("tale_unfit", Tale.CANCELLED, (A.ACCOUNTS,), {}),
        ("channel_missing", Tale.PLAN, (A.ACCOUNTS,), {"channels": ()}),
        ("channel_without_text", Tale.PLAN, (A.ACCOUNTS,), {"channels": ("email",)}),
    ],
)
def test_what_is_refused_leaves_nothing(
    here: Here, code: str, tale: Tale, audiences: tuple[Audience, ...], more: dict[str, Any]
) -> None:
    outage = temporary(here)
    refused(code, tell, here, outage, tale, audiences, **more)
    assert not Round.objects.exists() and not Errand.objects.exists() and not Notice.objects.exists()


def test_a_fault_is_not_told_on_paper_nor_with_an_end_that_has_passed(here: Here) -> None:
    outage = here.place.fault(feeders="F1", expected_end_at=at("03-02 12:00"))
    refused("paper_unfit", tell, here, outage, Tale.FAULT, (A.PAPERS,))
    refused("end_passed", tell, here, outage, Tale.FAULT, (A.ACCOUNTS,), when=at("03-02 12:01"))
    unknown = here.place.fault(areas="A1", expected_end_at=None, apart=True)
    refused("end_unknown", tell, here, unknown, Tale.DELAY, (A.ACCOUNTS,))
    said = here.place.fault(areas="A2", confirmed=False, apart=True)
    refused("tale_unfit", tell, here, said, Tale.FAULT, (A.ACCOUNTS,))


def test_nobody_to_tell(here: Here) -> None:
    outage = here.place.plan("03-12 08:00", "03-12 18:00", areas="A2", exemption="")
    refused("nobody_to_tell", tell, here, outage, audiences=(A.PAPERS,))
    refused("nobody_to_tell", tell, here, outage, audiences=(A.PARTNERS,))


def test_a_template_that_is_gone_or_asks_for_more_is_refused_aloud(here: Here) -> None:
    outage = temporary(here)
    notices.retire_template(code="outage_temporary", by=MACHINE, at=NOW)
    refused("template_missing", tell, here, outage, audiences=(A.ACCOUNTS,))
    mine = NewTemplate(
        code="outage_temporary", title="临时", purpose=Purpose.SERVICE, signature="襄城供电",
        variables=(Variable("weather", "天气"),),
        texts={Channel.SMS: Text("{weather}")},
    )  # fmt: skip
    notices.keep_template(template=mine, by=here.quality, at=NOW)
    refused("template_places", tell, here, outage, audiences=(A.ACCOUNTS,))


def test_shipped_texts_fit_four_parts_and_what_a_person_did_stays(here: Here) -> None:
    for code in ("outage_planned", "outage_temporary", "outage_fault", "outage_change", "outage_postponed", "outage_delay",
                 "outage_restored", "outage_cancelled"):  # fmt: skip
        template = notice_reads.current_template(code)
        assert template is not None
        assert not [one for one in notice_reads.previews(template, {}, NoticeLimits()) if one.too_long], code
    assert services.keep_templates(by=MACHINE, at=NOW) == 0, "twice is once"
    person = Actor(7, None, "优服", here.quality.scopes)
    mine = NewTemplate(
        code="outage_fault",
        title="我们的",
        purpose=Purpose.SERVICE,
        signature="襄城供电",
        texts={Channel.SMS: Text("停电了")},
    )
    notices.keep_template(template=mine, by=person, at=NOW)
    notices.retire_template(code="outage_delay", by=person, at=NOW)
    assert services.keep_templates(by=MACHINE, at=NOW) == 0
    kept = notice_reads.current_template("outage_fault")
    assert kept is not None and kept.title == "我们的" and notice_reads.current_template("outage_delay") is None


def test_groups_of_the_estate_and_of_the_whole_station_are_written_to(here: Here) -> None:
    head = here.actor("station")
    unit = here.place.unit("42060201")
    estate = NewGroup(name="名仕业主群", unit_id=unit, estate="名仕家天下", robot="key-1")
    once = key()
    made = services.keep_group(group=estate, key=once, by=head, at=NOW)
    assert services.keep_group(group=estate, key=once, by=head, at=NOW) == made
    for name, place, robot in (("全所村组群", "", "key-2"), ("别的小区", "江华工业园", "key-3")):
        new = NewGroup(name=name, unit_id=unit, estate=place, robot=robot)
        services.keep_group(group=new, key=key(), by=head, at=NOW)
    outage = temporary(here)
    row = tell(here, outage, audiences=(A.PARTNERS,))
    written = Message.objects.filter(notice=row.notice_id, channel="wecom").order_by("id")
    assert [vault.unseal(one.address_sealed) for one in written] == ["key-1", "key-2"]
    for code, robot in (("robot_known", "key-1"), ("robot_key", "http://x/?y"), ("group_whole", "")):
        new = NewGroup(name="又", unit_id=unit, robot=robot)
        refused(code, services.keep_group, group=new, key=key(), by=head, at=NOW)
    other = NewGroup(name="又", unit_id=here.place.unit("42060202"), robot="key-9")
    refused("not_allowed", services.keep_group, group=other, key=key(), by=head, at=NOW)
    refused("not_found", services.end_group, group_id=made, key=key(), by=here.actor("station", "42060202"), at=NOW)
    renamed = NewGroup(name="名仕一期群", unit_id=unit, estate="名仕家天下")
    assert services.keep_group(group=renamed, group_id=made, key=key(), by=head, at=NOW + timedelta(minutes=1)) == made
    services.end_group(group_id=made, key=key(), by=head, at=NOW)
    assert {one.name for one in selectors.groups(head)} == {"全所村组群", "别的小区"}
