"""The timeline of a case in words: what each step's codes mean."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from longzhong.cases.hotline.rules.limits import CLOCK_LABELS
from longzhong.cases.hotline.rules.machine import MACHINE
from longzhong.cases.hotline.rules.papers import DOCUMENTS
from longzhong.cases.hotline.rules.repeats import URGE_LABELS, UrgeReason
from longzhong.cases.hotline.rules.reviewing import AUDITS, GROUNDS, LISTENING
from longzhong.cases.hotline.rules.words import (
    HELPER_LABELS,
    OUTCOME_LABELS,
    PROMISE_LABELS,
    PURPOSE_LABELS,
    RESULT_LABELS,
    SIDE_LABELS,
    TRY_LABELS,
    CallResult,
    Helper,
    Outcome,
    PromiseState,
    Purpose,
    Side,
    TryResult,
)
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import PAUSE_LABELS, PauseReason, moment_words
from longzhong.dispatch.matters.selectors import StepCard
from longzhong.dispatch.workorders.rules import GROUNDS as ORDER_GROUNDS
from longzhong.dispatch.workorders.rules import TRIAGES
from longzhong.register.org import selectors as org

WORDS = {
    **{row.verb: row.label for row in MACHINE.moves},
    "open": "立单", "claim": "认领", "hand_over": "更换负责人", "leaver": "负责人离岗，转交", "progress": "办理进展",
    "call_back": "联系客户", "promise": "作出承诺", "promise_kept": "兑现承诺", "promise_moved": "承诺改期",
    "promise_broken": "承诺逾期", "ask": "失联兜底：找人", "asked": "失联兜底：结果", "chain_ended": "失联兜底：所长负责",
    "outage": "停电进展", "returned": "修后再报", "audit": "全过程核实", "govern": "纳入投诉治理", "point_at": "指明被投诉人",
    "keep_secret": "客户要求保密",
    "urge": "催办", "answer_urge": "答复催办", "joined": "有诉求并入", "link": "关联重复致电", "override": "判为不同事项",
    "listen": "倾听来电",
    "oversee": "重复致电，提级督办", "erase_caller": "删除客户信息",
    "accept_one": "一证受理", "bring_paper": "补交材料", "print_form": "打印免填单",
}  # fmt: skip
CLOCKS = {**CLOCK_LABELS, "review": "回单审核", "callback": "回访"}
VERDICTS = {"met": "按时", "late": "超时", "open": "未到期"}
STAFF = ("owner", "from_staff", "to_staff", "first_asked", "staff")
Names = Mapping[int, str]


def told(cards: Sequence[StepCard]) -> list[str]:
    """The text of each step; one query for the names of people."""
    found = [card.data.get(key) for card in cards for key in (*STAFF, "from", "to")]
    people = {one for value in found for one in (value if isinstance(value, list) else [value]) if isinstance(one, int)}
    names = org.staff_names(people)
    return ["\n".join(filter(None, [_codes(card, names), matters.said(card), _reply(card)])) for card in cards]


def _papers(data: Mapping[str, Any]) -> str:
    """Documents of an application, and what an audit found wanting in listening."""
    shown, paper = data.get("shown"), data.get("paper")
    later = "、".join(DOCUMENTS[one] for one in data.get("deferred", ())) or "无"
    parts = (
        f"核验{DOCUMENTS[shown]}，后补材料：{later}" if shown else "",
        f"收到{DOCUMENTS[paper]}" if paper else "",
        "；".join(LISTENING[one] for one in data.get("lacking", ())),
    )
    return "；".join(part for part in parts if part)


def clock_word(name: str) -> str:
    """回访; promises and urges carry a number behind their name."""
    head = name.partition(":")[0]
    return CLOCKS.get(name) or {"promise": "承诺", "urge": "催办答复"}.get(head, name)


def _reply(card: StepCard) -> str:
    return str(card.words.get("reply", "")) if not card.is_erased else ""


def _codes(card: StepCard, names: Names) -> str:
    data = card.data
    parts = (
        _hands(card, names),
        _call(data),
        _found(data),
        _promise(card),
        _chain(data),
        _clocks(card, names),
        _papers(data),
        _end(data),
    )
    return "；".join(part for part in parts if part)


def _hands(card: StepCard, names: Names) -> str:
    data = card.data
    if "from_staff" in data:
        verb = "首问交接：" if card.verb == "accept" else ""
        return f"{verb}{names.get(data['from_staff'] or 0, '')} → {names.get(data['to_staff'] or 0, '')}"
    if "handover" in data:
        return f"{names.get(data.get('from') or 0, '')} → {names.get(data.get('to') or 0, '')}"
    if card.verb == "dispatch":
        return f"派给 {names.get(data.get('owner') or 0, '供电所待派池')}，接单前仍由首问负责人负责"
    if card.verb == "open":
        return f"首问负责人：{names.get(data.get('first_asked') or 0, '')}"
    return f"负责人：{names[data['owner']]}" if data.get("owner") in names else ""


def _call(data: Mapping[str, Any]) -> str:
    if "purpose" not in data:
        return ""
    purpose, result = PURPOSE_LABELS[Purpose(data["purpose"])], RESULT_LABELS[CallResult(data["result"])]
    return f"{purpose}第 {data['attempt']} 次：{result}" + ("（客户要求此时联系）" if data.get("wish") else "")


def _found(data: Mapping[str, Any]) -> str:
    until = f"预计 {_moment(data['expected_at'])} 恢复" if data.get("expected_at") and not data.get("restored") else ""
    back = f"已于 {_moment(data['expected_at'])} 恢复" if data.get("expected_at") and data.get("restored") else ""
    ground = GROUNDS.get(data.get("ground", "")) or ORDER_GROUNDS.get(data.get("ground", ""), "")
    parts = [
        until, back, SIDE_LABELS[Side(data["side"])] if data.get("side") else "", TRIAGES.get(data.get("triage", ""), ""),
        f"理由：{ground}" if ground else "", "按制度自动通过" if data.get("by_rule") else "",
        "另派新工单" if data.get("new_order") else "",
    ]  # fmt: skip
    return "；".join(filter(None, parts))


def _promise(card: StepCard) -> str:
    data = card.data
    if "promise" not in data:
        return ""
    state = PROMISE_LABELS[PromiseState(data["state"])] if data.get("state") and card.verb == "promise_kept" else ""
    was = f"{_moment(data['was'])} → " if data.get("was") else ""
    return " ".join(filter(None, [state, f"{was}{_moment(data['due_at'])} 前" if data.get("due_at") else ""]))


def _chain(data: Mapping[str, Any]) -> str:
    if "helper" not in data:
        return ""
    word = HELPER_LABELS[Helper(data["helper"])]
    if "due_at" in data:
        skipped = "、".join(HELPER_LABELS[Helper(one)] for one in data.get("skipped", ()))
        return f"请 {word} 于 {_moment(data['due_at'])} 前应答" + (f"（无人可找，跳过：{skipped}）" if skipped else "")
    return f"{word}：{TRY_LABELS[TryResult(data['result'])]}"


def _clocks(card: StepCard, names: Names) -> str:
    data = card.data
    if card.verb in ("clock_late", "clock_warned"):
        people = "、".join(names[one] for one in data.get("staff", ()) if one in names)
        return (
            f"{clock_word(data['clock'])}{'超时' if card.verb == 'clock_late' else '将到期'}，告知 {people or '无人'}"
        )
    if card.verb == "clock_paused":
        return f"{'、'.join(map(clock_word, data['clocks']))}：{PAUSE_LABELS[PauseReason(data['reason'])]}"
    verdicts = {**(data.get("reply") or {}), **(data.get("clocks") or {})} if _maps(data) else {}
    return "、".join(
        f"{clock_word(name)}{VERDICTS[verdict]}" for name, verdict in verdicts.items() if verdict in VERDICTS
    )


def _maps(data: Mapping[str, Any]) -> bool:
    return all(isinstance(data.get(key, {}), Mapping) for key in ("reply", "clocks"))


def _end(data: Mapping[str, Any]) -> str:
    parts = [
        OUTCOME_LABELS[Outcome(data["outcome"])] if data.get("outcome") in set(Outcome) else "",
        AUDITS.get(str(data.get("result", "")), "") if "purpose" not in data else "",
        URGE_LABELS[UrgeReason(data["reason"])] if data.get("reason") in set(UrgeReason) else "",
    ]
    return "；".join(filter(None, parts))


def _moment(value: str | datetime) -> str:
    return moment_words(datetime.fromisoformat(value) if isinstance(value, str) else value)
