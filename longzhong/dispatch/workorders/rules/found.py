"""What people choose from: causes found, sides of the meter, ways of an answer, grounds for sending an order away.

Causes and milestones are the usual lists of area governance (异常台区治理) and of fault repair (故障抢修), ours and to be
confirmed by the office (confidence U). Ownership (产权区分服务, S4-24; REFERENCE §2.5, F2): utility equipment is repaired at
once; on the customer's own equipment they are guided, or helped for a charge that is explained beforehand, or free where the
household belongs to a special group (孤寡老人、残疾人). Triage (三分流答复, S0-10): can serve → at once; can explain →
explain; cannot → report up and give an answer. Grounds for a return: REFERENCE §2.6 (退单, M).
"""

from longzhong.dispatch.workorders.rules.words import Kind

CAUSES: dict[Kind, dict[str, str]] = {
    Kind.AREA_FAULT: {
        "overload": "配变容量不足",
        "long_line": "供电半径过长或线径偏细",
        "unbalance": "三相负荷不平衡",
        "tap": "分接开关档位不当",
        "joint": "接头松动或接触不良",
        "neutral": "中性线断线或虚接",
        "pv": "分布式光伏集中接入",
        "reactive": "无功补偿不足",
        "season": "季节性集中用电",
        "customer": "客户侧设备原因",
        "meter": "计量或采集装置异常",
        "none": "现场未发现异常",
    },
    Kind.METER_FAULT: {
        "meter": "电能表故障",
        "wiring": "接线错误",
        "ratio": "互感器倍率不符",
        "collector": "采集终端故障",
        "signal": "通信中断",
        "none": "现场未发现异常",
    },
    Kind.REPAIR: {
        "drop_fuse": "跌落式熔断器熔断或损坏",
        "fuse": "低压熔断器、熔丝熔断",
        "switch": "开关跳闸或损坏",
        "line": "导线断线、断股",
        "pole": "电杆倾倒或杆基损坏",
        "transformer": "配电变压器故障",
        "joint": "接头烧损或松动",
        "meter": "电能表或表箱故障",
        "tree": "树木碰线",
        "foreign": "异物搭挂或外力破坏",
        "upstream": "上级线路停电",
        "customer": "客户侧设备故障",
        "none": "现场未发现故障",
    },
    Kind.SERVICE: {},
}
MEASURED = {
    "ua": ("A相电压", "V", 0.0, 1000.0),
    "ub": ("B相电压", "V", 0.0, 1000.0),
    "uc": ("C相电压", "V", 0.0, 1000.0),
    "load_pct": ("负载率", "%", 0.0, 500.0),
}
MILESTONES = {
    "survey": "现场勘查",
    "design": "方案设计",
    "budget": "立项批复",
    "material": "物资到货",
    "build": "施工",
    "energize": "投运",
}
SIDES = {"utility": "供电企业产权", "customer": "客户产权", "unknown": "产权待查"}
SERVICES = {"guided": "指导客户自行处理", "paid": "有偿服务，费用已事先说明", "free": "特殊群体，无偿帮办"}
TRIAGES = {"serve": "能办即办", "explain": "能解释即解释", "report_up": "上报后答复"}
GROUNDS = {"wrong_unit": "派错单位", "not_ours": "不属于供电企业受理范围", "incomplete": "受理信息不全，无法处理"}
WAYS = {"phone": "电话联系", "visit": "上门联系", "nobody": "匿名或无法联系"}
UNSPOKEN = frozenset({"nobody"})
"""Ways of a contact in which nobody was spoken to: they need words."""
