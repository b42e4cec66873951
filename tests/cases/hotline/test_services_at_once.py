"""Two people and two workers at once, in transactions of their own."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from longzhong.cases.hotline import services
from longzhong.cases.hotline.models import Case, ContactTry
from longzhong.kit.errors import Refused
from tests.cases.hotline.acts import minutes
from tests.cases.hotline.make import SYSTEM, a_case, hotline_county

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Let all act at the same moment; what each got, or the code of its refusal."""
    gate, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        try:
            gate.wait(30)
            found[place] = acts[place]()  # type: ignore[call-overload]
        except Refused as no:
            found[place] = no.code  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return list(found)


def test_claims_and_time_outs_at_once() -> None:
    hotline = hotline_county()
    case = a_case(hotline)
    got = at_once(
        lambda: services.claim(case_id=case.pk, by=hotline.head, at=minutes(3)).owner_id,
        lambda: services.claim(case_id=case.pk, by=hotline.manager, at=minutes(3)).owner_id,
    )
    assert "already_claimed" in got
    owner = next(one for one in got if isinstance(one, int))
    assert Case.objects.get(pk=case.pk).owner_id == owner

    services.ask_next(case_id=case.pk, by=hotline.desk, at=minutes(5))
    done = at_once(*[lambda: services.time_out_tries(by=SYSTEM, at=minutes(16))] * 3)
    assert sum(int(str(one)) for one in done) == 1
    assert ContactTry.objects.filter(case=case.pk).count() == 2

    sent = at_once(*[lambda: services.dispatch(case_id=case.pk, by=hotline.desk, at=minutes(17)).order_id] * 2)
    assert "wrong_state" in sent
