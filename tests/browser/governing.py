"""What the standing county has under governance: complaints in every state, campaigns, filings, public opinion, estates, closures.

Names and words are as long as people write them. The people are those of the standing city, so that who looks has work to do.
"""

import itertools
from datetime import timedelta
from typing import Any

from longzhong.cases.analyses.models import Report
from longzhong.cases.campaigns import services as campaigns
from longzhong.cases.campaigns.rules import Basis
from longzhong.cases.campaigns.rules import Plan as CampaignPlan
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import Evidence, State
from longzhong.cases.filings import services as filings
from longzhong.cases.filings.rules import Asked
from longzhong.cases.media import services as media
from longzhong.cases.media.rules import Heat, NewItem
from longzhong.cases.rectifications.models import Form
from longzhong.cases.transfers import services as transfers
from longzhong.cases.transfers.rules import NewDefect, NewTransfer
from longzhong.dispatch.matters.services import Upload
from longzhong.kit.actor import Actor, Scope
from longzhong.kit.outbox import deliver_all
from longzhong.register.categories import selectors as categories
from longzhong.register.org import selectors as org
from longzhong.register.org import services as org_services
from longzhong.register.org.rules.rows import StaffRow
from longzhong.register.org.services import Share
from tests.browser.telling import DAYS, HOUR, LONG_REASON, Around
from tests.cases.complaints.make import decided_given, picture, step
from tests.cases.hotline.make import a_case
from tests.dispatch.matters.pictures import jpeg
from tests.register.network.make import MACHINE
from tests.register.org.make import DAY, NOW, City

OFFICES = (
    StaffRow("D1", "司马徽", "", "420602D", "投诉专责", "dept"),
    StaffRow("D2", "买买提·吐尔逊江·阿卜杜热西提", "", "420602D", "投诉专责", "dept"),
)
RUDE = "complaint.service.hall_attitude"
WORDS = (
    "我 3 月 1 日上午到隆中营业厅办理电表过户，窗口人员一直低头看手机，问了三遍才抬头，说材料不全让我回去拿，"
    "第二次去又说还缺一份，第三次说系统坏了；前后跑了三趟，来回六十多公里，没有一个人说句抱歉。" + LONG_REASON
)
CODE = "420000000000{}"
_numbers = itertools.count(1)


def office_people(city: City) -> None:
    """The department that reviews, and the 1+1+1 map of what it reviews."""
    org_services.keep_staff(rows=OFFICES, from_on=DAY, by=MACHINE, at=NOW)
    city.staff.update(org.staff_ids([row.code for row in OFFICES]))
    units = city.units
    for code, name in (("complaint", "投诉"), ("report", "举报"), ("opinion", "意见")):
        share = Share(code, name, units["420602"], units["420602Y"], units["420602D"])
        org_services.set_responsibility(share=share, from_on=DAY, by=MACHINE, at=NOW)


def someone(one: Around, code: str, role: str, name: str, *units: str) -> Actor:
    """A person of the city with one role over units (the county and its stations, unless said)."""
    city = one.net.city
    ids = frozenset(city.units[unit] for unit in units or ("420602", "42060201", "42060202", "420602D", "420602Y"))
    return Actor(city.staff[code] + 1000, city.staff[code], name, (Scope(role, ids),))


class Cast:
    """Who takes the steps."""

    def __init__(self, one: Around) -> None:
        self.office = someone(one, "S6", "quality", "庞统")
        self.dept = someone(one, "D1", "dept", "司马徽")
        self.handler = someone(one, "Q1", "crew", "钱班长", "42060201")
        self.head = someone(one, "S3", "station", "诸葛明", "42060201")
        self.boss = someone(one, "S4", "leader", "徐庶")


def governed(one: Around) -> dict[str, int | str]:
    """Ids of what there is, by what the screens call it."""
    cast = Cast(one)
    return (
        _complaints(one, cast) | _campaigns(one, cast) | _filings(one, cast) | _media(one, cast) | _estates(one, cast)
    )


def _complaints(one: Around, cast: Cast) -> dict[str, int | str]:
    """A complaint that stands at each step of the road, one of them confidential, and one that was dismissed."""
    road = (State.ACCEPTED, State.INVESTIGATING, State.REPLIED, State.REVIEWED, State.ANSWERED)
    ids: dict[str, int | str] = {
        f"{state} complaint": _taken(one, cast, state, days=days).pk
        for state, days in zip(road, (0, 1, 2, 3, 4), strict=True)
    }
    secret = _taken(
        one, cast, State.INVESTIGATING, days=1, secrecy="confidential", about_staff_id=one.net.city.staff["S1"]
    )
    deliver_all()
    of_answered = {"complaint": ids["answered complaint"]}
    ids |= {"rectification": Form.objects.get(**of_answered).pk, "analysis": Report.objects.get(**of_answered).pk}
    return ids | {"secret complaint": secret.pk}


def _taken(one: Around, cast: Cast, state: State, *, days: int, **case: Any) -> Complaint:
    when = one.now - days * DAYS - timedelta(minutes=next(_numbers))
    made = a_case(one.here, RUDE, WORDS, account=1 + next(_numbers) % 4, when=when, **case)
    deliver_all()
    row, steps = Complaint.objects.get(case=made), _road(one, cast, bool(case.get("secrecy")))
    road = (State.ACCEPTED, State.INVESTIGATING, State.REPLIED, State.REVIEWED, State.DECIDED, State.ANSWERED)
    for verbs in steps[: road.index(state)]:
        for verb, by, given in verbs:
            when += timedelta(minutes=7)
            row = step(row, verb, by, when, (picture(),) if verb == "find" else (), **given)
    return row


def _road(one: Around, cast: Cast, secret: bool) -> list[list[tuple[str, Actor, dict[str, Any]]]]:
    """The steps from state to state, with the long words of careful people."""
    retold = {"summary": "客户反映窗口服务质量问题，请核查当日录像和排号记录"} if secret else {}
    contact = (
        {"result": "none", "reason": "客户要求保密不联系"} if secret else {"result": "reached", "reason": WORDS[:60]}
    )
    dispatch = {
        "grade": "general", "unit_id": one.station, "department_id": one.net.city.units["420602D"],
        "handler_id": one.net.city.staff["Q1"], **retold,
    }  # fmt: skip
    proposal = decided_given()
    proposal.pop("basis")
    measures = "约谈当事人并安排一个月的窗口礼仪培训，所长每日抽查录像两段；" + LONG_REASON
    return [
        [("dispatch", cast.office, dispatch), ("contact", cast.handler, contact)],
        [
            (
                "find",
                cast.handler,
                {"evidence": Evidence.SYSTEM, "reason": "调取当日录像并核对排号记录：" + WORDS[:80]},
            ),
            ("reply", cast.handler, {"facts": "经调阅录像，" + WORDS[:120], "measures": measures, **proposal}),
        ],
        [("pass", cast.dept, {"analysis": "回复事实清楚，措施可行；" + LONG_REASON, "measures": measures})],
        [("decide", cast.office, decided_given(basis="录像与客户陈述一致，" + LONG_REASON, violations=("shirk",)))],
        [("answer", cast.office, {"answer": "已向您说明处理结果并致歉，" + LONG_REASON})],
    ]


def _campaigns(one: Around, cast: Cast) -> dict[str, int | str]:
    plan = CampaignPlan(
        title="营业厅窗口服务规范与“一次性告知”执行情况专项整治行动（2026年春季）",
        category_ids=(categories.category("complaint.service").id,), unit_id=one.net.city.units["420602"],
        starts_on=one.now.date() - 5 * DAYS, ends_on=one.now.date() + 24 * DAYS, basis=Basis.BEFORE, target_pct=40,
        aim="窗口服务投诉集中，三个月来居各类之首；" + LONG_REASON,
    )  # fmt: skip
    draft = campaigns.draft(plan=plan, by=cast.office, at=one.now - 6 * DAYS)
    row = campaigns.draft(plan=plan, by=cast.office, at=one.now - 6 * DAYS)
    campaigns.start(campaign_id=row.pk, by=cast.office, at=one.now - 5 * DAYS)
    campaigns.add_measure(
        campaign_id=row.pk, text="窗口人员礼仪与一次性告知轮训，" + LONG_REASON, owner_id=one.net.city.staff["S3"],
        due_on=one.now.date() + 9 * DAYS, by=cast.office, at=one.now - 4 * DAYS,
    )  # fmt: skip
    return {"campaign": row.pk, "draft campaign": draft.pk}


def _filings(one: Around, cast: Cast) -> dict[str, int | str]:
    def filed(title: str, begins: int) -> int:
        start = one.now + begins * HOUR
        asked = Asked(
            kind="storm", title=title, grounds="气象台发布大风橙色预警，预计线路多处跳闸；" + LONG_REASON, begins_at=start,
            ends_at=start + 30 * HOUR, areas=("A1", "A4"), estates=("名仕家天下",), categories=("complaint.quality.frequent",),
        )  # fmt: skip
        paper = Upload("document", "襄阳市气象台2026年第12号大风橙色预警信号.jpg", jpeg())
        made = filings.draft(unit_id=one.station, asked=asked, uploads=[paper], by=cast.head, at=one.now - 2 * HOUR)
        filings.submit(filing_id=made.pk, by=cast.head, at=one.now - 2 * HOUR)
        return int(made.pk)

    running, waiting = (
        filed("隆中风景名胜区大风强对流天气风险提前报备（含古隆中村、卧龙岗自然湾）", 4),
        filed("寒潮大风", 9),
    )
    filings.accept(filing_id=running, by=cast.office, at=one.now - HOUR)
    return {"filing": waiting, "running filing": running}


def _media(one: Around, cast: Cast) -> dict[str, int | str]:
    def found(number: int, views: int, area: str) -> int:
        item = NewItem(
            platform="douyin", topic="outage", title="隆中片区三天两头停电，老人靠制氧机怎么办？居民集体在线求一个说法",
            content=WORDS, area=area, url=f"https://example.com/v/{number}", heat=Heat(views, 3_214, 856),
        )  # fmt: skip
        unit = one.net.city.units["420602"]
        return int(media.find(new=item, unit_id=unit, by=cast.office, at=one.now - 2 * HOUR).pk)

    hot, fresh = found(1, 1_286_000, "A2"), found(2, 500, "A4")
    who: dict[str, Any] = {"item_id": hot, "at": one.now - HOUR}
    media.grade(grade="major", by=cast.office, **who)
    media.assign(owner_id=one.net.city.staff["S3"], by=cast.office, **who)
    media.draft(text="隆中片区停电，抢修人员已到场，预计 18 时前恢复；" + LONG_REASON, by=cast.head, **who)
    return {"media": hot, "fresh media": fresh}


def _estates(one: Around, cast: Cast) -> dict[str, int | str]:
    new = NewTransfer(
        estate="名仕家天下（含二期、三期及沿街商铺配套专用变电所）", developer="襄阳名仕置业有限公司隆中分公司",
        property_company="名仕物业服务有限公司", households=1_862, area="A1",
    )  # fmt: skip
    row = transfers.open_transfer(new=new, unit_id=one.station, by=cast.head, at=one.now - 3 * DAYS)
    for text, party in (("配电房长期积水，" + LONG_REASON, "developer"), ("楼道总表箱无门", "property")):
        defect = NewDefect(text=text, party=party, due_on=one.now.date() + 10 * DAYS)
        transfers.add_defect(transfer_id=row.pk, new=defect, by=cast.head, at=one.now - 2 * DAYS)
    who: dict[str, Any] = {"transfer_id": row.pk, "at": one.now - DAYS}
    transfers.end_survey(verb="list_defects", reason="勘查完成", by=cast.head, **who)
    transfers.notify(uploads=[Upload("notice", "整改通知书.jpg", jpeg())], by=cast.head, **who)
    transfers.fix(
        defect_id=row.defects.latest("id").pk, uploads=[Upload("proof", "门已装.jpg", jpeg())], by=cast.head, **who
    )
    return {"transfer": row.pk}
