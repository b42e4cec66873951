"""What the standing county has of people who leave and people who are told: closures, demolitions, second requests, tellings."""

from typing import Any

from longzhong.cases.closures import services as closures
from longzhong.cases.closures.models import Closure, Household
from longzhong.cases.closures.rules import Given, HouseholdRow, NewClosure
from longzhong.kit.outbox import deliver_all
from longzhong.register.customers import selectors as customers
from longzhong.register.customers import services as customer_services
from longzhong.register.customers.rules.rows import AccountRow
from longzhong.sensing.announcements import services as announcements
from longzhong.sensing.announcements.models import Errand
from longzhong.sensing.announcements.rules import Audience, NewGroup, NewTelling, Tale
from tests.browser.governing import someone
from tests.browser.telling import DAYS, HOUR, LONG_REASON, Around
from tests.register.network.make import MACHINE

CODES = tuple(f"42000001{number:05}" for number in range(1, 7))
SAID = "老人在武汉帮儿子带孩子，说清明回来办，房子已经交了钥匙；" + LONG_REASON


def leaving(one: Around, outage: int) -> dict[str, int | str]:
    """Ids of what there is, by what the screens call it; `outage` is announced to everybody."""
    accounts = _homes(one)
    return _closures(one, accounts) | _demolition(one) | {"staying account": accounts[5]} | _told(one, outage)


def _homes(one: Around) -> list[int]:
    rows = [
        AccountRow(
            code=code, name="爱新觉罗·恒裕", area_code="A1", town="隆中街道", estate="名仕家天下二期还建安置房",
            building=f"{number}号楼", room="3单元101", phone=f"138001390{number:02}",
        )
        for number, code in enumerate(CODES)
    ]  # fmt: skip
    customer_services.keep_accounts(rows=rows, by=MACHINE, at=one.now - 4 * DAYS)
    ids = customers.account_ids(CODES)
    return [ids[code] for code in CODES]


def _closures(one: Around, accounts: list[int]) -> dict[str, int | str]:
    """A spoken wish, one with documents to come and a second request, one that waits for its last reading."""
    desk = someone(one, "S5", "desk", "王坐席")
    head = someone(one, "S3", "station", "诸葛明", "42060201")

    def begun(account: int, days: int, **new: Any) -> Closure:
        return closures.begin(account_id=account, new=NewClosure(note=SAID, **new), by=desk, at=one.now - days * DAYS)

    wish, papers, reading = (
        begun(accounts[0], 8),
        begun(accounts[1], 2, shown="identity"),
        begun(accounts[2], 1, shown="identity"),
    )
    who: dict[str, Any] = {"closure_id": reading.pk, "by": desk, "at": one.now - HOUR}
    for paper in reading.papers.filter(brought_at=None):
        closures.bring(given=Given(paper=paper.code), **who)
    closures.pass_on(given=Given(), **who)
    again = closures.ask_again(
        telling_id=papers.tellings.latest("id").pk,
        given=Given(paper="seal", reason=SAID),
        by=head,
        at=one.now - HOUR,
    )
    deliver_all()
    return {"wish": wish.pk, "closure": papers.pk, "reading closure": reading.pk, "second request": again.pk}


def _demolition(one: Around) -> dict[str, int | str]:
    """A project with three households: one to be visited today, one gone, one that refuses."""
    quality = someone(one, "S6", "quality", "庞统")
    manager = someone(one, "S1", "grid", "张惠芳", "42060201")
    new = closures.NewProject(
        name="隆中街道卧龙岗片区棚户区（城中村）改造一期二批次征收拆迁项目", unit="42060201", responsible="S1",
        from_on=one.now.date() - 60 * DAYS, area_codes=["A1", "A4"], estates=["名仕家天下二期还建安置房"], area_m2=1_188_000,
    )  # fmt: skip
    project = closures.open_project(new=new, by=quality, at=one.now - 4 * DAYS)
    rows = [
        HouseholdRow(project=project.number or "", account=code, moved_away=number == 1, next_on=one.now.date())
        for number, code in enumerate((CODES[0], CODES[3], CODES[4]))
    ]
    kept = closures.keep_households(rows=rows, by=quality, at=one.now - 4 * DAYS)
    assert kept.refused == (), kept
    _first, second, third = Household.objects.filter(project=project).order_by("id")
    given = Given(way="visit", note=SAID, next_on=one.now.date())
    closures.contact_household(household_id=second.pk, given=given, by=manager, at=one.now - 3 * DAYS)
    given = Given(reason="补偿没谈拢，" + SAID, next_on=one.now.date() + 5 * DAYS)
    closures.refuse_household(household_id=third.pk, given=given, by=manager, at=one.now - 2 * DAYS)
    return {"project": project.pk, "household": second.pk}


def _told(one: Around, outage: int) -> dict[str, int | str]:
    """A planned outage that was announced to everybody: messages, a paper for an important customer, postings; a group."""
    announcements.keep_templates(by=MACHINE, at=one.now)
    announcements.keep_demo_provider(by=MACHINE, at=one.now)
    quality = someone(one, "S6", "quality", "庞统")
    group = NewGroup(
        name="名仕家天下业主与物业停电互助联络群（二期、三期及沿街商铺）", unit_id=one.station, estate="名仕家天下", robot="k" * 36
    )  # fmt: skip
    announcements.keep_group(group=group, key="group-000001", by=quality, at=one.now)
    telling = NewTelling(
        outage_id=outage, tale=Tale.PLAN, audiences=tuple(Audience), channels=("sms", "portal", "wecom"), only_new=False
    )  # fmt: skip
    announcements.tell_outage(telling=telling, key="telling-000001", by=quality, at=one.now - HOUR)
    announcements.fill_rounds(by=MACHINE, at=one.now - HOUR)
    deliver_all()
    paper = Errand.objects.filter(outage_id=outage, kind="written").first()
    posting = Errand.objects.filter(outage_id=outage, kind="posting").first()
    assert posting is not None
    return {"told outage": outage, "errand": (paper or posting).pk, "posting": posting.pk}
