"""How filings are shown: their colours and words."""

from longzhong.cases.filings.models import Filing
from longzhong.cases.filings.rules import KIND_LABELS, STATE_LABELS, Kind, State
from longzhong.dispatch.matters.rules import moment_words
from longzhong.kit import web

TONES: dict[str, web.Tone] = {
    State.DRAFT: "closed",
    State.SUBMITTED: "soon",
    State.RETURNED: "late",
    State.ACCEPTED: "info",
    State.EXPIRED: "soon",
    State.WITHDRAWN: "closed",
    State.TRUE: "good",
    State.MISUSED: "late",
}


def state_badge(row: Filing) -> web.Badge:
    return web.Badge(TONES[row.state], STATE_LABELS[State(row.state)])


def kind_words(row: Filing) -> str:
    return KIND_LABELS[Kind(row.kind)]


def late_words(row: Filing) -> str:
    return "补报" if row.late else ""


def span_words(row: Filing) -> str:
    return f"{moment_words(row.begins_at)} 至 {moment_words(row.ends_at)}"


def scope_line(row: Filing) -> str:
    """The scope in one line, by counts; who a customer is stays masked."""
    parts = ["整个单位"] if row.whole_unit else []
    parts += [f"线路 {len(row.feeder_ids)} 条"] if row.feeder_ids else []
    parts += [f"台区 {len(row.area_ids)} 个"] if row.area_ids else []
    parts += ["小区 " + "、".join(row.estates)] if row.estates else []
    parts += ["指定户号"] if row.account_id else []
    parts += [f"来电 {row.phone_mask}"] if row.phone_index else []
    return "；".join(parts)
