"""服务档案: whose zero-complaint record is how long, and what stands in it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.nearmisses import selectors
from longzhong.cases.nearmisses.pages.board import COLUMNS as NEAR_MISSES
from longzhong.cases.nearmisses.pages.words import STANDING_TONES
from longzhong.cases.nearmisses.rules import KIND_LABELS, READERS, STANDING_LABELS, MarkKind, Standing
from longzhong.cases.nearmisses.selectors import StaffLine, StaffRecord, YearLine
from longzhong.kit import clock, web
from longzhong.kit.web import Badge, Column, Fact, Filter, Listing, Tile


@dataclass(frozen=True)
class StaffPage:
    table: Listing


@dataclass(frozen=True)
class ShownMark:
    day: str
    kind: str
    standing: Badge
    title: str
    url: str


@dataclass(frozen=True)
class RecordPage:
    name: str
    lead: str
    tiles: list[Tile]
    facts: list[Fact]
    years: tuple[YearLine, ...]
    marks: list[ShownMark]
    table: Listing


def _since(line: StaffLine) -> str:
    return _("自 %(day)s") % {"day": line.streak.since} if line.streak.since else ""


def _in_service(line: StaffLine) -> Badge:
    return Badge("info", _("在岗")) if line.streak.in_service else Badge("closed", _("已离岗"))


COLUMNS = (
    Column("name", "姓名", "name", sort="name", note="code"),
    Column("unit", "单位", "unit", sort="unit"),
    Column("streak", "零投诉年限", lambda line: line.streak.words, note=_since),
    Column("days", "在岗零投诉天数", lambda line: line.streak.days, "number", "days"),
    Column("complaints", "投诉", "complaints", "number", "complaints"),
    Column("praise", "表扬", "praise", "number", "praise"),
    Column("averted", "化解", "averted", "number", "averted"),
    Column("standing", "在岗", _in_service, "badge", "standing", phone=False),
)


@web.page(*READERS)
def staff(request: HttpRequest) -> HttpResponseBase:
    """Everybody in one's units, the longest record first."""
    lines = selectors.staff_lines(web.actor(request), clock.today())
    units = sorted({(str(line.unit_id), line.unit) for line in lines}, key=lambda unit: unit[1])
    filters = (
        Filter("unit", _("单位"), lambda rows, unit: [one for one in rows if str(one.unit_id) == unit], choices=units),
        Filter("q", _("姓名或工号"), lambda rows, text: [one for one in rows if text in one.name or text == one.code], "text"),
        Filter("clean", _("只看从未被投诉"), lambda rows, _on: [one for one in rows if not one.complaints], "switch"),
    )  # fmt: skip
    table = web.listing(
        request, lines, COLUMNS, filters, title=_("服务档案"), sort="-days",
        href=lambda line: reverse("nearmisses:record", args=[line.id]),
    )  # fmt: skip
    return web.show(request, StaffPage(table), "nearmisses/staff.html")


@web.page(*READERS)
def record(request: HttpRequest, staff_id: int) -> HttpResponseBase:
    """One person's record: years, marks, and what they dissolved."""
    who = web.actor(request)
    found = selectors.staff_record(who, staff_id, clock.today())
    table = web.listing(
        request, selectors.of_staff(who, staff_id), [one for one in NEAR_MISSES if one.key != "staff"],
        title=_("化解记录"), sort="-at", href=lambda row: reverse("nearmisses:detail", args=[row.pk]),
    )  # fmt: skip
    marks = [
        ShownMark(f"{mark.day}", KIND_LABELS[MarkKind(mark.kind)], _standing(mark), mark.title, mark.url)
        for mark in found.marks
    ]
    page = RecordPage(found.name, _lead(found), _tiles(found), _facts(found), found.years, marks, table)
    return web.show(request, page, "nearmisses/record.html")


def _lead(found: StaffRecord) -> str:
    if found.streak.since is None:
        return _("还没有任职记录；任职登记后开始计算。")
    said = {"since": found.streak.since, "words": found.streak.words, "days": found.streak.days}
    lead = _("自 %(since)s 起零投诉 %(words)s（在岗 %(days)d 天）。") % said
    gap = found.streak.gap_days
    return lead + (_("其中离岗 %(days)d 天不计。") % {"days": gap} if gap else "")


def _tiles(found: StaffRecord) -> list[Tile]:
    totals = [sum(getattr(line, kind) for line in found.years) for kind in ("complaints", "praise", "averted")]
    return [
        Tile(_("零投诉（在岗天数）"), found.streak.days, _("天"), note=found.streak.words),
        Tile(_("计入的投诉"), totals[0], _("件"), tone="late" if totals[0] else "", note=_("不属实和撤销的不计")),
        Tile(_("表扬"), totals[1], _("件")),
        Tile(_("化解（已确认）"), totals[2], _("件")),
    ]


def _facts(found: StaffRecord) -> list[Fact]:
    posts = [Fact(f"{post.from_on} — {post.to_on or _('至今')}", f"{post.unit} {post.title}") for post in found.posts]
    broken = found.streak.broken_on
    return [Fact(_("工号"), found.code), Fact(_("上一次投诉"), broken or _("没有")), *posts]


def _standing(mark: selectors.MarkLine) -> Badge:
    if mark.kind != MarkKind.COMPLAINT and mark.standing == Standing.OPEN:
        return Badge("good", _("已计入"))
    return Badge(STANDING_TONES[mark.standing], STANDING_LABELS[Standing(mark.standing)])
