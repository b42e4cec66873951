"""Writes of the importer: runs from file to result, the inbox, the workbook of refused rows."""

from longzhong.surfaces.exchange.services.inbox import settle_run, take_inbox
from longzhong.surfaces.exchange.services.reports import forget_old, refused_file, write_report
from longzhong.surfaces.exchange.services.runs import (
    About,
    carry_out,
    choose_columns,
    on_queued,
    queue_run,
    start_run,
    take_upload,
)

__all__ = [
    "About",
    "carry_out",
    "choose_columns",
    "forget_old",
    "on_queued",
    "queue_run",
    "refused_file",
    "settle_run",
    "start_run",
    "take_inbox",
    "take_upload",
    "write_report",
]
