"""Writes of disconnections. Machines call `keep_arrears`, `propose_due`, `record_payment`; people come through `take_step`."""

from longzhong.cases.disconnections.rules import ArrearsRow, Given
from longzhong.cases.disconnections.services.acting import execute, lift, reconnect, reply, warn
from longzhong.cases.disconnections.services.paying import (
    KeptArrears,
    RefusedRow,
    hear_request,
    keep_arrears,
    reconnect_requested,
    record_payment,
    settle_paid,
)
from longzhong.cases.disconnections.services.preparing import (
    approve,
    cancel,
    contact,
    decline,
    notice,
    propose,
    propose_due,
    submit,
    try_contact,
)
from longzhong.cases.disconnections.services.stepping import pay_once, propose_once, take_step
from longzhong.dispatch.matters.services import Upload

__all__ = [
    "ArrearsRow", "Given", "KeptArrears", "RefusedRow", "Upload",
    "approve", "cancel", "contact", "decline", "execute", "hear_request", "keep_arrears", "lift", "notice", "pay_once",
    "propose", "propose_due", "propose_once", "reconnect", "reconnect_requested", "record_payment", "reply", "settle_paid",
    "submit", "take_step", "try_contact", "warn",
]  # fmt: skip
