"""The life of a usage explanation sheet (用电量解释单, S0-20): explained, and then what the customer says of it.

A customer who isn't convinced may ask for a meter test (申请校验电能表); the sheet suggests it and decides nothing.
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move

READERS = ("desk", "grid", "station", "quality")
WRITERS = ("desk", "grid", "station", "quality")
METER_TEST_CATEGORY = "application.meter"  # 95598 服务申请 › 电能表异常 (REFERENCE §2.4): the meter is tested


class State(StrEnum):
    EXPLAINED = "explained"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TEST_WANTED = "test_wanted"


STATE_LABELS = {
    State.EXPLAINED: "已解释，待表态",
    State.ACCEPTED: "客户认可",
    State.DECLINED: "客户不认可",
    State.TEST_WANTED: "要求校表",
}
_S = State

MACHINE = Machine(
    "explanations.sheet",
    State,
    (
        Move("accept", (_S.EXPLAINED, _S.DECLINED, _S.TEST_WANTED), _S.ACCEPTED, WRITERS, (), "客户认可"),
        Move("decline", (_S.EXPLAINED, _S.TEST_WANTED), _S.DECLINED, WRITERS, ("reason",), "客户不认可"),
        Move("ask_test", (_S.EXPLAINED, _S.DECLINED), _S.TEST_WANTED, WRITERS, (), "客户要求校表"),
    ),
)
