"""The beats that the steps of a report share: door and lock · rule and conflict of interest · change, clocks and step."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from longzhong.cases.analyses import selectors
from longzhong.cases.analyses.models import Report, Version
from longzhong.cases.analyses.rules import MACHINE, Parts, State
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move

CLOCKS = {
    State.DRAFT: ("write", "编写穿透分析", "analyses.write_wd"),
    State.SUBMITTED: ("approve", "审批穿透分析", "analyses.approve_wd"),
}
REASONS = {
    "own_complaint": "这件投诉涉及您本人，您不能编写或审批它的穿透分析；什么都没有改动。",
    "own_work": "您是调查经办人，不能审批这件投诉的穿透分析；什么都没有改动。",
    "own_reply": "您写过单位回复，不能审批这件投诉的穿透分析；什么都没有改动。",
    "own_report": "您编写或提交过这份报告，须由另一人审批；什么都没有改动。",
}


def begin(*, report_id: int, verb: str, by: Actor) -> tuple[Report, Move]:
    """Door, lock, rule and conflict."""
    rows = selectors.visible_to(by).select_related("complaint__case").select_for_update(of=("self",))
    row = rows.filter(pk=report_id).first()
    if row is None:
        raise Refused("not_found", _("没有这份穿透分析报告，或不在您的管辖范围内。"), report=report_id)
    move = MACHINE.move(verb, row.state)
    if not selectors.may(by, move.roles, row.complaint):
        raise Refused("not_allowed", _("您的岗位不能对这份报告做这一步；什么都没有改动。"), roles=sorted(move.roles))
    if (code := selectors.barred(by, row, verb)) is not None:
        raise Refused(code, _(REASONS[code]), verb=verb, report=row.pk)
    return row, move


def complete(
    *,
    row: Report,
    move: Move,
    data: Mapping[str, Any],
    words: Mapping[str, Any] | None = None,
    fields: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Report:
    """Change and step: the report stands in the move's target with the clock of that state running."""
    was, row.state = row.state, move.target.value
    verdicts = turn_clocks(row=row, by=by, at=at) if was != row.state else {}
    row.save(update_fields=["state", "due_at", *fields])
    said = {**data, "from": was, "to": row.state, **({"clocks": verdicts} if verdicts else {})}
    matters.add_step(matter=selectors.label(row.pk), step=matters.NewStep(move.verb, said, words or {}), by=by, at=at)
    return row


def turn_clocks(*, row: Report, by: Actor, at: datetime) -> dict[str, str]:
    """Stop the clocks of other states and start this one's; only a report that policy asks for is due.

    Returns the verdicts of what stopped.
    """
    matter = selectors.label(row.pk)
    stopped = matters.stop_clocks(matter=matter, names=None, by=by, at=at)
    if (wanted := CLOCKS.get(State(row.state))) is not None and (row.required or row.state == State.SUBMITTED):
        name, word, key = wanted
        complaint = row.complaint
        clock = matters.NewClock(
            matter=matter, name=name, label=word, unit_id=complaint.department_id or complaint.unit_id, policy_key=key,
            title=f"穿透分析 {complaint.case.number}",
        )  # fmt: skip
        matters.start_clocks(clocks=[clock], by=by, at=at)
    nearest = matter_reads.next_deadline(matter)
    row.due_at = nearest[1] if nearest else None
    return {name: str(verdict) for name, verdict in stopped.items()}


def keep(*, row: Report, parts: Parts, by: Actor, at: datetime) -> Version:
    """A further version, sealed (the report's number isn't saved yet)."""
    row.version += 1
    sealed = vault.seal(json.dumps(dict(parts), ensure_ascii=False))
    return Version.objects.create(report=row, number=row.version, by_staff_id=by.staff_id, at=at, body_sealed=sealed)
