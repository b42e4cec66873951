"""Recipe of curves (负荷与电压曲线): the collection system's wide form, and the long form with one moment a row.

Both forms share the columns; which one a file is follows from its headers. Readings are kept as primary values in V,
A, kW and kvar.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from longzhong.surfaces.exchange.rules.cells import Cell, text
from longzhong.surfaces.exchange.rules.columns import Column, Places, Recipe, match
from longzhong.surfaces.exchange.rules.curve_words import Quantity, is_slot_header, quantity_of, slot_columns
from longzhong.surfaces.exchange.rules.reasons import BadFile

CURVES = Recipe(
    code="curves",
    title="曲线",
    about="采集系统的 96 点曲线：宽表（一行一表一天一项）或长表（一行一个时刻）",
    key=("meter", "day", "quantity"),
    columns=(
        Column(
            "meter",
            "表号",
            text,
            (
                "电能表编号",
                "表计编号",
                "电表编号",
                "资产编号",
                "电能表资产号",
                "表计资产编号",
                "meter_id",
                "终端编号",
                "测量点编号",
                "电能表号",
            ),
            required=True,
        ),
        Column(
            "day", "日期", text, ("数据日期", "曲线日期", "采集日期", "数据时间日", "data_date", "date"), required=True
        ),
        Column(
            "time",
            "时间",
            text,
            ("时刻", "数据时间", "采集时间", "数据时刻", "datetime", "timestamp", "data_time", "时间点"),
        ),
        Column(
            "quantity",
            "数据项",
            text,
            ("数据类型", "数据项名称", "曲线类型", "测量项", "项目", "指标", "data_type", "量测类型"),
            required=True,
        ),
        Column("phase", "相别", text, ("相位", "相序")),
        Column("value", "数值", text, ("值", "数据值", "测量值", "示值", "data_value")),
        Column("ratio", "综合倍率", text, ("倍率", "ct", "互感器倍率", "t_factor")),
        Column("side", "一次二次", text, ("一二次标志", "数值类型", "一次值二次值", "一/二次", "侧别")),
    ),
)


def is_known(name: str) -> bool:
    """Whether a header says something in the curve recipe (a column, a time or a quantity)."""
    return name in CURVES.names or is_slot_header(name) or quantity_of(name) is not None


@dataclass(frozen=True)
class Form:
    """How a curve file is laid out. Wide: `slots` names the column of each slot. Long: one moment a row, values in
    the column of `value`, or in columns that name their quantity (`named`)."""

    places: Places
    slots: tuple[int, ...]
    named: Mapping[int, Quantity]


def form_of(headers: Sequence[Cell], chosen: Places | None = None) -> Form:
    """Recognise the form, or refuse headers that are neither."""
    places = dict(chosen) if chosen is not None else match(headers, CURVES)
    slots = slot_columns(headers)
    if slots:
        return Form(_wide({role: _without(where, slots) for role, where in places.items()}), slots, {})
    taken = {place for where in places.values() for place in where}
    named = {place: found for place, name in enumerate(headers) if place not in taken and (found := quantity_of(name))}
    return Form(_long(places, named), (), named)


def _without(where: tuple[int, ...], slots: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(place for place in where if place not in slots)


def _wide(places: Places) -> Places:
    if "day" not in places and "time" in places:  # a wide file may call its day 数据时间
        places["day"] = places.pop("time")
    _need(places, ("meter", "day", "quantity"))
    return places


def _long(places: Places, named: Mapping[int, Quantity]) -> Places:
    if "time" not in places and "day" in places:  # a long file may call its moment 日期
        places["time"] = places.pop("day")
    _need(places, ("meter", "time") if named else ("meter", "time", "quantity", "value"))
    return places


def _need(places: Places, roles: Sequence[str]) -> None:
    if missing := [CURVES.column(role).title for role in roles if not places.get(role)]:
        raise BadFile("columns_missing", columns="、".join(missing))
