"""How campaigns are shown: colours and words of states and effects."""

from django.utils.translation import gettext as _

from longzhong.cases.campaigns.models import Campaign
from longzhong.cases.campaigns.rules import EFFECT_LABELS, STATE_LABELS, Effect, State
from longzhong.cases.complaints.rules.intervals import Interval
from longzhong.kit import web

TONES: dict[str, web.Tone] = {
    State.DRAFT: "closed",
    State.RUNNING: "info",
    State.ENDED: "soon",
    State.JUDGED: "good",
    State.CANCELLED: "closed",
}
EFFECT_TONES: dict[str, web.Tone] = {
    Effect.LESS: "good",
    Effect.SAME: "closed",
    Effect.MORE: "late",
    Effect.UNKNOWN: "closed",
}


def state_badge(row: Campaign) -> web.Badge:
    return web.Badge(TONES[row.state], STATE_LABELS[State(row.state)])


def effect_badge(effect: Effect) -> web.Badge:
    return web.Badge(EFFECT_TONES[effect], EFFECT_LABELS[effect])


def change_words(rate: Interval | None) -> str:
    """ "日均 −40.0 %（95 % 区间 −58.1 % 至 −13.9 %）"."""
    if rate is None or rate.value == float("inf"):
        return _("没有可比的基线")
    high = _("不限") if rate.high == float("inf") else f"{rate.high - 1:+.1%}"
    return _("日均 %(now)s（95%% 区间 %(low)s 至 %(high)s）") % {
        "now": f"{rate.value - 1:+.1%}", "low": f"{rate.low - 1:+.1%}", "high": high,
    }  # fmt: skip
