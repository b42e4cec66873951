"""Final answers to test with, built through the services: the desk drafts, the station, the department and the office approve."""

from datetime import timedelta
from typing import Any

from longzhong.cases.finals import services
from longzhong.cases.finals.models import FinalAnswer
from longzhong.cases.finals.rules import Ground, How, State
from longzhong.cases.finals.services import Upload
from longzhong.cases.hotline.models import Case
from longzhong.kit.actor import Actor
from tests.cases.hotline.make import MORNING, Hotline, a_case
from tests.dispatch.matters.pictures import jpeg

HOUR = timedelta(hours=1)
BILL = "enquiry.bill"
ANSWER = "停电系自然灾害所致，依据供电营业规则不承担间接损失赔偿，此为最终答复。"
TEXT = "要求赔偿停电期间的损失五千元"


def paper() -> Upload:
    return Upload("document", "法院裁定.jpg", jpeg())


def dept(hotline: Hotline) -> Actor:
    county = hotline.county
    return county.actor("boss", "dept", units=(county.county, county.station, county.other_station))


def drafted(hotline: Hotline, case: Case | None = None, by: Actor | None = None, **changes: Any) -> FinalAnswer:
    case = case or a_case(hotline, BILL, TEXT)
    given = {"grounds": [Ground.OUTAGE_LOSS], "answer": ANSWER, "uploads": [paper()], **changes}
    return services.draft(case_id=case.pk, by=by or hotline.desk, at=MORNING + HOUR, **given)


def in_state(hotline: Hotline, state: State, case: Case | None = None) -> FinalAnswer:
    """A final answer that came to a state by everybody's steps."""
    row = drafted(hotline, case)
    when = MORNING + 2 * HOUR
    if state != State.DRAFT:
        services.submit(final_id=row.pk, by=hotline.desk, at=when)
    if state in (State.APPROVED, State.TOLD, State.FILED):
        for approver in (hotline.head, dept(hotline), hotline.quality):
            services.approve(final_id=row.pk, by=approver, at=when)
    if state in (State.TOLD, State.FILED):
        services.tell_customer(final_id=row.pk, how=How.VISIT, note="上门送达，客户知悉", by=hotline.desk, at=when)
    if state == State.FILED:
        services.file(final_id=row.pk, by=hotline.quality, at=when)
    row.refresh_from_db()
    return row
