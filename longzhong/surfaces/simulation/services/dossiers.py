"""What the county's offices keep beside complaints: a demolition, closures, filings, public opinion, an estate's transfer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from longzhong.cases.closures import selectors as closure_reads
from longzhong.cases.closures import services as closures
from longzhong.cases.closures.rules import PAPERS, NewClosure
from longzhong.cases.closures.rules import Given as Handed
from longzhong.cases.closures.rules.rows import HouseholdRow
from longzhong.cases.filings import services as filings
from longzhong.cases.filings.rules.words import Asked
from longzhong.cases.media import services as media
from longzhong.cases.media.rules.words import Heat, NewItem
from longzhong.cases.transfers import services as transfers
from longzhong.cases.transfers.rules.words import NewDefect, NewTransfer
from longzhong.dispatch.matters.services import Upload
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.customers import selectors as customers
from longzhong.sensing.outages import selectors as outages
from longzhong.surfaces.simulation.rules import rows as register
from longzhong.surfaces.simulation.rules.codes import account_code, unit_code
from longzhong.surfaces.simulation.services.acting import MACHINE, Scene, paper, play
from longzhong.surfaces.simulation.services.cast import Cast, Team, cast_of

HOUSEHOLDS = 8
GROUNDS = "气象台发布雷暴橙色预警，预计多条线路受影响，已安排抢修队伍驻点值守。"
WORDS = "感谢网友关心。线路故障已查明，抢修人员在现场处理，预计两小时内恢复供电，给您带来不便深表歉意。"


def furnish_dossiers(scene: Scene) -> int:
    """Play all of it; returns how many things now lie there."""
    cast = cast_of(scene.county, civil_day(scene.morning))
    team = cast.team(cast.units[unit_code(scene.county.stations[scene.own_station].code)])
    done = [_demolition(scene, team), _wish(scene, team), _closure(scene, team)]
    done += [_filed(scene, cast, team), _misused(scene, cast), _opinion(scene, cast, team), _estate(scene, team)]
    return sum(done)


def _homes(scene: Scene) -> list[str]:
    """户号 of ordinary homes of the own station, the last of its list: the first ones owe, or call."""
    rows = customers.visible_to(MACHINE).filter(unit=scene.unit(scene.own_station), state="active", kind="resident")
    codes = list(rows.filter(priorities=None).order_by("-id").values_list("code", flat=True)[: HOUSEHOLDS + 2])
    return codes or [account_code(scene.county, 0)]


def _demolition(scene: Scene, team: Team) -> bool:
    """A quarter is torn down: its households are listed, some contacted, one refuses."""
    station, first = scene.county.stations[scene.own_station], civil_day(scene.before(days=20))
    new = closures.NewProject(
        name="滨江片区旧城改造", unit=unit_code(station.code), responsible=register.head_code(station.code), from_on=first,
        to_on=first + timedelta(days=120), area_m2=36_000,
    )  # fmt: skip
    row = play(scene.before(days=20), lambda at: closures.open_project(new=new, by=team.head, at=at))
    if row is None:
        return False
    listed = [HouseholdRow(project=row.number or "", account=code) for code in _homes(scene)[:HOUSEHOLDS]]
    play(scene.before(days=19), lambda at: closures.keep_households(rows=listed, by=team.head, at=at))
    homes = list(
        closure_reads.visible_households(MACHINE).filter(project=row).order_by("id").values_list("pk", flat=True)
    )
    for n, home in enumerate(homes[:4]):
        act = closures.refuse_household if n == 3 else closures.contact_household
        ahead = civil_day(scene.morning) + timedelta(days=2 + n)
        given = Handed(
            way="visit", note="已上门告知销户所需材料，客户正在搬迁", reason="补偿协议没有谈妥", next_on=ahead
        )
        play(scene.before(days=8 - n), partial(_with, act, "household_id", home, given, team.head))
    return bool(homes)


def _with(act: Callable[..., Any], name: str, number: int, given: Handed, by: Actor, at: datetime) -> Any:
    return act(**{name: number}, given=given, by=by, at=at)


def _wish(scene: Scene, team: Team) -> bool:
    """Somebody said at the counter that they want to close: kept, with a day to ask again (S0-21)."""
    account = _account(_homes(scene)[-1])
    new = NewClosure(
        channel="verbal", next_on=civil_day(scene.morning) + timedelta(days=1), note="客户口头提出，材料没有带"
    )
    return (
        play(scene.before(days=3), lambda at: closures.begin(account_id=account, new=new, by=team.clerk, at=at))
        is not None
    )


def _closure(scene: Scene, team: Team) -> bool:
    """One document is enough to begin; another, on no list, was asked for afterwards: our fault (二次告知)."""
    account = _account(_homes(scene)[-2])
    new = NewClosure(channel="hall", shown="identity", signed=True)
    row = play(scene.before(days=5), lambda at: closures.begin(account_id=account, new=new, by=team.clerk, at=at))
    telling = closure_reads.visible_tellings(MACHINE).filter(closure=row).first() if row is not None else None
    if telling is None:
        return False
    asked = Handed(paper=_unlisted(telling.codes), reason="系统要求补充，首次告知时没有说明")
    play(scene.before(days=2), partial(_with, closures.ask_again, "telling_id", telling.pk, asked, team.clerk))
    return True


def _unlisted(codes: list[str]) -> str:
    return next(code for code in PAPERS if code not in codes)


def _account(code: str) -> int:
    return customers.account_ids([code])[code]


def _filed(scene: Scene, cast: Cast, team: Team) -> bool:
    """A storm filed ahead, accepted by the office."""
    begins = scene.before(minutes=170)
    asked = Asked(
        kind="storm",
        title="雷暴天气报备",
        grounds=GROUNDS,
        begins_at=begins,
        ends_at=begins + timedelta(days=2),
        whole_unit=True,
    )
    return _file(scene.before(minutes=260), asked, team, cast["quality"]) is not None


def _file(when: datetime, asked: Asked, team: Team, judge: Actor) -> int | None:
    head, evidence = team.head, [paper("气象预警")]
    row = play(when, lambda at: filings.draft(unit_id=team.unit, asked=asked, uploads=evidence, by=head, at=at))
    if row is None:
        return None
    play(when + timedelta(minutes=5), lambda at: filings.submit(filing_id=row.pk, by=head, at=at))
    play(when + timedelta(minutes=25), lambda at: filings.accept(filing_id=row.pk, note="预警属实", by=judge, at=at))
    return int(row.pk)


def _misused(scene: Scene, cast: Cast) -> bool:
    """Another station filed works as a storm: found out, and may not file for a month."""
    others = [n for n in range(len(scene.county.stations)) if n != scene.own_station]
    if not others:
        return False
    team, begins = cast.team(scene.unit(others[0])), scene.before(days=26)
    asked = Asked(
        kind="storm", title="大风天气报备", grounds="预计大风影响线路运行，请求报备", begins_at=begins,
        ends_at=begins + timedelta(days=3), whole_unit=True,
    )  # fmt: skip
    filing = _file(begins - timedelta(hours=2), asked, team, cast["quality"])
    if filing is None:
        return False
    reason = "当天没有大风预警，停电实为计划检修，报备不实"
    play(scene.before(days=21), lambda at: filings.expire_due(by=MACHINE, at=at))
    found = play(
        scene.before(days=20),
        lambda at: filings.find_misused(filing_id=filing, months=1, reason=reason, by=cast["quality2"], at=at),
    )
    return found is not None


def _opinion(scene: Scene, cast: Cast, team: Team) -> bool:
    """Somebody wrote of the storm's outage in public: graded, given to the station, its words wait for a leader."""
    new = NewItem(
        platform="douyin", topic="outage", title="打雷后整片小区停电", content="网友发视频称雷暴后小区停电，希望尽快恢复",
        posted_at=scene.before(minutes=95), heat=Heat(views=5200, comments=46, reposts=12),
    )  # fmt: skip
    quality = cast["quality"]
    item = play(scene.before(minutes=60), lambda at: media.find(new=new, unit_id=team.unit, by=cast["desk"], at=at))
    if item is None:
        return False
    outage = outages.visible_to(MACHINE).filter(source__startswith="troubles.", state="running").order_by("-id").first()
    if outage is not None:
        tied = outages.label(outage.pk)
        play(scene.before(minutes=55), lambda at: media.tie(item_id=item.pk, address=tied, by=quality, at=at))
    grade, head = item.suggested, team.head
    play(scene.before(minutes=50), lambda at: media.grade(item_id=item.pk, grade=grade, by=quality, at=at))
    play(
        scene.before(minutes=48),
        lambda at: media.assign(item_id=item.pk, owner_id=int(head.staff_id or 0), by=quality, at=at),
    )
    return (
        play(scene.before(minutes=30), lambda at: media.draft(item_id=item.pk, text=WORDS, by=head, at=at)) is not None
    )


def _estate(scene: Scene, team: Team) -> bool:
    """An estate's transfer that stands in dispute over who pays for the switchgear."""
    new = NewTransfer("汉江明珠小区", "襄江置业（演示）", "明珠物业（演示）", 428)
    head = team.head
    row = play(scene.before(days=40), lambda at: transfers.open_transfer(new=new, unit_id=team.unit, by=head, at=at))
    if row is None:
        return False
    for n, text in enumerate(("高压柜保护装置缺失", "电缆沟积水，支架锈蚀")):
        due = civil_day(scene.morning) + timedelta(days=10 + 20 * n)
        wrong = NewDefect(text, "developer", due)
        play(scene.before(days=38), partial(_defect, row.pk, wrong, head))
    said = "现场勘查完成，两处缺陷需开发商整改"
    play(
        scene.before(days=37),
        lambda at: transfers.end_survey(transfer_id=row.pk, verb="list_defects", reason=said, by=head, at=at),
    )
    notice = [Upload("notice", "整改通知.jpg", paper("整改通知").content)]
    play(scene.before(days=36), lambda at: transfers.notify(transfer_id=row.pk, uploads=notice, by=head, at=at))
    quarrel = "开发商与业委会对高压柜整改费用有争议，业主多次来电"
    return (
        play(scene.before(days=9), lambda at: transfers.dispute(transfer_id=row.pk, reason=quarrel, by=head, at=at))
        is not None
    )


def _defect(transfer_id: int, new: NewDefect, by: Actor, at: datetime) -> Any:
    return transfers.add_defect(transfer_id=transfer_id, new=new, by=by, at=at)
