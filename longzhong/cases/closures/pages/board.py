"""待办销户: who has to be contacted today, what is missing, who answers for it; wishes first of all."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.closures import selectors
from longzhong.cases.closures.pages.words import SHORT, next_badge, of_staff, short_paper, state_badge
from longzhong.cases.closures.rules import GROUND_LABELS, LIVE, PAPERS, READERS, Ground, State
from longzhong.cases.closures.selectors import Closure, Line
from longzhong.kit import clock, web


@dataclass(frozen=True)
class BoardPage:
    tabs: list[web.Tab]
    table: web.Listing


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    """Live ones by default; the tab is in the address."""
    who, day = web.actor(request), clock.today()
    asked = request.GET.get("state", "live")
    table = web.listing(
        request, _rows(who, asked), COLUMNS, FILTERS, title=_("待办销户"), sort="next",
        href=lambda line: reverse("closures:detail", args=[line.row.pk]),
        dress=lambda rows: selectors.lines(who, rows, day),
    )  # fmt: skip
    return web.show(request, BoardPage(_tabs(selectors.counts(who, day), asked), table), "closures/board.html")


def _rows(who: web.Actor, asked: str) -> QuerySet[Closure]:
    rows = selectors.board(who)
    if asked == "live":
        return rows.filter(state__in=LIVE)
    if asked == "due":
        return rows.filter(state__in=LIVE, next_on__lte=clock.today())
    return rows.filter(state=asked) if asked in set(State) else rows


def _tabs(counts: dict[str, int], asked: str) -> list[web.Tab]:
    live = sum(counts.get(state, 0) for state in LIVE)
    tabs = [
        web.Tab(_("未办结"), "?state=live", live, asked == "live"),
        web.Tab(_("今天该联系"), "?state=due", counts["due"], asked == "due"),
    ]
    for state in State:
        tabs.append(web.Tab(str(SHORT[state]), f"?state={state}", counts.get(state, 0), asked == state))
    total = sum(number for key, number in counts.items() if key != "due")
    return [*tabs, web.Tab(_("全部"), "?state=all", total, asked == "all")]


def _next(line: Line) -> web.Badge:
    return next_badge(line.row.next_on, clock.today(), is_live=line.row.state in LIVE)


def _papers(line: Line) -> str:
    return "、".join(map(short_paper, line.missing)) or "—"


def _ground(line: Line) -> str:
    return str(GROUND_LABELS[Ground(line.row.ground)])


def _begun(line: Line) -> str:
    return _("%s 登记") % clock.civil_day(line.row.begun_at)


COLUMNS = (
    web.Column("customer", "客户", "card.name", note="card.code"),
    web.Column("place", "地址", "card.place", note="card.unit"),
    web.Column("state", "状态", lambda line: state_badge(line.row), "badge", "state"),
    web.Column("next", "下次联系", _next, "badge", ("next_on", "id")),
    web.Column("papers", "还缺材料", _papers),
    web.Column("owner", "负责人", "row.owner.name", sort="owner__name", note=_ground),
    web.Column("number", "编号", "row.number", sort="number", note=_begun, phone=False),
)
FILTERS = (
    web.Filter(
        "ground", "原因", lambda rows, ground: rows.filter(ground=ground),
        choices=tuple((one.value, label) for one, label in GROUND_LABELS.items()),
    ),
    web.Filter(
        "paper", "还缺", lambda rows, code: rows.filter(missing__contains=[code]),
        choices=tuple((code, words.partition("（")[0]) for code, words in PAPERS.items()),
    ),
    web.Filter("number", "编号", lambda rows, text: rows.filter(number=text.strip().upper()), "text"),
    web.Filter("owner", "负责人", of_staff("owner"), "text"),
)  # fmt: skip
