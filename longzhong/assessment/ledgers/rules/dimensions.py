"""By what complaints are told apart (投诉分析维度): one row a dimension, used by the page, the drill-down and the tests."""

from enum import StrEnum


class Dimension(StrEnum):
    CATEGORY = "category"
    CLASS = "class"
    CAUSE = "cause"
    ATTITUDE = "attitude"
    UNIT = "unit"
    DEPARTMENT = "department"
    STAFF = "staff"
    AREA = "area"
    CHANNEL = "channel"
    GRADE = "grade"
    HOUR = "hour"
    WEEKDAY = "weekday"
    WEATHER = "weather"
    RESPONSIBILITY = "responsibility"


DIMENSION_LABELS = {
    Dimension.CLASS: "投诉大类",
    Dimension.CATEGORY: "具体事项",
    Dimension.CAUSE: "五大主因",
    Dimension.ATTITUDE: "是否态度类",
    Dimension.UNIT: "责任单位",
    Dimension.DEPARTMENT: "专业部门",
    Dimension.STAFF: "被投诉人",
    Dimension.AREA: "台区",
    Dimension.CHANNEL: "来源渠道",
    Dimension.GRADE: "投诉等级",
    Dimension.RESPONSIBILITY: "责任分类",
    Dimension.HOUR: "受理时段",
    Dimension.WEEKDAY: "星期",
    Dimension.WEATHER: "当时天气",
}
ORDERED = frozenset({Dimension.HOUR, Dimension.WEEKDAY, Dimension.GRADE})
"""Shown in their own order, not by size."""
UNKNOWN = "未记录"
UNKNOWN_LABELS = {
    Dimension.CAUSE: "未定主因（未核定或不属实）",
    Dimension.STAFF: "未指明个人",
    Dimension.DEPARTMENT: "未定专业部门",
    Dimension.AREA: "未记录（含保密、匿名）",
    Dimension.RESPONSIBILITY: "未核定或无责任",
}
"""What is shown in a row of its own, never dropped: the matters of which a dimension says nothing."""
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
READERS = ("quality", "leader", "dept", "station", "auditor")
NAMES = ("quality", "leader", "auditor")
"""Who reads the ledger, and who of them sees whom complaints are about."""


class Side(StrEnum):
    """Which of the matters a number counts; each opens its list."""

    ALL = "all"
    DECIDED = "decided"
    RAW = "raw"
    FINAL = "final"
    CORRECTED = "corrected"
    OPEN = "open"


SIDE_LABELS = {
    Side.ALL: "受理",
    Side.DECIDED: "已核定",
    Side.RAW: "属实（申诉前）",
    Side.FINAL: "属实（申诉后）",
    Side.CORRECTED: "申诉改判",
    Side.OPEN: "没有核定（含已撤回）",
}
