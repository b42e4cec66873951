"""A sheet ready for print: every text and figure as the paper shows it."""

from datetime import date

from django.utils.translation import gettext as _

from longzhong.cases.explanations.engines.paper import Paper
from longzhong.cases.explanations.models import Sheet
from longzhong.cases.explanations.rules import STATE_LABELS, State
from longzhong.cases.explanations.rules.advert import ADVERT_HOURS
from longzhong.cases.explanations.rules.estimate import Verdict
from longzhong.cases.explanations.selectors.sheets import Told, told
from longzhong.kit.actor import Actor
from longzhong.kit.clock import CST
from longzhong.register.customers import selectors as customers

SHORT = {Verdict.WITHIN: "实际用量在估算范围内", Verdict.MORE: "还有一部分待查", Verdict.LESS: "实际用得比所说的少"}
NOTES = (
    "电器功率和使用比例为常见值（待确认），可用铭牌数据替换；估算只供沟通参考，不是计量结论。",
    "负荷每 15 分钟一点；缺数的日子不计入平均。基础负荷指深夜 1–5 时一直在用的功率（冰箱、待机、常开设备）。",
    "对电能表有疑问，可申请校验；校验期间请照常用电。",
)


def paper_of(actor: Actor, sheet: Sheet) -> Paper:
    """The sheet as it goes to the printer, the customer masked."""
    card = customers.cards_of(actor, [sheet.account])[0]
    said = told(sheet)
    return Paper(
        number=str(sheet), unit=sheet.unit.name, party=f"{card.name}（{card.code}）", place=card.place,
        period=f"{sheet.first_on} 至 {sheet.last_on}（{said.counted} 天数据完整）",
        meters="、".join(_tail(code) for code in said.meters),
        by=sheet.explained_by.name if sheet.explained_by else _("系统"), at=f"{sheet.explained_at.astimezone(CST):%Y-%m-%d %H:%M}",
        headline=headline(said), figures=_figures(said), curves=_curves(said), base_kw=said.base_kw,
        days=tuple((one["day"][5:], one["kwh"]) for one in said.days), lines=_lines(said),
        total=spread(said.comparison.mid, said.comparison.low, said.comparison.high), verdict=said.comparison.words,
        neighbours=neighbour_words(said.neighbours, said.neighbours_count), advert=_advert(said), advert_words=advert_words(said),
        customer=STATE_LABELS[State(sheet.state)], notes=NOTES,
    )  # fmt: skip


def headline(said: Told) -> str:
    """The answer in one sentence."""
    made = said.comparison
    parts = [_("平均每天 %.1f 度（kWh）") % made.metered if made.metered is not None else _("没有计量数据")]
    if made.share is not None:
        parts.append(
            _("所列电器约能解释 %(share).0f%%，%(word)s")
            % {"share": 100 * made.share, "word": SHORT.get(made.verdict, "")}
        )
    if said.base_share is not None:
        parts.append(_("夜间基础负荷折合全天约占 %.0f%%") % (100 * said.base_share))
    return "；".join(parts) + "。"


def neighbour_words(median: float | None, count: int) -> str:
    """The neighbours as one number over enough of them, or nothing."""
    if median is None:
        return ""
    return _("同台区同类客户 %(count)s 户的中位数为每天 %(kwh).1f 度；只作参考，不涉及任何一户的数据。") % {
        "count": count, "kwh": median
    }  # fmt: skip


def advert_words(said: Told) -> str:
    """The advert against the bedroom, with the average power that it means."""
    if said.night is None:
        return ""
    words = _(
        "广告的一度电相当于 8 小时平均只用 125 W，有前提条件。按下列不同之处粗算，同一台空调%(span)s约 %(kwh).1f 度"
        "（平均 %(watts).0f W）；系数为经验值，待确认。"
    )
    span = _("昼夜连开") if said.night.hours > ADVERT_HOURS else _("一夜")
    return words % {"span": span, "kwh": said.night.kwh, "watts": said.night.average_w}


def spread(mid: float, low: float, high: float) -> str:
    """ "11.4（7.1–15.9）"."""
    return f"{mid:.1f}（{low:.1f}–{high:.1f}）"


def _figures(said: Told) -> tuple[tuple[str, str, str], ...]:
    made = said.comparison
    base = ("–", "") if said.base_kw is None else (f"{said.base_kw:.2f}", f"kW，全天 {24 * said.base_kw:.1f} kWh")
    return (
        (_("平均每天"), "–" if made.metered is None else f"{made.metered:.1f}", "kWh"),
        (_("夜间基础负荷"), *base),
        (_("最高负荷"), "–" if said.peak_kw is None else f"{said.peak_kw:.1f}", "kW"),
        (_("所列电器估算"), f"{made.mid:.1f}", f"kWh（{made.low:.1f}–{made.high:.1f}）"),
    )


def _curves(said: Told) -> tuple[tuple[str, tuple[float | None, ...]], ...]:
    lines = [(_("平均日"), tuple(said.average))] if said.average else []
    if said.chosen:
        day = date.fromisoformat(said.chosen_on)
        lines.append((f"{day:%m-%d} {_('当天')}", tuple(said.chosen)))
    return tuple(lines)


def _lines(said: Told) -> tuple[tuple[str, str, str, str, str], ...]:
    return tuple(
        (line.name, str(line.count), f"{line.hours:g}", f"{line.watts:g}", f"{line.mid:.2f}") for line in said.lines
    )


def _advert(said: Told) -> tuple[tuple[str, str, str, str], ...]:
    return tuple((row.title, row.advert, row.home, f"×{row.factor:g}") for row in said.conditions)


def _tail(code: str) -> str:
    return _("尾号 %s") % code[-4:]
