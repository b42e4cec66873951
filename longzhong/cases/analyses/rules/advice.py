"""What a report proposes first, by the five causes (S2-04): a beginning that its writer changes. Wording is ours (U)."""

from longzhong.cases.hotline.rules.words import RootCause

ADVICE = {
    RootCause.ATTITUDE: "将本件纳入服务礼仪与沟通培训，对当事人开展回炉培训并抽查现场录像。",
    RootCause.KNOWLEDGE: "补充业务知识培训与考试，把本件问题写入一次性告知单和话术。",
    RootCause.UNFAMILIAR: "在营业厅、微信群和社区宣传本项业务的办理条件、流程和收费标准。",
    RootCause.SUPPLY: "将涉及的台区、线路列入隐患治理与改造计划，停电前后主动告知客户。",
    RootCause.TEMPER: "安排专人持续沟通并记录诉求变化，必要时提请社区、综治部门联合化解。",
}


def advice(cause: str) -> str:
    """The first proposal for a cause; "" where the cause isn't known."""
    return ADVICE.get(RootCause(cause), "") if cause in set(RootCause) else ""
