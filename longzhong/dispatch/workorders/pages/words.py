"""How states, priorities and alarms look."""

from django.utils.translation import gettext as _

from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import (
    ALARM_LABELS,
    CLOCK_LABELS,
    CLOSED,
    FAULT_LABELS,
    KIND_LABELS,
    MILESTONES,
    PRIORITY_LABELS,
    WARNED,
    Kind,
    Priority,
    State,
    state_label,
)
from longzhong.kit.web.parts import Badge, Tone

READERS = ("grid", "crew", "desk", "station", "quality", "dept", "leader", "auditor")
STATE_TONES: dict[State, Tone] = {
    State.NEW: "soon",
    State.DISPATCHED: "info",
    State.ACCEPTED: "info",
    State.ARRIVED: "info",
    State.DIAGNOSED: "info",
    State.CONTACTED: "info",
    State.REPORTED: "soon",
    State.PROJECT: "info",
    State.FINISHED: "info",
    State.UNPROVEN: "soon",
    State.RETURNED: "late",
    State.VERIFIED: "good",
    State.CANCELLED: "closed",
}
PRIORITY_TONES: dict[Priority, Tone] = {Priority.URGENT: "late", Priority.HIGH: "soon", Priority.NORMAL: "closed"}


def state_badge(order: WorkOrder) -> Badge:
    return Badge(STATE_TONES[State(order.state)], state_label(order.kind, order.state))


def priority_badge(order: WorkOrder) -> Badge:
    return Badge(PRIORITY_TONES[Priority(order.priority)], str(PRIORITY_LABELS[Priority(order.priority)]), "flag")


def alarm_badge(order: WorkOrder) -> Badge | str:
    """What the order's clocks have told; nothing told, nothing shown."""
    if not order.alarm or order.state in CLOSED:
        return ""
    return Badge("soon" if order.alarm == WARNED else "late", str(ALARM_LABELS[min(order.alarm, max(ALARM_LABELS))]))


def fault_words(order: WorkOrder) -> str:
    """低电压; the kind where no fault is named."""
    return FAULT_LABELS.get(order.fault, order.fault) or str(KIND_LABELS[Kind(order.kind)])


def kind_words(order: WorkOrder) -> str:
    """低电压 · 异常台区治理."""
    return " · ".join(filter(None, [FAULT_LABELS.get(order.fault, order.fault), str(KIND_LABELS[Kind(order.kind)])]))


def due_words(order: WorkOrder) -> str:
    """Which clock is due."""
    code = order.due_clock.removeprefix("milestone:")
    return CLOCK_LABELS[Kind(order.kind)].get(code) or MILESTONES.get(code, code)


def owner_words(order: WorkOrder) -> str:
    return order.owner.name if order.owner else _("待派")
