"""The cues of hints: which words speak of danger, mood, secrecy, and of the five causes. Longzhong's own, to be confirmed.

Source of the questions: REFERENCE §1.4 (attributes of a live system), §1.3 with S2-04 (five causes), §1.6 (danger).
"""

from enum import StrEnum

from longzhong.sensing.texts.rules.attributes import RootCause


class Hazard(StrEnum):
    """What may hurt somebody (危险); ordered by how fast it kills."""

    SHOCK = "shock"
    WIRE_DOWN = "wire_down"
    FIRE = "fire"
    LEAK = "leak"
    POLE_DOWN = "pole_down"
    POLE_BASE = "pole_base"
    LOW_WIRE = "low_wire"
    OPEN_LIVE = "open_live"


HAZARD_NAMES: dict[Hazard, str] = {
    Hazard.SHOCK: "触电",
    Hazard.WIRE_DOWN: "断线落地",
    Hazard.FIRE: "冒火冒烟",
    Hazard.LEAK: "漏电",
    Hazard.POLE_DOWN: "倒杆断杆",
    Hazard.POLE_BASE: "杆塔基础塌陷、倾斜",
    Hazard.LOW_WIRE: "线路低垂、跨路过低",
    Hazard.OPEN_LIVE: "带电部位外露",
}


HAZARD_CUES: dict[Hazard, str] = {
    Hazard.SHOCK: r"触电|电到人|电死|被电(?:了|伤|击|倒)|电击|电晕|麻手|手麻|摸着?麻",
    Hazard.WIRE_DOWN: (
        r"断线|电线[^,，。]{0,4}断|线[^,，。路]{0,4}断[了落掉]|断落|掉(?:在|到|落)[^,，。]{0,4}(?:地|路|"
        r"田|水|房)|(?:电线|导线|线)[^,，。]{0,3}(?:掉下来|落地|脱落)"
    ),
    Hazard.FIRE: r"冒火|起火|着火|失火|冒烟|火花|打火|爆炸|烧起来|燃烧|放炮",
    Hazard.LEAK: r"漏电(?!保护|断路|开关)|带电(?!压|作业)|墙[^,，。]{0,4}有电|水管[^,，。]{0,4}有电",
    Hazard.POLE_DOWN: r"倒杆|断杆|(?:电?杆|杆子|铁塔)[^,，。]{0,6}(?:倒了?|断了?|折断|撞断|撞倒)(?!是)",
    Hazard.POLE_BASE: (
        r"(?:杆|塔)[^,，。]{0,8}(?:塌陷|塌方|下沉|松动|倾斜|歪|斜|露出|掏空|冲空|悬空)|(?:基础|杆基|"
        r"塔基)[^,，。]{0,4}(?:塌|沉|空|裂)"
    ),
    Hazard.LOW_WIRE: (
        r"低垂|垂(?:下|落|得|到|很)|(?:线)[^,，。]{0,8}(?:太低|很低|过低|偏低|挂到|刮到|碰到|够得到|伸手)|"
        r"跨路[^,，。]{0,6}低"
    ),
    Hazard.OPEN_LIVE: r"裸露|外露|箱门[^,，。]{0,6}(?:开|掉|坏|没关)|没有?盖|井盖[^,，。]{0,4}(?:丢|没|坏)",
}
FURIOUS = (
    r"忍无可忍|气死|骂人|混蛋|王八|他妈|你妈|去死|跟你们没完|没完|拼命|砸了|揍|暴跳|破口大骂|非常激动|"
    r"情绪激动|极其不满|极度不满|强烈要求|强烈不满|告到底"
)
EXCITED = (
    r"不满|很生气|太过分|过分|受不了|什么态度|凭什么|岂有此理|多次反映|一直不解决|没人管|不像话|激动|"
    r"愤怒|气愤|恼火|到底管不管|还要等多久|太差"
)
OVER_HEADS = {
    "市长热线": r"市长热线|12345|政府热线",
    "能源监管": r"12398|能源局|能监办|监管局",
    "媒体曝光": r"媒体|记者|电视台|曝光|抖音|微博|上网发|发朋友圈|发到网上|报社",
    "信访": r"上访|信访|国务院|去北京|省里反映|纪委|巡视组|督导组",
    "消协诉讼": r"消协|12315|起诉|打官司|法院|律师",
}
ANONYMOUS = r"匿名|不(?:要|想|愿)?(?:留|说|报)(?:姓名|名字|电话)|不愿透露(?:姓名|身份)"
CONFIDENTIAL = (
    r"保密|不要(?:透露|泄露|告诉|说是)|别(?:透露|告诉|说是)|怕(?:报复|打击)|不(?:要|能|"
    r"希望)让[^,，。]{0,8}知道|隐私"
)
URGENT = (
    r"马上|立刻|立即|赶紧|火速|十万火急|救命|危险|紧急|呼吸机|制氧|透析|手术|孕妇|产妇|病危|危重|被困|"
    r"急等|急救"
)
HIGH = (
    r"尽快|抓紧|快点|着急|急需|老人|婴儿|小孩|病人|高考|中考|考试|冰柜|冷库|养殖|大棚|孵化|停产|生意|"
    r"损失|学校|医院"
)
CAUSE_CUES: dict[RootCause, str] = {
    RootCause.ATTITUDE: (
        r"态度|不耐烦|冷淡|爱理不理|挂(?:断|了)?(?:我)?电话|吼|顶撞|推诿|推脱|踢皮球|敷衍|骂|不理人|讽刺|"
        r"嘲笑|训斥|翻白眼"
    ),
    RootCause.KNOWLEDGE: (
        r"说不清|讲不清|解释不(?:清|了)|不懂业务|业务不熟|不会(?:办|操作|弄)|前后(?:说法)?不一|说法不一|"
        r"答复不一|答错|告知错误|一问三不知|不专业|修不好|没修好|又坏"
    ),
    RootCause.UNFAMILIAR: (
        r"不(?:知道|清楚|了解|明白|懂)(?:为什么|怎么|流程|政策|规定|电价|手续)?|看不懂|没人(?:告诉|通知|"
        r"告知)|不会用|什么意思|怎么(?:算|收|回事)|为什么(?:要|收|涨|扣)"
    ),
    RootCause.SUPPLY: r"停电|没电|断电|跳闸|电压|灯[^,，。]{0,4}(?:暗|闪)|带不(?:动|起)|启动不了|不稳|频繁|低电压|缺相",
    RootCause.TEMPER: r"情绪|激动|发火|骂|吵|闹|不听解释|无理|纠缠|反复来电|天天打|扬言|威胁",
}
