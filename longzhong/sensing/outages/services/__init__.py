"""Writes of outages. Machines call `plan_outage`, `report_outage` and the steps; people come through `take_step`, `open_once`."""

from longzhong.dispatch.matters.services import Upload
from longzhong.sensing.outages.rules import (
    Devices,
    Given,
    NewFault,
    NewPlan,
    NewReport,
    NewStop,
    PastOutage,
    PlanChange,
    devices_of,
)
from longzhong.sensing.outages.services.locating import locate_fault
from longzhong.sensing.outages.services.merging import absorb
from longzhong.sensing.outages.services.opening import report_outage
from longzhong.sensing.outages.services.planning import approve, change_plan, decline, plan_outage, postpone
from longzhong.sensing.outages.services.recording import RefusedRow, SheetReport, keep_sheet, record_outage
from longzhong.sensing.outages.services.running import cancel, change_expected, confirm, restore, start, withdraw
from longzhong.sensing.outages.services.stepping import open_once, take_step
from longzhong.sensing.outages.services.stopping import lift_stop, record_stop
from longzhong.sensing.outages.services.telling import note_notice
from longzhong.sensing.outages.services.watching import ask_end, power_seen, recheck_impact

__all__ = [
    "Devices",
    "Given",
    "NewFault",
    "NewPlan",
    "NewReport",
    "NewStop",
    "PastOutage",
    "PlanChange",
    "RefusedRow",
    "SheetReport",
    "Upload",
    "absorb",
    "approve",
    "ask_end",
    "cancel",
    "change_expected",
    "change_plan",
    "confirm",
    "decline",
    "devices_of",
    "keep_sheet",
    "lift_stop",
    "locate_fault",
    "note_notice",
    "open_once",
    "plan_outage",
    "postpone",
    "power_seen",
    "recheck_impact",
    "record_outage",
    "record_stop",
    "report_outage",
    "restore",
    "start",
    "take_step",
    "withdraw",
]
