"""Two sign at once, two workers open the form at once: in transactions of their own."""

import pytest

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
