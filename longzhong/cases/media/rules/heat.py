"""How hot public opinion is (舆情热度): the grade that its numbers suggest. All thresholds are ours (U), policies `media.*`.

A person decides; another grade than the suggested one needs a reason.
"""

from dataclasses import dataclass

from longzhong.cases.media.rules.words import GRADES, OFFICIAL, Grade, Heat


@dataclass(frozen=True)
class Limits:
    """Views, and comments with reposts, from which it is serious or major; steps up for official sources."""

    serious_views: int = 10_000
    major_views: int = 100_000
    serious_talk: int = 100
    major_talk: int = 1_000
    official_step: int = 1


def suggested(heat: Heat, platform: str, limits: Limits) -> Grade:
    """The grade by views or talk, whichever is more, raised for news and government boards."""
    level = 0
    if heat.views >= limits.serious_views or heat.talk >= limits.serious_talk:
        level = 1
    if heat.views >= limits.major_views or heat.talk >= limits.major_talk:
        level = 2
    if platform in OFFICIAL:
        level += int(limits.official_step)
    return GRADES[min(level, len(GRADES) - 1)]
