"""The map of mechanisms (3C 能力地图): Cooperation 协同, Control 管控, Criterion 标准 (seed S4-01, F), and the loop's three phases.

A row names the mechanism, the question that it answers and the page that holds it ("": planned). The three phases of S4-43
(事前预警、事中监督、事后评价) cut the same loop by time: before a customer complains, while somebody works on it, and after.
"""

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    WHOLE = ""
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


PHASE_NAMES = {
    Phase.WHOLE: "全景",
    Phase.BEFORE: "事前预警",
    Phase.DURING: "事中监督",
    Phase.AFTER: "事后评价",
}


class Step(StrEnum):
    """The loop's five numbers."""

    SENSED = "sensed"
    WARNED = "warned"
    DISPATCHED = "dispatched"
    HANDLED = "handled"
    VERIFIED = "verified"


STEP_NAMES = {
    Step.SENSED: "感知",
    Step.WARNED: "预警",
    Step.DISPATCHED: "派单",
    Step.HANDLED: "处置",
    Step.VERIFIED: "核实",
}


@dataclass(frozen=True)
class Mechanism:
    name: str
    answers: str
    page: str = ""


@dataclass(frozen=True)
class Pillar:
    title: str
    note: str
    mechanisms: tuple[Mechanism, ...]


def all_mechanisms() -> tuple[Mechanism, ...]:
    """Every mechanism of the map."""
    return tuple(one for pillar in PILLARS for one in pillar.mechanisms)


PILLARS = (
    Pillar(
        "Cooperation 协同",
        "谁牵头、谁配合、谁负责；内部各专业与外部网格、物业、村组连成一张网。",
        (
            Mechanism("1+1+1 专业协同", "每类事项由谁牵头、哪个专业审核、哪个单位负责。", "org:responsibilities"),
            Mechanism("网格一一对应", "供电网格与社会治理网格如何对应，谁是台区经理。", "org:grids"),
            Mechanism("派单到人", "这张工单在谁手上，什么时候到期。", "workorders:board"),
            Mechanism("现场移动作业", "今天先去哪家，怎样凭照片和位置报完工。", "field:home"),
            Mechanism("诉求统一受理", "谁来电，停电是否已知，以前怎么答复的。"),
            Mechanism("走访与联络", "下一户走访谁，联络站覆盖到哪里。"),
        ),
    ),
    Pillar(
        "Control 管控",
        "从事后监督转为事前控制：机器发现，限时处置，数据核实。",
        (
            Mechanism("供电质量每日监测", "昨天哪些台区电压越限、重载、不平衡。", "curves:findings"),
            Mechanism("告警与分级预警", "哪些异常要马上处理，背后有多少重点客户。", "alerts:board"),
            Mechanism("持续低电压限时整改", "哪些台区长期低电压，治理到哪一步。", "workorders:board"),
            Mechanism("催督提醒", "哪些时限快到、已过，提醒升级到了谁。", "cockpit:due"),
            Mechanism("三级防控", "点名预警、约谈整改、现场办公会走到第几级。"),
            Mechanism("曝光台", "本月曝光什么问题，整改得怎样。"),
            Mechanism("风险名单", "哪些客户、台区最可能变成投诉。"),
        ),
    ),
    Pillar(
        "Criterion 标准",
        "按制度办事：每个时限、阈值都有出处、版本和生效日期。",
        (
            Mechanism("制度参数", "这个值哪天起、对哪个单位、凭什么文件有效。", "policies:list"),
            Mechanism("工作日历与调休", "这个时限数了哪几个工作日。", "org:calendar"),
            Mechanism("治理指标", "发现、核实、超期各多少，治理率多少。", "indicators:home"),
            Mechanism("基础数据核查", "营配是否贯通，哪些表计缺相位、台区缺经理。", "network:topology"),
            Mechanism("审计与存证", "谁看过、改过什么，留痕是否完整。", "access:journal"),
            Mechanism("服务评价与培训", "客户满意吗，上岗人员考过了吗。"),
        ),
    ),
)
