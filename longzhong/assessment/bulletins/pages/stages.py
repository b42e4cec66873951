"""抢修四句: 出发快捷、抢修迅速、信息畅通、回访及时, and 首到必修, by unit."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from longzhong.assessment.bulletins import selectors
from longzhong.assessment.bulletins.pages.asked import asked_period, period_tabs, told_href
from longzhong.assessment.bulletins.rules import READERS, STAGES, Limits, Stage, StageFigure
from longzhong.assessment.bulletins.selectors import UnitStages
from longzhong.dispatch.matters.rules import span_words
from longzhong.kit import clock, web
from longzhong.kit.web import Column, Listing, Tab, Tile
from longzhong.register.policies import selectors as policies


@dataclass(frozen=True)
class StagesPage:
    periods: list[Tab]
    tiles: list[Tile]
    table: Listing
    how: list[tuple[str, str, str]]


@web.page(*READERS)
def stages(request: HttpRequest) -> HttpResponseBase:
    """Repairs told in a period: medians and shares within the limits, all together and by unit."""
    period, day = asked_period(request), clock.today()
    found = selectors.stages_by_unit(web.actor(request), *period)
    least = policies.limits(Limits, "bulletins", day=day).least_n
    table = web.listing(
        request, found[1:], _columns(), title=_("抢修四句"), href=lambda row: told_href(period, type="repair", unit=row.unit_id)
    )  # fmt: skip
    tiles = (
        [_tile(figure, least, told_href(period, type="repair")) for figure in found[0].figures.values()]
        if found
        else []
    )
    how = [(row.sentence, row.label, row.how) for row in STAGES.values()]
    return web.show(request, StagesPage(period_tabs(request), tiles, table, how), "bulletins/stages.html")


def _tile(figure: StageFigure, least: int, href: str) -> Tile:
    row = STAGES[figure.stage]
    note = _("中位 %(span)s · ") % {"span": _span(figure)} if figure.median is not None else ""
    few = _(" · 样本少") if 0 < figure.n < least else ""
    return Tile(
        f"{row.sentence}（{row.label}）", 100 * figure.share if figure.share is not None else None, "%", href,
        note=f"{note}{figure.within}/{figure.n}{few}", decimals="1",
    )  # fmt: skip


def _columns() -> list[Column]:
    """The unit, its repairs, and for each stage the share with the median below."""

    def share(stage: Stage) -> Column:
        return Column(
            stage, STAGES[stage].label, lambda row: row.figures[stage].share, "share", stage,
            note=lambda row: _note(row, stage),
        )  # fmt: skip

    return [
        Column("name", _("单位"), "name", sort="name"),
        Column("repairs", _("抢修"), "repairs", "number", "repairs"),
        *(share(stage) for stage in STAGES),
    ]


def _note(row: UnitStages, stage: Stage) -> str:
    figure = row.figures[stage]
    parts = f"{figure.within}/{figure.n}" if figure.n else ""
    return f"{_span(figure)} · {parts}" if figure.median is not None else parts


def _span(figure: StageFigure) -> str:
    return span_words(timedelta(minutes=figure.median or 0.0))
