"""The timeline of an order in words: what each step's codes mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import PAUSE_LABELS, Limit, Measure, PauseReason
from longzhong.dispatch.matters.rules.words import limit_words
from longzhong.dispatch.matters.selectors import StepCard
from longzhong.dispatch.workorders.rules import (
    CAUSES,
    CLOCK_LABELS,
    FAR_M,
    GROUNDS,
    KIND_LABELS,
    MACHINES,
    MEASURED,
    MILESTONES,
    PRIORITY_LABELS,
    SERVICES,
    SIDES,
    TRIAGES,
    VERBS,
    WAYS,
    Kind,
    Priority,
)
from longzhong.register.org import selectors as org
from longzhong.register.org.rules.hours import CST

WORDS = {**{row.verb: row.label for machine in MACHINES.values() for row in machine.moves}, **VERBS}
PROOF_WORDS = {"clean": "正常", "abnormal": "仍异常", "undetermined": "不能判定", "light_load": "负荷偏低，不作数"}
VERDICT_WORDS = {"met": "按时", "late": "超时", "open": "未到期"}
CHOSEN = {"side": ("产权", SIDES), "service": ("服务方式", SERVICES), "triage": ("办理方式", TRIAGES),
          "ground": ("理由", GROUNDS), "way": ("方式", WAYS)}  # fmt: skip
MOMENTS = {"expected_at": "预计恢复供电", "restored_at": "恢复送电"}
Names = Mapping[int, str]


def told(cards: Sequence[StepCard]) -> list[str]:
    """The text of each step; two queries for the names of people and units."""
    people = {
        one for card in cards for key in ("owner", "was", "from", "to") if isinstance(one := card.data.get(key), int)
    }
    people |= {one for card in cards for one in card.data.get("staff", ()) if isinstance(one, int)}
    units = {one for card in cards if isinstance(one := card.data.get("unit"), int)}
    kind = next((Kind(card.data["kind"]) for card in cards if "kind" in card.data), Kind.AREA_FAULT)
    teller = _Teller(kind, org.staff_names(people), org.unit_names(units))
    return ["\n".join(filter(None, [teller.codes(card), matters.said(card)])) for card in cards]


@dataclass(frozen=True)
class _Teller:
    """Who tells a timeline: of which kind of order, with the names of people and units read once."""

    kind: Kind
    names: Names
    places: Names

    def codes(self, card: StepCard) -> str:
        """What a step's codes mean."""
        data = card.data
        parts = [
            _owner(data, self.names),
            f"原因：{CAUSES[self.kind].get(data['cause_found'], data['cause_found'])}"
            if data.get("cause_found")
            else "",
            _diagnosed(card),
            _measured(data.get("measured", {})),
            _position(card),
            self.clocks(card),
            _milestone(data),
            proof_words(data["evidence"]) if data.get("evidence") else "",
            f"现场时间 {str(data['claimed_at'])[:16].replace('T', ' ')}（离线补传）" if data.get("claimed_at") else "",
        ]
        return "；".join(part for part in parts if part)

    def clocks(self, card: StepCard) -> str:
        """Which clocks a step stopped, told of or changed."""
        data = card.data
        if card.verb in ("clock_late", "clock_warned"):
            people = "、".join(self.names[one] for one in data.get("staff", ()) if one in self.names)
            to = f"{self.places.get(data.get('unit') or 0, '')} {people}".strip() or "无人可报，请核对组织机构"
            return f"{self.clock(data['clock'])}{'超时' if card.verb == 'clock_late' else '将到期'}，告知 {to}"
        if card.verb == "clock_paused":
            return f"{'、'.join(map(self.clock, data['clocks']))}：{PAUSE_LABELS[PauseReason(data['reason'])]}"
        if card.verb == "clock_changed":
            was, now = (
                limit_words(Limit(float(value), Measure(measure))) for value, measure in (data["was"], data["now"])
            )
            return f"{self.clock(data['clock'])}：{was} → {now}，起点不变"
        verdicts = data.get("clocks")
        if isinstance(verdicts, Mapping):
            return "、".join(f"{self.clock(name)}{VERDICT_WORDS[verdict]}" for name, verdict in verdicts.items())
        return ""

    def clock(self, name: str) -> str:
        """A clock's word."""
        code = name.removeprefix("milestone:")
        return f"里程碑“{MILESTONES[code]}”" if code in MILESTONES else CLOCK_LABELS[self.kind].get(name, name)


def _diagnosed(card: StepCard) -> str:
    data = card.data
    place = card.words.get("fault_place")
    parts = [f"故障点：{place}" if place else ""]
    parts += [f"{word}：{labels.get(data[key], data[key])}" for key, (word, labels) in CHOSEN.items() if data.get(key)]
    parts += [f"{word} {_moment(data[key])}" for key, word in MOMENTS.items() if data.get(key)]
    return "；".join(filter(None, parts))


def _moment(text: str) -> str:
    return f"{datetime.fromisoformat(text).astimezone(CST):%Y-%m-%d %H:%M}"


def _owner(data: Mapping[str, Any], names: Names) -> str:
    if "priority" in data and "kind" in data:
        kind, priority = KIND_LABELS[Kind(data["kind"])], PRIORITY_LABELS[Priority(int(data["priority"]))]
        to = names.get(data.get("owner") or 0)
        return f"{kind}（{priority}），" + (f"派给 {to}" if to else "网格无台区经理，进入供电所待派池")
    if "handover" in data:
        return f"{names.get(data.get('from') or 0, '无人')} → {names.get(data.get('to') or 0, '')}"
    if "owner" in data:
        return f"负责人：{names.get(data['owner'] or 0, '待派')}" + (
            "（原负责人调离）" if data.get("why") == "leaver" else ""
        )
    return ""


def _measured(values: Mapping[str, Any]) -> str:
    return "、".join(
        f"{MEASURED[key][0]} {value} {MEASURED[key][1]}" for key, value in values.items() if key in MEASURED
    )


def _position(card: StepCard) -> str:
    if "position" not in card.data:
        return ""
    if not card.data["position"]:
        return "未定位"
    away = card.data.get("distance_m")
    if away is None:
        return "已定位"
    return f"已定位，距台区 {away} 米" + ("（偏远，请核实）" if away > FAR_M else "")


def _milestone(data: Mapping[str, Any]) -> str:
    if "milestones" in data:
        return "、".join(f"{word} {data['milestones'].get(code, '')}" for code, word in MILESTONES.items())
    if data.get("code") in MILESTONES:
        moved = f"：{data['was']} → {data['now']}" if "now" in data else ""
        return f"{MILESTONES[data['code']]}{moved}"
    if "was" in data and "now" in data and str(data["now"]).isdigit():
        return f"{PRIORITY_LABELS[Priority(int(data['was']))]} → {PRIORITY_LABELS[Priority(int(data['now']))]}"
    return ""


def proof_words(evidence: Mapping[str, Any]) -> str:
    """Day verdicts as alerts hand them over: days with what each of them proves; or the customer's word at a call-back."""
    if "call_back" in evidence:
        return "依据客户回访"
    days, proofs = evidence.get("days", []), evidence.get("proofs", [])
    pairs = zip(days, [*proofs, *[""] * len(days)], strict=False)
    told = "、".join(f"{day} {PROOF_WORDS.get(proof, proof)}".strip() for day, proof in pairs)
    return f"逐日曲线：{told}" if told else ""
