"""How a case stands, in a customer's words."""

from longzhong.cases.hotline.rules.machine import State

ENDED = (State.CLOSED, State.FINAL)
STARS = {5: "非常满意", 4: "满意", 3: "一般", 2: "不满意", 1: "很不满意"}

_WORDS: dict[str, tuple[str, str]] = {
    State.TAKEN: ("已收到，正在安排人员", "值班人员已经看到您的报修，马上派人。"),
    State.DISPATCHED: ("已派人，等他接单", "工作已经派给负责您这一片的人员。"),
    State.HANDLING: ("正在处理", "人员已经接单，正在路上或现场处理。"),
    State.FOLLOWING: ("与邻居反映的是同一件事，正在一起处理", "办好以后，我们仍会单独问您一声。"),
    State.REPLIED: ("现场已处理，正在核对结果", "核对以后会打电话问您好了没有。"),
    State.CALLING: ("处理好了，请您确认", "家里好了吗？在下面告诉我们，就不用等电话了。"),
    State.CLOSED: ("已经办结", "谢谢您告诉我们。请给这次服务打个分。"),
    State.FINAL: ("已作最终答复", "有新的情况，请另外报修或拨打 95598。"),
    State.VOID: ("这条报修已作废", "重复或填错的报修会作废；家里仍有问题请重新报修。"),
}
_CALLS: dict[str, tuple[str, str]] = {
    "kept": ("已收到，值班人员正在看", "看过以后会马上派人，或打电话问您。"),
    "outage": ("您那里正在停电，已经在处理", "您反映的是一次已经知道的停电。"),
    "answered": ("已经答复您", "还有问题请重新报修或拨打 95598。"),
}


def stage_words(state: str, outcome: str) -> tuple[str, str]:
    """(stage, what that means) of a case's state; "" for a report that has no case yet: by what became of it."""
    return _WORDS[state] if state else _CALLS.get(outcome, ("已登记", "已和您以前反映的事放在一起办理。"))
