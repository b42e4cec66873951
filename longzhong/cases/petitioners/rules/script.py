"""The three steps for a repeat visitor (老上访三步法, S0-19): VIP, small talk, and only then the explanation.

In this order; a step is left out only with a reason. "客服人员越解释，嗓门就越大": whoever explains before the person is calm pours
oil on the fire.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What a run of the script led to."""

    FRIEND = "friend"
    OCCASIONAL = "occasional"
    CALMER = "calmer"
    SAME = "same"
    BROKEN = "broken"


OUTCOME_LABELS = {
    Outcome.FRIEND: "成了朋友",
    Outcome.OCCASIONAL: "老上访变少上访",
    Outcome.CALMER: "这次平静了，问题说清了",
    Outcome.SAME: "没有变化",
    Outcome.BROKEN: "没有走完，客户离开",
}


@dataclass(frozen=True)
class Stage:
    """One step: its place, short name, what to do, what shows that it worked."""

    position: int
    code: str
    title: str
    do: str
    sign: str


SCRIPT: tuple[Stage, ...] = (
    Stage(1, "vip", "当成 VIP", "笑着迎进会客室，请坐，端上一杯白开水；柜台前不谈事。", "人坐下了，离开了排队的人群"),
    Stage(
        2, "talk", "先唠家常", "不急着谈电费：身体、孩子、新住处、来的路上；听他说，不打断。", "语气柔和下来，愿意搭话"
    ),
    Stage(
        3,
        "explain",
        "心平气和再解释",
        "等他平静，再用他家的曲线和电器一样一样说；可当场出一张用电量解释单。",
        "能自己复述一遍，没有再提高嗓门",
    ),
)
ENDED = frozenset({Outcome.BROKEN})  # outcomes that may end a run before its last step


def next_stage(done: Sequence[int]) -> Stage | None:
    """The step that comes now; None when all three are done or left out."""
    return next((stage for stage in SCRIPT if stage.position not in done), None)
