"""Two sign at once, two workers open the form at once, an appeal ends at once: in transactions of their own."""

import threading
import time

import pytest
from django.db import connection, transaction

from longzhong.cases.complaints.models import Complaint
from longzhong.cases.rectifications import services
from longzhong.cases.rectifications.models import Form
from longzhong.cases.rectifications.rules import State
from tests.cases.complaints.make import people
from tests.cases.hotline.make import SYSTEM, hotline_county
from tests.cases.hotline.test_services_at_once import at_once
from tests.cases.rectifications.make import AFTER, filled, opened, signers, signing

pytestmark = pytest.mark.django_db(transaction=True)


def test_signatures_and_forms_at_once() -> None:
    hotline = hotline_county()
    people(hotline)
    first = opened(hotline)
    complaint = first.complaint_id
    got = at_once(*[lambda: getattr(services.follow(complaint_id=complaint, by=SYSTEM, at=AFTER), "pk", None)] * 3)
    assert set(got) == {first.pk}

    form, who = signing(hotline, filled(hotline, first)), people(hotline)
    both = at_once(*[  # two people of one department, one part
        lambda by=by: services.sign(form_id=form.pk, by=by, at=AFTER).state for by in (who.dept, who.dept2)
    ])  # fmt: skip
    assert sorted(map(str, both)) in (["not_your_part", "signing"],)
    rest = at_once(*[
        lambda by=by: services.sign(form_id=form.pk, by=by, at=AFTER).state for by in (signers(hotline)[0], who.office)
    ])  # fmt: skip
    assert len(rest) == 2
    assert Form.objects.get(pk=form.pk).state == State.RECTIFYING


def test_a_worker_that_waited_follows_the_verdict_of_now() -> None:
    """It was told of an upheld complaint, waited for the form, and meanwhile a final appeal dismissed it."""
    hotline = hotline_county()
    people(hotline)
    form = opened(hotline)
    complaint = Complaint.objects.filter(pk=form.complaint_id)

    def late() -> None:
        try:
            services.follow(complaint_id=form.complaint_id, by=SYSTEM, at=AFTER)
        finally:
            connection.close()

    worker = threading.Thread(target=late)
    with transaction.atomic():
        Form.objects.select_for_update().get(pk=form.pk)
        worker.start()
        time.sleep(0.5)  # long enough for the worker to stand at the lock
        complaint.update(final_verdict="dismissed", corrected_by="appeals.appeal:9", final_at=AFTER)
        services.follow(complaint_id=form.complaint_id, by=SYSTEM, at=AFTER)
    worker.join(30)
    assert Form.objects.get(pk=form.pk).state == State.SUPERSEDED
