"""Why this crew, in words."""

from longzhong.dispatch.crews.rules import ROAD_LABELS, SKILL_LABELS, Job, Road, Skill, Visit
from longzhong.dispatch.crews.selectors.gathering import Gathered


def why_words(job: Job, visit: Visit, held: Gathered) -> list[str]:
    """Way, skill, road, deadline, sensitivity, and whether the crew had it before; stored with the stop."""
    due = "" if job.due is None else f"约 {visit.late} 分钟超过到场时限" if visit.late else "能在到场时限内到达"
    pinned = "派单时已定给该班组" if job.pinned is not None else ""
    kept = (
        "与上次计划一致，没有换班组"
        if job.was == visit.crew
        else "由上次计划的另一班组改来"
        if job.was is not None
        else ""
    )
    able = sum(job.skill in crew.skills for crew in held.crews)
    return [
        words
        for words in (
            f"路程约 {visit.metres / 1000:.1f} 公里" + (f"，步行 {job.walking} 分钟" if job.walking else ""),
            f"具备{SKILL_LABELS[Skill(job.skill)]}技能（当班 {able} 个班组具备）",
            f"能到达：{ROAD_LABELS[Road(job.road)]}" if job.road != Road.ROAD else "",
            due,
            f"停电敏感度 {job.points} 分" if job.points else "",
            pinned,
            kept,
        )
        if words
    ]
