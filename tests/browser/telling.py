"""What the standing county told and wrote: words about restoration, notices, arrears; and the moment at which people look."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from longzhong.cases.disconnections import services as disconnections
from longzhong.cases.disconnections.rules import ArrearsRow, Given
from longzhong.dispatch.notifications import services as notifications
from longzhong.dispatch.notifications.models import Provider, Template
from longzhong.dispatch.notifications.rules import Channel, Kind, NewNotice, Purpose, Recipient, Text, Variable
from longzhong.dispatch.notifications.services import NewProvider, NewTemplate, Sender
from longzhong.sensing.restorations.models import RestorationModel
from tests.cases.hotline.make import Hotline
from tests.dispatch.notifications.make import FIELDS, Fake
from tests.dispatch.workorders.make import photo
from tests.register.network.make import MACHINE, Net
from tests.sensing.restorations.make import history

HOUR, DAYS = timedelta(hours=1), timedelta(days=1)
LONG_REASON = (
    "110kV隆中变10kV隆中一线主干二段更换绝缘导线并同步整治卧龙岗自然湾第三居民小组老旧接户线，"
    "因跨越焦柳铁路须与铁路部门会签天窗时间"
)
SMS = "尊敬的客户，您所在的{place}将于{start}停电检修，预计{end}恢复，给您带来不便敬请谅解，咨询请拨95598。回执{ack}"


@dataclass(frozen=True)
class Around:
    """The standing city, its accounts by number, and the moment at which people look."""

    net: Net
    here: Hotline
    now: datetime

    @property
    def station(self) -> int:
        return self.net.city.units["42060201"]

    def area(self, code: str) -> int:
        return self.net.areas[code]


MISSES = [("reported", 95.0, 0.71), ("accepted", 60.0, 0.79), ("arrived", 35.0, 0.82), ("diagnosed", 18.0, 0.85)]
FIGURES = {
    "asked": 86, "median_abs_error_min": 41.0, "mae_min": 63.0, "coverage": 0.806, "interval": 0.8, "width_min": 142.0,
    "plain": {"median_abs_error_min": 77.0, "mae_min": 98.0}, "old": {"mae_min": 71.0},
    "by": {
        "stage": [
            {"kind": stage, "asked": 20, "median_abs_error_min": miss, "mae_min": miss, "coverage": within, "width_min": 120.0}
            for stage, miss, within in MISSES
        ]
    },
}  # fmt: skip


def said(one: Around) -> dict[str, int]:
    """Words about restoration that came out, and the card of a model that wasn't better."""
    history(one.station, 40)
    row = RestorationModel(
        version=1,
        state="refused",
        trained_at=one.now - DAYS,
        trained_by="系统",
        rows=1200,
        matters=430,
        figures=FIGURES,
    )
    RestorationModel.objects.bulk_create([row])
    return {"restoration model": 1}


def notices(one: Around) -> dict[str, int | str]:
    """A text, a way out, a notice that went out, and one that waits for approval."""
    held = [
        Variable(name, words, longest=60, sample=words)
        for name, words in (("place", "地点"), ("start", "开始"), ("end", "结束"))
    ]
    for code, approval in (("planned_outage", False), ("big_planned_outage", True)):
        notifications.keep_template(
            template=NewTemplate(
                code=code, title="计划停电通知（含重要客户与村小组长联动转告的完整版）"[:60], purpose=Purpose.SERVICE,
                signature="襄阳供电", variables=tuple(held), texts={Channel.SMS: Text(SMS)}, needs_approval=approval,
            ),
            by=MACHINE, at=one.now,
        )  # fmt: skip
    notifications.keep_provider(
        provider=NewProvider(
            code="sms-main", name="运营商短信网关（省公司统一出口，备用线路已开通）", kind=Kind.SMS_HTTP,
            settings={"url": "http://127.0.0.1:9", "fields": FIELDS}, rate_per_s=10_000.0,
        ),
        by=MACHINE, at=one.now,
    )  # fmt: skip
    sent = _notice(one, "planned_outage")
    notifications.queue_notice(notice_id=sent, by=MACHINE, at=one.now)
    sender = Sender(Fake())
    for _ in range(4):
        sender.round(by=MACHINE, at=one.now)
    sender.close()
    text, way = Template.objects.latest("id").pk, Provider.objects.latest("id").code
    return {"notice": sent, "waiting notice": _notice(one, "big_planned_outage"), "template": text, "provider": way}


def _notice(one: Around, template: str) -> int:
    params = {"place": "卧龙岗自然湾第三居民小组", "start": "3月20日8时", "end": "3月20日18时"}
    made = notifications.compose(
        notice=NewNotice(template=template, unit_id=one.station, params=params, title="3月20日隆中一线更换导线停电通知"),
        recipients=[Recipient(account_id=account) for account in one.here.accounts.values()], by=MACHINE, at=one.now,
    )  # fmt: skip
    return made.pk


def arrears(one: Around) -> dict[str, int]:
    """Bills of three customers; one was visited and has the notice in hand."""
    due = one.now.date() - timedelta(days=40)
    codes = [f"420000000000{number}" for number in (1, 2, 5)]
    rows = [ArrearsRow(code, f"2026-0{month}", 1_865_099, due, None) for code in codes for month in (1, 2)]
    disconnections.keep_arrears(rows=rows, by=MACHINE, at=one.now - 9 * DAYS)
    made = [
        disconnections.propose(account_id=one.here.accounts[number], by=MACHINE, at=one.now - 9 * DAYS)
        for number in (1, 2)
    ]
    told = Given(way="visit", note="全家外出务工忘缴，答应月底前缴；" + LONG_REASON)
    disconnections.contact(
        disconnection_id=made[0], given=told, photos=[photo()], by=one.here.head, at=one.now - 8 * DAYS
    )
    disconnections.notice(
        disconnection_id=made[0],
        given=Given(receipt="signed"),
        photos=[photo()],
        by=one.here.head,
        at=one.now - 8 * DAYS,
    )
    return {"disconnection": made[0], "owing account": one.here.accounts[1]}
