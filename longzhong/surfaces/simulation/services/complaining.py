"""Complaints of the last weeks, one on each step of the road: with the unit, the department, the office, a panel, signers; and the
campaigns that they led to.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import numpy as np

from longzhong.cases.campaigns import services as campaigns
from longzhong.cases.campaigns.rules.words import Plan
from longzhong.cases.complaints import services as governance
from longzhong.cases.rectifications import selectors as rectifications
from longzhong.cases.rectifications.rules import State as Form
from longzhong.kit.clock import civil_day
from longzhong.register.categories import selectors as categories
from longzhong.surfaces.simulation.rules import rows as register
from longzhong.surfaces.simulation.rules.grievances import CAUSES, Grievance
from longzhong.surfaces.simulation.services.acting import MACHINE, Scene, play
from longzhong.surfaces.simulation.services.appealing import appeal
from longzhong.surfaces.simulation.services.cast import Cast, cast_of
from longzhong.surfaces.simulation.services.governing import Matter, open_matter, picked_up, walk
from longzhong.surfaces.simulation.services.learning import analyse, furnish_lessons
from longzhong.surfaces.simulation.services.rectifying import put_right


@dataclass(frozen=True)
class Part:
    """A complaint of so many hours before the morning; `stop`: which verb nobody has taken though it was time."""

    hours: float
    category: str
    verdict: str = "upheld"
    secrecy: str = "open"
    appeals: tuple[str, ...] = ()
    stop: str = ""
    withdrawn: bool = False


DAY = 24.0
PARTS = (
    Part(0.4, "complaint.quality.frequent"),
    Part(3, "complaint.service.hall_attitude", secrecy="confidential"),
    Part(30, "complaint.outage.repair_late"),
    Part(54, "complaint.business.bill", "dismissed"),
    Part(73, "complaint.outage.notice_missing", "partly"),
    Part(98, "complaint.service.hall_conduct", "dismissed", stop="call"),
    Part(2 * DAY, "complaint.business.dunning", stop="find", withdrawn=True),
    Part(70 + 47, "complaint.quality.voltage", appeals=("allowed",), stop="vote"),
    Part(70 + 60, "complaint.business.change_steps", appeals=("allowed",)),
    Part(70 + 64, "complaint.service.reading_attitude", appeals=("refused",)),
    Part(70 + 16, "complaint.grid.site", "partly", stop="sign"),
    Part(26 * DAY, "complaint.service.agent_attitude", stop="prove"),
    Part(50 * DAY, "complaint.outage.off_plan", stop="effective"),
)  # fmt: skip
ENDED, RUNNING = (130, 70), (30, -30)  # days before the morning: a campaign's first and last


def furnish_complaints(scene: Scene) -> int:
    """Play all of it; returns how many complaints now stand somewhere."""
    cast = cast_of(scene.county, civil_day(scene.morning))
    _put_right_what_was_told(scene, cast)
    stations = np.array([cell.station for cell in scene.county.cells])[scene.county.areas.cell]
    homes = np.flatnonzero(stations[scene.county.customers.area] == scene.own_station)
    made = sum(_play(scene, cast, part, int(homes[(7 * n + 3) % len(homes)])) for n, part in enumerate(PARTS))
    _campaign(scene, cast, "频繁停电专项整治", "complaint.quality.frequent", ENDED)
    _campaign(scene, cast, "服务态度专项整治", "complaint.service", RUNNING)
    furnish_lessons(scene, cast)
    return made


def _put_right_what_was_told(scene: Scene, cast: Cast) -> None:
    """Forms that the telephone's own complaints led to."""
    for form in rectifications.visible_to(MACHINE).filter(state=Form.DRAFTING).select_related("complaint__case"):
        matter = picked_up(cast, form.complaint.case)
        if matter is not None:
            put_right(matter, form.complaint.decided_at, scene.morning)
            analyse(matter, form.complaint.decided_at, scene.morning)


def _play(scene: Scene, cast: Cast, part: Part, customer: int) -> bool:
    matter = open_matter(cast, _told(scene.before(minutes=60 * part.hours), part, customer))
    if matter is None:
        return False
    walk(matter, scene.morning, stop=part.stop)
    if part.withdrawn:
        play(scene.before(minutes=90), partial(_withdraw, matter))
    heard = appeal(matter, scene.morning, stop=part.stop)
    put_right(matter, heard, scene.morning, stop=part.stop)
    analyse(matter, heard, scene.morning, stop=part.stop)
    return True


def _told(at: datetime, part: Part, customer: int) -> Grievance:
    topic, against = part.category.split(".")[1], part.verdict != "dismissed"
    ours = "non_marketing" if topic in ("quality", "outage", "grid") else "marketing"
    accused = part.category.endswith("_attitude")
    return Grievance(
        at=at, category=part.category, customer=customer, channel="95598", secrecy=part.secrecy, accused=accused,
        verdict=part.verdict, responsibility=ours if against else "customer", cause=CAUSES[topic][0][0] if against else "",
        appeals=part.appeals, thunder=False,
    )  # fmt: skip


def _withdraw(matter: Matter, at: datetime) -> Any:
    words = "客户来电表示催费单是邻居的，误会已经解除"
    return governance.withdraw(complaint_id=matter.id, reason=words, by=matter.cast["desk"], at=at)


def _campaign(scene: Scene, cast: Cast, title: str, category: str, days: tuple[int, int]) -> None:
    """Planned, with a measure, begun; one whose last day is over is judged by what it brought."""
    office, (first, last) = cast["quality"], days
    today = civil_day(scene.morning)
    plan = Plan(
        title=title, category_ids=(categories.category(category).id,), unit_id=cast.units[register.COUNTY],
        starts_on=today - timedelta(days=first), ends_on=today - timedelta(days=last), basis="year", target_pct=30,
        aim="逐件剖析原因，降低同类投诉",
    )  # fmt: skip
    row = play(scene.before(days=first, minutes=-30), lambda at: campaigns.draft(plan=plan, by=office, at=at))
    if row is None:
        return
    owner, due = int(cast["dept"].staff_id or 0), min(plan.ends_on, today + timedelta(days=5))
    words = "每周通报重复诉求，责任单位逐件说明"
    play(
        scene.before(days=first, minutes=-40),
        lambda at: campaigns.add_measure(campaign_id=row.pk, text=words, owner_id=owner, due_on=due, by=office, at=at),
    )
    play(scene.before(days=first, minutes=-50), lambda at: campaigns.start(campaign_id=row.pk, by=office, at=at))
    if last > 0:
        play(scene.before(days=last - 1), lambda at: campaigns.end(campaign_id=row.pk, by=office, at=at))
        said = "成效见对比，措施转为常态"
        play(
            scene.before(days=last - 4),
            lambda at: campaigns.judge(campaign_id=row.pk, conclusion=said, by=office, at=at),
        )
