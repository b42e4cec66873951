"""What the offices of the demo county have on their desks: final answers, a petitioner's file, an explained bill, a bulletin."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from longzhong.assessment.bulletins import selectors as bulletins
from longzhong.assessment.bulletins import services as bulletin_services
from longzhong.cases.explanations import services as explanations
from longzhong.cases.explanations.rules import Use
from longzhong.cases.explanations.selectors import Span
from longzhong.cases.finals import services as finals
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.rules import LIVE
from longzhong.cases.petitioners import services as petitioners
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.customers import selectors as customers
from longzhong.register.org import selectors as org
from longzhong.surfaces.simulation.rules.codes import account_code
from longzhong.surfaces.simulation.rules.people import homes
from longzhong.surfaces.simulation.services.acting import MACHINE, Scene, key_of, paper, play
from longzhong.surfaces.simulation.services.persons import person

ANSWER = "经核查，计量与收费符合规定，赔偿请求缺乏依据；今后如有新的证据，欢迎随时提交，我们会再次核实。"
VISITS = ((30, "hall", "furious", "反映频繁停电，要求赔偿冰箱食品"), (16, "hall", "excited", "再次询问改造进度"),
          (4, "home", "calm", "台区经理上门说明，改造已完工，表示满意"))  # fmt: skip
FRIDGE = (Use("ac_fixed_15", 2, 9.0), Use("freezer", 1, 24.0), Use("induction", 1, 1.5), Use("lamp", 12, 5.0))
COMMENT = "本周停电诉求占六成，重复致电有所下降；请各所对退回工单逐件说明原因，改进首次办结。"
EXPLAINED_D = 14


def furnish_offices(scene: Scene) -> int:
    """Play all of it; returns how many things now lie on desks."""
    done = [_final(scene, n) for n in range(2)]
    done.append(_petitioner(scene))
    done.append(play(scene.before(minutes=18), lambda at: _explain(scene, at)) is not None)
    done.append(play(scene.before(minutes=16), lambda at: _issue(scene, at)) is not None)
    return sum(done)


def _final(scene: Scene, number: int) -> bool:
    """The first goes all the way to its filing, the second waits for its second approval."""
    case = _matter(scene, number)
    if case is None:
        return False
    desk, when = scene.login("desk"), scene.before(days=1, minutes=-30 * number)
    when = max(when, case.opened_at + timedelta(minutes=30))
    grounds = ("outage_loss", "beyond_rules") if number == 0 else ("appliance",)
    uploads = [paper("前次书面答复"), paper("检测报告")]
    row = play(
        when,
        lambda at: finals.draft(case_id=case.pk, grounds=grounds, answer=ANSWER, uploads=uploads, by=desk, at=at),
    )
    if row is None:
        return False
    final_id = row.pk
    handed = play(when + timedelta(minutes=5), lambda at: finals.submit(final_id=final_id, by=desk, at=at))
    chain = handed.chain if handed is not None else []
    for level, role in enumerate(chain[: len(chain) if number == 0 else 1]):
        play(when + timedelta(minutes=20 + level), partial(_approve, final_id, _approver(scene, role, case.unit_id)))
    if number == 0:
        _ended(scene, final_id, when + timedelta(minutes=40))
    return True


def _approve(final_id: int, by: Actor, at: datetime) -> None:
    finals.approve(final_id=final_id, by=by, at=at)


def _ended(scene: Scene, final_id: int, when: datetime) -> None:
    words = "上门当面宣读并送达，客户表示知道了，保留意见"
    desk, quality = scene.login("desk"), scene.login("quality")
    play(when, lambda at: finals.tell_customer(final_id=final_id, how="visit", note=words, by=desk, at=at))
    play(when + timedelta(minutes=9), lambda at: finals.file(final_id=final_id, by=quality, at=at))


def _matter(scene: Scene, number: int) -> Any:
    """A live case of another cell than the grid login's: complaints and opinions first."""
    own = scene.county.cells[scene.own_cell].code
    rows = hotline.visible_to(MACHINE).filter(state__in=LIVE, outage_id=None).exclude(grid__code=own)
    rows = rows.filter(opened_at__lt=scene.before(minutes=200))
    order = {"complaint": 0, "opinion": 1}
    found = sorted(rows.order_by("id"), key=lambda one: (order.get(one.type, 2), one.pk))
    return found[number] if number < len(found) else None


def _approver(scene: Scene, role: str, unit_id: int) -> Actor:
    if role != "station":
        return scene.login(role)
    heads = org.head_of(unit_id, scene.morning.date())
    return person(heads[0], "station", unit_id) if heads else scene.own_head()


def _petitioner(scene: Scene) -> bool:
    """Somebody who came often and is on the way to becoming a friend."""
    home, quality = 7 % len(scene.county.customers), scene.login("quality")
    who, unit = homes(scene.county)[home], scene.unit(scene.own_station)
    code = account_code(scene.county, home)
    new = petitioners.NewFile(
        unit_id=unit, reason="一个月内三次到营业厅反映停电损失", name=who.name, phone=who.phone,
        account_id=customers.account_ids([code]).get(code), place="",
    )  # fmt: skip
    row = play(scene.before(days=31), lambda at: petitioners.open_file(new=new, by=quality, at=at))
    if row is None:
        return False
    for ago, channel, mood, text in VISITS:
        met = petitioners.NewOccasion(met_at=scene.before(days=ago), channel=channel, mood=mood, text=text)
        play(met.met_at, partial(_meet, row.pk, met, quality))
    reason = "改造后半个月没有再反映，主动帮邻居解释"
    play(
        scene.before(days=3),
        lambda at: petitioners.change_level(petitioner_id=row.pk, level="occasional", reason=reason, by=quality, at=at),
    )
    return True


def _meet(petitioner_id: int, met: petitioners.NewOccasion, by: Actor, at: datetime) -> None:
    petitioners.note_occasion(petitioner_id=petitioner_id, occasion=met, by=by, at=at)


def _explain(scene: Scene, at: datetime) -> Any:
    """An air conditioner that runs all night: what the curve shows, what the appliances make."""
    rows = customers.visible_to(MACHINE).filter(unit=scene.unit(scene.own_station), state="active", kind="resident")
    account = rows.order_by("id").values_list("pk", flat=True)[0]
    last = civil_day(at) - timedelta(days=1)
    asked = explanations.Asked(
        Span(last - timedelta(days=EXPLAINED_D - 1), last),
        FRIDGE,
        ("set_point", "hours"),
        note="客户说广告讲一晚一度电",
    )
    return explanations.explain(account_id=account, asked=asked, by=scene.login("desk"), at=at)


def _issue(scene: Scene, at: datetime) -> Any:
    """The newest draft with a number in it is issued with the office's word."""
    quality = scene.login("quality")
    drafts = list(bulletins.board(quality).filter(state="draft", week__lt=civil_day(at)))
    row = next((one for one in drafts if getattr(one, "pressed", 0)), drafts[0] if drafts else None)
    if row is None:
        return None
    return bulletin_services.issue(
        bulletin_id=row.pk, comment=COMMENT, key=key_of("bulletin", row.pk), by=quality, at=at
    )
