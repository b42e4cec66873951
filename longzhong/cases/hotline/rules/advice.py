"""Handling hints for the one on the phone (处理提示), by class or type of matter. Sources: REFERENCE §2.3–2.5, §2.7, §3.4."""

ADVICE: dict[str, tuple[str, ...]] = {
    "repair": (
        "先问：只有您一家没电，还是邻居也没有？",
        "说清抢修到达时限：城区 45 分钟、农村 90 分钟、边远 120 分钟",
        "请客户不要自行动手",
    ),
    "repair.internal": ("指导客户查看户内开关；需要上门时事先说明有偿服务", "孤寡老人、残疾人产权内故障也要协助"),
    "repair.lv.fire": ("请所有人离开，不要用水", "同时提醒拨打 119", "按一级紧急派单"),
    "repair.lv.leak": ("请不要触碰，站在干燥处", "能安全断开时先断开总开关", "按一级紧急派单"),
    "repair.danger": ("请行人车辆绕行，勿靠近 8 米以内", "问清准确位置：杆号、路口、最近的门店", "按一级紧急派单"),
    "repair.hv": ("断线落地：勿靠近 8 米以内", "问清位置与影响范围"),
    "complaint": ("先致歉、再记录，不争辩、不判断责任", "告知 24 小时内联系、5 个工作日内答复", "问清是否需要保密"),
    "complaint.quality.frequent": ("查看近 60 天停电记录后再答复", "说明原因和计划，不许诺“以后不会停”"),
    "report": ("为举报人保密，不追问身份", "问清对象、时间、地点、证据"),
    "opinion": ("记录原话，告知答复时间",),
    "enquiry": ("能当场答复的当场答复并办结", "答不了的告知 5 个工作日内答复"),
    "enquiry.bill": ("核对户号后再谈电费", "有争议时可出用电量解释单"),
    "application.reconnect": ("确认欠费已结清，24 小时内恢复供电",),
    "application.appliance": ("损坏之日起 7 日内提出，24 小时内到场核实", "请客户保留损坏的电器"),
    "application.meter": ("4 个工作日内处理并答复",),
    "praise": ("记下被表扬的人和事，代为转达",),
    "query": ("核实身份后当场答复",),
    "other": ("非供电业务请告知应找的单位，不冷落",),
}


def advice_for(code: str) -> tuple[str, ...]:
    """The hints of the nearest branch of the tree: item, class, type."""
    words = code.split(".")
    for size in range(len(words), 0, -1):
        if found := ADVICE.get(".".join(words[:size])):
            return found
    return ()
