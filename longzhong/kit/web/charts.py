"""Charts as plain data for ECharts: a page computes numbers, these say how they are drawn, `<c-chart :option>` draws them.

Colours are tokens of `app.css` ("$brand", "$late", "$soon", "$good", "$info", "$closed", "$text", "$line"), so that one chart
serves the light theme and the dark wall. Missing values are None (NaN becomes None) and stay gaps.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, isnan
from typing import Any

Option = dict[str, Any]

SERIES = ("$brand", "$violet", "$ochre", "$info", "$closed")


@dataclass(frozen=True)
class Line:
    """One series: at most five on one chart."""

    name: str
    values: Sequence[float | None]
    color: str = ""
    dashed: bool = False


@dataclass(frozen=True)
class Limit:
    """A labelled limit line."""

    label: str
    value: float
    color: str = "$late"


@dataclass(frozen=True)
class Shade:
    """A shaded stretch of the x axis, from and to x labels (both included): holidays, findings, outages."""

    first: str
    last: str
    label: str = ""
    color: str = "$shade"


def curve_chart(
    times: Sequence[str],
    lines: Sequence[Line],
    *,
    unit: str,
    limits: Sequence[Limit] = (),
    shades: Sequence[Shade] = (),
    band: tuple[float, float] | None = None,
    zero: bool = False,
    zoom: bool = False,
) -> Option:
    """A curve over time with limit lines, the allowed band, shaded stretches, and gaps kept as gaps."""
    series = [_line(line, index) for index, line in enumerate(lines)]
    if series:
        series[0]["markLine"] = _limits(limits)
        series[0]["markArea"] = _shades(shades, band)
    reach = _reach(lines, limits) | ({"min": 0} if zero else {})
    option: Option = {
        "grid": {"left": 48, "right": 84 if limits else 20, "top": 32, "bottom": 52 if zoom else 28},
        "tooltip": {"trigger": "axis"},
        "legend": {"show": len(lines) > 1, "top": 0, "left": 56},
        "xAxis": {"type": "category", "data": list(times), "boundaryGap": False, "axisTick": {"show": False}},
        "yAxis": [_value_axis(unit) | reach],
        "series": series,
        "lzUnit": unit,
    }
    if zoom:
        option["dataZoom"] = [
            {"type": "slider", "height": 14, "bottom": 6},
            {"type": "inside", "zoomOnMouseWheel": "ctrl"},
        ]
    return option


def line_chart(labels: Sequence[str], lines: Sequence[Line], *, unit: str, limits: Sequence[Limit] = ()) -> Option:
    """A trend by day or month."""
    return curve_chart(labels, lines, unit=unit, limits=limits)


def bar_chart(labels: Sequence[str], lines: Sequence[Line], *, unit: str, stacked: bool = False) -> Option:
    """Columns by category."""
    series = [
        {
            "type": "bar",
            "name": line.name,
            "data": clean(line.values),
            "barMaxWidth": 22,
            "color": line.color or SERIES[index % len(SERIES)],
            **({"stack": "all"} if stacked else {}),
        }
        for index, line in enumerate(lines)
    ]
    return {
        "grid": {"left": 48, "right": 16, "top": 32, "bottom": 28},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "legend": {"show": len(lines) > 1, "top": 0, "left": 56},
        "xAxis": {"type": "category", "data": list(labels), "axisTick": {"show": False}},
        "yAxis": [_value_axis(unit) | {"scale": False} | ({"minInterval": 1} if _whole(lines) else {})],
        "series": series,
        "lzUnit": unit,
    }


@dataclass(frozen=True)
class Layer:
    """One kind of points on the map: its name in the legend, colour, size in px and symbol."""

    name: str
    color: str
    size: int = 8
    symbol: str = "circle"


def map_chart(points: Sequence[dict[str, Any]], *, layers: Sequence[Layer]) -> Option:
    """Points on the map. `points`: {name, lon, lat, layer, href?, note?}; later layers lie on top."""
    series = [
        {
            "type": "scatter",
            "name": layer.name,
            "coordinateSystem": "geo",
            "symbol": layer.symbol,
            "symbolSize": layer.size,
            "color": layer.color,
            "itemStyle": {"borderColor": "$surface", "borderWidth": 1 if layer.size > 6 else 0},
            "data": [_point(point) for point in points if point["layer"] == layer.name],
        }
        for layer in layers
    ]
    return {
        "tooltip": {"trigger": "item"},
        "legend": {"show": len(layers) > 1, "bottom": 4, "left": 8, "itemWidth": 10, "itemHeight": 10},
        "geo": {"roam": True, "scaleLimit": {"min": 1, "max": 24}},
        "series": series,
    }


def _point(point: dict[str, Any]) -> Option:
    extras = {key: point[key] for key in ("href", "note") if point.get(key)}
    return {"name": point["name"], "value": [round(point["lon"], 5), round(point["lat"], 5)], **extras}


def clean(values: Sequence[float | None]) -> list[float | None]:
    """Numbers as JSON takes them, three decimals at most: NaN is a gap."""
    return [None if value is None or isnan(value) else round(float(value), 3) for value in values]


def _whole(lines: Sequence[Line]) -> bool:
    """Whether only whole things are counted: then no half is marked on the axis."""
    return all(isinstance(value, int) for line in lines for value in line.values)


def _line(line: Line, index: int) -> Option:
    return {
        "type": "line",
        "name": line.name,
        "data": clean(line.values),
        "color": line.color or SERIES[index % len(SERIES)],
        "showSymbol": sum(value is not None for value in line.values) < 3,
        "connectNulls": False,
        "lineStyle": {"width": 1.75, "type": "dashed" if line.dashed else "solid"},
        "emphasis": {"focus": "series"},
    }


def _reach(lines: Sequence[Line], limits: Sequence[Limit]) -> Option:
    """Axis ends that keep every limit line in sight."""
    known = [value for line in lines for value in line.values if value is not None and not isnan(value)]
    known += [limit.value for limit in limits]
    if not limits or not known:
        return {}
    low, high = min(known), max(known)
    pad = (high - low) * 0.06 or 1.0
    return {"min": 0 if 0 <= low < pad else floor(low - pad), "max": ceil(high + pad)}


def _limits(limits: Sequence[Limit]) -> Option:
    return {
        "silent": True,
        "symbol": "none",
        "data": [
            {
                "yAxis": limit.value,
                "lineStyle": {"color": limit.color, "type": "dashed", "width": 1},
                "label": {"formatter": limit.label, "position": "end", "color": limit.color, "fontSize": 12},
            }
            for limit in limits
        ],
    }


def _shades(shades: Sequence[Shade], band: tuple[float, float] | None) -> Option:
    allowed = [[{"yAxis": band[0], "itemStyle": {"color": "$band"}}, {"yAxis": band[1]}]] if band else []
    return {
        "silent": True,
        "data": allowed
        + [
            [
                {
                    "xAxis": shade.first,
                    "itemStyle": {"color": shade.color},
                    "name": shade.label,
                    "label": {"position": "insideTop", "fontSize": 12, "color": "$text-2"},
                },
                {"xAxis": shade.last},
            ]
            for shade in shades
        ],
    }


def _value_axis(unit: str) -> Option:
    return {"type": "value", "name": unit, "scale": True, "nameTextStyle": {"align": "right"}}
