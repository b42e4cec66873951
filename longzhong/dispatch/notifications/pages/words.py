"""Colours of notices, messages and providers: each means one thing (INTERFACE, visual language)."""

from longzhong.dispatch.notifications.models import Notice, Provider
from longzhong.dispatch.notifications.rules import STATE_WORDS, MessageState, State
from longzhong.kit import clock
from longzhong.kit.web import Badge
from longzhong.kit.web.parts import Tone

STATE_TONES: dict[str, Tone] = {
    State.COMPOSING: "info", State.PENDING: "soon", State.READY: "soon", State.QUEUED: "info", State.SENDING: "info",
    State.DONE: "good", State.CANCELLED: "closed",
}  # fmt: skip
MESSAGE_TONES: dict[str, Tone] = {
    MessageState.QUEUED: "info", MessageState.CLAIMED: "info", MessageState.SENT: "good", MessageState.FAILED: "late",
    MessageState.UNCERTAIN: "soon", MessageState.CANCELLED: "closed", MessageState.SKIPPED: "closed",
}  # fmt: skip


def state_badge(row: Notice) -> Badge:
    """A notice's state."""
    return Badge(STATE_TONES[row.state], STATE_WORDS[State(row.state)])


def health_badge(row: Provider) -> Badge:
    """Whether a provider takes part: off, resting after failures, troubled, well, or never used."""
    if not row.enabled:
        return Badge("closed", "停用")
    if row.down_until and row.down_until > clock.real_now():
        return Badge("late", "暂停，稍后再试")
    if row.failures:
        return Badge("soon", "有失败")
    return Badge("good", "正常") if row.last_ok_at else Badge("info", "未使用")
