"""No-power cases are signals of trouble-call analysis; what becomes an outage explains them."""

from datetime import timedelta

import pytest

from longzhong.cases.hotline import services
from longzhong.kit.outbox import deliver_all
from longzhong.sensing.troubles import services as troubles
from longzhong.sensing.troubles.models import Signal, Trouble
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_case

pytestmark = pytest.mark.django_db


def test_no_power_cases_are_grouped_and_follow_the_outage_that_they_became(hotline: Hotline) -> None:
    first, second = a_case(hotline, account=1), a_case(hotline, account=2, when=MORNING + timedelta(minutes=4))
    other = a_case(hotline, "repair.quality.low", "灯很暗", account=3)
    deliver_all(twice=True)
    sources = {f"hotline.case:{first.pk}", f"hotline.case:{second.pk}"}
    assert set(Signal.objects.values_list("source", flat=True)) == sources
    trouble = Trouble.objects.get(signals=2)
    later = MORNING + timedelta(minutes=10)
    outage_id = troubles.confirm(trouble_id=trouble.pk, by=SYSTEM, at=later)
    deliver_all(twice=True)
    for case in (first, second, other):
        case.refresh_from_db()
    assert (first.outage_id, second.outage_id, other.outage_id) == (outage_id, outage_id, None)
    assert services.explain_cases(trouble_id=trouble.pk, by=SYSTEM, at=later) == 0, "heard before"
