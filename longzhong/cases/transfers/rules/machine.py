"""The life of an estate's transfer (小区电力资产移交, S1-34): survey, defects, rectification, acceptance, contract, handed over.

A dispute stands beside the road and goes back to where both sides agree; a stopped one may begin again. What lets a transfer
past a stage are its defects: none open (`rules.defects`). Whoever reported a defect put right doesn't verify it.
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move


class State(StrEnum):
    SURVEY = "survey"
    DEFECTS = "defects"
    RECTIFYING = "rectifying"
    ACCEPTANCE = "acceptance"
    CONTRACT = "contract"
    HANDED_OVER = "handed_over"
    DISPUTED = "disputed"
    STOPPED = "stopped"


STATE_LABELS = {
    State.SURVEY: "现场勘查",
    State.DEFECTS: "待送达整改通知",
    State.RECTIFYING: "整改中",
    State.ACCEPTANCE: "待验收",
    State.CONTRACT: "签订协议",
    State.HANDED_OVER: "已接收",
    State.DISPUTED: "有争议",
    State.STOPPED: "已中止",
}
ROAD = (State.SURVEY, State.DEFECTS, State.RECTIFYING, State.ACCEPTANCE, State.CONTRACT, State.HANDED_OVER)
LIVE = (*ROAD[:-1], State.DISPUTED)

READERS = ("grid", "desk", "station", "quality", "dept", "leader")
SURVEYORS = ("grid", "station", "dept")
DRIVERS = ("station", "dept")
DECIDERS = ("dept", "leader")

_S = State
_OPEN = (_S.SURVEY, _S.DEFECTS, _S.RECTIFYING)
MACHINE = Machine(
    "transfers.transfer",
    State,
    (
        *(Move("add_defect", (one,), one, SURVEYORS, ("defect",), "登记缺陷") for one in _OPEN),
        Move("list_defects", (_S.SURVEY,), _S.DEFECTS, DRIVERS, ("reason",), "勘查完成，有缺陷"),
        Move("clear", (_S.SURVEY,), _S.ACCEPTANCE, DRIVERS, ("reason",), "勘查完成，无缺陷"),
        Move("notify", (_S.DEFECTS,), _S.RECTIFYING, DRIVERS, ("papers",), "送达整改通知"),
        Move("fix", (_S.RECTIFYING,), _S.RECTIFYING, SURVEYORS, ("defect_id", "papers"), "登记已整改"),
        Move("verify", (_S.RECTIFYING,), _S.RECTIFYING, DRIVERS, ("defect_id",), "复核通过"),
        Move("unfix", (_S.RECTIFYING,), _S.RECTIFYING, DRIVERS, ("defect_id", "reason"), "复核不通过"),
        Move("submit", (_S.RECTIFYING,), _S.ACCEPTANCE, DRIVERS, (), "整改完毕，申请验收"),
        Move("fail", (_S.ACCEPTANCE,), _S.RECTIFYING, DRIVERS, ("reason", "defect"), "验收不合格"),
        Move("accept", (_S.ACCEPTANCE,), _S.CONTRACT, DRIVERS, ("papers",), "验收合格"),
        Move("hand_over", (_S.CONTRACT,), _S.HANDED_OVER, DECIDERS, ("contract_no", "papers"), "签订协议并接收"),
        Move("dispute", (*ROAD,), _S.DISPUTED, DRIVERS, ("reason",), "登记争议"),
        Move("settle_survey", (_S.DISPUTED,), _S.SURVEY, DECIDERS, ("reason",), "争议解决：重新勘查"),
        Move("settle_rectify", (_S.DISPUTED,), _S.RECTIFYING, DECIDERS, ("reason",), "争议解决：继续整改"),
        Move("settle_accept", (_S.DISPUTED,), _S.ACCEPTANCE, DECIDERS, ("reason",), "争议解决：进入验收"),
        Move("settle_handed", (_S.DISPUTED,), _S.HANDED_OVER, DECIDERS, ("reason",), "争议解决：维持接收"),
        Move("stop", (*LIVE,), _S.STOPPED, DECIDERS, ("reason",), "中止移交"),
        Move("restart", (_S.STOPPED,), _S.SURVEY, DECIDERS, ("reason",), "重新启动"),
        *(Move("attach", (one,), one, SURVEYORS, ("papers",), "补充材料") for one in (*LIVE, _S.HANDED_OVER)),
        *(Move("tie", (one,), one, READERS[1:], ("label",), "关联事项") for one in LIVE),
    ),
)
