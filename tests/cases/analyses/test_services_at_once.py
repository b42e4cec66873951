"""An appeal ends while a worker waits for the report: in transactions of their own."""

import threading
import time

import pytest
from django.db import connection, transaction

from longzhong.cases.analyses import services
from longzhong.cases.analyses.models import Report
from longzhong.cases.analyses.rules import State
from longzhong.cases.complaints.models import Complaint
from tests.cases.analyses.make import HOUSE, LATER, a_report
from tests.cases.complaints.make import people
from tests.cases.hotline.make import hotline_county

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_worker_that_waited_follows_the_verdict_of_now() -> None:
    """It was told of an upheld complaint, waited for the report, and meanwhile a final appeal dismissed it."""
    hotline = hotline_county()
    people(hotline)
    row = a_report(hotline)

    def late() -> None:
        try:
            services.follow(complaint_id=row.complaint_id, by=HOUSE, at=LATER)
        finally:
            connection.close()

    worker = threading.Thread(target=late)
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=row.pk)
        worker.start()
        time.sleep(0.5)  # long enough for the worker to stand at the lock
        Complaint.objects.filter(pk=row.complaint_id).update(final_verdict="dismissed", corrected_by="appeals.appeal:9")
        services.follow(complaint_id=row.complaint_id, by=HOUSE, at=LATER)
    worker.join(30)
    assert Report.objects.get(pk=row.pk).state == State.DROPPED
