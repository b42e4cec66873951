"""One week's bulletin: every unit's numbers, what they are now, and what each unit answers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.assessment.bulletins import selectors, services
from longzhong.assessment.bulletins.models import Bulletin
from longzhong.assessment.bulletins.pages.forms import AnswerForm, IssueForm
from longzhong.assessment.bulletins.pages.sheets import workbook
from longzhong.assessment.bulletins.pages.words import state_badge, tally_words
from longzhong.assessment.bulletins.rules import FIGURES, MACHINE, READERS, UNIT_HEADS, Figure, State
from longzhong.assessment.bulletins.selectors import Press, UnitRow
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.kit.web import Badge, Entry, MoveForm, Tile


@dataclass(frozen=True)
class ShownCell:
    """A number of a unit, the list behind it, and how it has moved since."""

    label: str
    words: str
    href: str
    moved: str
    late: bool


@dataclass(frozen=True)
class ShownRow:
    name: str
    cells: list[ShownCell]


@dataclass(frozen=True)
class ShownPress:
    """A pressed number with its answer, and the unit's form if the reader may answer."""

    unit: str
    label: str
    number: int
    href: str
    measure: str
    promise_on: date | None
    answered: str
    badge: Badge
    moves: list[MoveForm]
    line_id: int


@dataclass(frozen=True)
class BulletinPage:
    title: str
    lead: str
    state: Badge
    comment: str
    counted_at: datetime
    tiles: list[Tile]
    heads: str
    rows: list[ShownRow]
    presses: list[ShownPress]
    clocks: list[ClockCard]
    moves: list[MoveForm]
    timeline: list[Entry]
    how: list[tuple[str, str]]


@web.page(*READERS)
def bulletin(request: HttpRequest, bulletin_id: int) -> HttpResponseBase:
    """The page; with ?export=book the workbook, one sheet a unit."""
    if request.GET.get("export") == "book":
        return workbook(web.actor(request), bulletin_id, clock.now())
    return _show(request, bulletin_id)


@require_POST
@web.page(*READERS)
def move(request: HttpRequest, bulletin_id: int, verb: str) -> HttpResponseBase:
    """Recount or issue."""
    who, now, key = web.actor(request), clock.now(), request.POST.get("client_key", "")
    back = reverse("bulletins:bulletin", args=[bulletin_id])
    if verb == "recount":
        return web.act(
            request, lambda: services.recount(bulletin_id=bulletin_id, key=key, by=who, at=now), done=_("已重新统计。"), back=back
        )  # fmt: skip
    if verb != "issue":
        raise Refused("not_found", _("没有这一步；什么都没有改动。"), verb=verb)
    form = IssueForm(request.POST)
    if not form.is_valid():
        return _show(request, bulletin_id, issue_form=form)
    said = form.cleaned_data["comment"]
    return web.act(
        request,
        lambda: services.issue(bulletin_id=bulletin_id, comment=said, key=key, by=who, at=now),
        done=_("已通报。"),
        back=back,
    )


@require_POST
@web.page(*UNIT_HEADS)
def answer(request: HttpRequest, line_id: int) -> HttpResponseBase:
    """A unit's answer to one pressed number."""
    form, back = AnswerForm(request.POST), request.POST.get("bulletin", "")
    number = int(back) if back.isdecimal() else 0
    if not form.is_valid():
        return _show(request, number, answered=(line_id, form))
    return web.act(
        request,
        lambda: services.answer(
            line_id=line_id, key=request.POST.get("client_key", ""), by=web.actor(request), at=clock.now(), **form.cleaned_data
        ),
        done=_("已回复。"),
        back=reverse("bulletins:bulletin", args=[number]),
    )  # fmt: skip


def _show(
    request: HttpRequest, bulletin_id: int, issue_form: IssueForm | None = None, answered: tuple[int, AnswerForm] | None = None
) -> HttpResponseBase:  # fmt: skip
    who, now = web.actor(request), clock.now()
    row = selectors.bulletin_of(who, bulletin_id)
    rows, matter = selectors.unit_rows(row, now), selectors.label(row.pk)
    page = BulletinPage(
        title=selectors.title(row.pk), lead=_lead(row), state=state_badge(row), comment=row.comment, counted_at=row.counted_at,
        tiles=[_tile(row, cell) for cell in rows[0].cells.values() if FIGURES[cell.figure].pressed or cell.figure in SHARES],
        heads=",".join([_("单位"), *(f"#{one.label}" for one in FIGURES.values())]),
        rows=[_row(row, one) for one in rows],
        presses=[_press(row, one, who, answered) for one in selectors.presses(row)],
        clocks=list(matters.clock_cards(matter, now)) if row.state == State.ISSUED else [],
        moves=_moves(row, who, issue_form), timeline=matters.timeline(matter),
        how=[(one.label, one.how) for one in FIGURES.values()],
    )  # fmt: skip
    return web.show(request, page, "bulletins/bulletin.html")


SHARES = (Figure.FCR, Figure.SATISFACTION)


def _lead(row: Bulletin) -> str:
    said = {"first": row.week, "last": row.week + timedelta(days=6), "unit": row.unit}
    return _("%(unit)s %(first)s 至 %(last)s：哪些没按承诺办结，责任单位怎么改、哪天改好。") % said


def behind_href(row: Bulletin, figure: Figure, unit_id: int) -> str:
    return f"{reverse('bulletins:behind', args=[row.pk])}?figure={figure}&unit={unit_id or ''}"


def _tile(row: Bulletin, cell: selectors.Cell) -> Tile:
    share = FIGURES[cell.figure].share
    value = (100 * cell.told.share if cell.told.share is not None else None) if share else cell.told.number
    now = tally_words(cell.figure, cell.now)
    return Tile(
        FIGURES[cell.figure].label, value, "%" if share else _("件"), behind_href(row, cell.figure, 0),
        tone="late" if not share and cell.told.number else "", note=_("现在 %(now)s") % {"now": now}, decimals="1" if share else "",
    )  # fmt: skip


def _row(row: Bulletin, unit: UnitRow) -> ShownRow:
    return ShownRow(unit.name, [_cell(row, unit.unit_id, cell) for cell in unit.cells.values()])


def _cell(row: Bulletin, unit_id: int, cell: selectors.Cell) -> ShownCell:
    any_ = cell.told.base if FIGURES[cell.figure].share else cell.told.number
    moved = f"{cell.moved:+d}" if cell.moved else ""
    return ShownCell(
        FIGURES[cell.figure].label, tally_words(cell.figure, cell.told),
        behind_href(row, cell.figure, unit_id) if any_ else "", moved, FIGURES[cell.figure].pressed and bool(cell.told.number),
    )  # fmt: skip


def _press(row: Bulletin, press: Press, who: web.Actor, typed: tuple[int, AnswerForm] | None) -> ShownPress:
    moves = []
    if row.state == State.ISSUED and (who.system or press.unit_id in who.units(*UNIT_HEADS)):
        form = typed[1] if typed and typed[0] == press.line_id else AnswerForm(auto_id=f"answer{press.line_id}_%s")
        action = reverse("bulletins:answer", args=[press.line_id])
        word = _("回复") if press.promise_on is None else _("再次回复")
        moves.append(MoveForm("answer", word, action, form, hidden={"bulletin": str(row.pk)}, tone="primary"))
    who_when = f"{press.answered_by} {clock.civil_day(press.answered_at)}" if press.answered_at else ""
    badge = Badge("good", _("已回复")) if press.promise_on else Badge("late", _("待回复"))
    if press.promise_on and press.promise_on < clock.today():
        badge = Badge("soon", _("承诺日期已到"))
    return ShownPress(
        press.unit, FIGURES[press.figure].label, press.number, behind_href(row, press.figure, press.unit_id), press.measure,
        press.promise_on, who_when, badge, moves, press.line_id,
    )  # fmt: skip


def _moves(row: Bulletin, who: web.Actor, typed: IssueForm | None) -> list[MoveForm]:
    if not selectors.editable(who).filter(pk=row.pk).exists():
        return []
    forms = {"issue": typed or IssueForm()}
    return [
        MoveForm(
            one.verb, one.label, reverse("bulletins:move", args=[row.pk, one.verb]), forms.get(one.verb),
            tone="primary" if one.verb == "issue" else "secondary",
        )
        for one in MACHINE.moves_from(row.state, who.roles) if one.verb in ("recount", "issue")
    ]  # fmt: skip
