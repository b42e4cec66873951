"""How campaigns are shown: colours and words of states and effects."""

from datetime import date

from django.utils.translation import gettext as _

from longzhong.cases.campaigns.models import Campaign, Measure
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
MANY = 3.0  # of the baseline: from here on a multiple says more than per cent


def state_badge(row: Campaign) -> web.Badge:
    return web.Badge(TONES[row.state], STATE_LABELS[State(row.state)])


def effect_badge(effect: Effect) -> web.Badge:
    return web.Badge(EFFECT_TONES[effect], EFFECT_LABELS[effect])


def measure_badge(row: Measure, day: date) -> web.Badge:
    if row.done_at is not None:
        return web.Badge("good", _("已完成"))
    return web.Badge("late", _("已超期")) if row.due_on < day else web.Badge("info", _("进行中"))


def change_words(rate: Interval | None) -> str:
    """ "日均 −40.0 %（95 % 区间 −58.1 % 至 −13.9 %）"; from threefold on "日均是基线的 68.6 倍（…）", which one can grasp."""
    if rate is None or rate.value == float("inf"):
        return _("没有可比的基线")
    if rate.value >= MANY:
        high = _("不限") if rate.high == float("inf") else f"{rate.high:.1f}"
        return _("日均是基线的 %(now)s 倍（95%% 区间 %(low)s 至 %(high)s 倍）") % {
            "now": f"{rate.value:.1f}", "low": f"{rate.low:.1f}", "high": high,
        }  # fmt: skip
    high = _("不限") if rate.high == float("inf") else f"{rate.high - 1:+.1%}"
    return _("日均 %(now)s（95%% 区间 %(low)s 至 %(high)s）") % {
        "now": f"{rate.value - 1:+.1%}", "low": f"{rate.low - 1:+.1%}", "high": high,
    }  # fmt: skip
