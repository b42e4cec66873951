"""What goes wrong around a case: a server killed in the middle of a dispatch, two people who claim the same case at once."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.db import connection

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.models import Case
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact
from longzhong.kit.outbox import deliver_all
from tests.cases.hotline.make import MORNING, a_case, hotline_county

pytestmark = pytest.mark.django_db(transaction=True)
LATER = MORNING + timedelta(minutes=5)
DOOMED = """
import sys, time, django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from datetime import datetime
from longzhong.cases.hotline import services
from longzhong.cases.hotline.services import dispatching
from longzhong.kit.actor import Actor
def stop(**_given):
    print("in the middle", flush=True)  # the order is open, its clocks run, its fact is kept; nothing is committed
    time.sleep(60)
dispatching.complete = stop
services.dispatch(case_id=int(sys.argv[2]), by=Actor.machine("tests"), at=datetime.fromisoformat(sys.argv[3]))
"""


def test_a_server_killed_in_the_middle_of_a_dispatch_loses_nothing_and_does_nothing_twice() -> None:
    here = hotline_county()
    case = a_case(here)
    word = [sys.executable, "-c", DOOMED, connection.settings_dict["NAME"], str(case.pk), LATER.isoformat()]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "longzhong.project.settings"}
    with subprocess.Popen(word, stdout=subprocess.PIPE, text=True, env=env) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline().strip() == "in the middle"
        worker.send_signal(signal.SIGKILL)
        assert worker.wait(10) == -signal.SIGKILL
    case.refresh_from_db()  # waits for nobody: what the dead server held is rolled back by the database
    assert (case.state, case.order_id, WorkOrder.objects.count()) == ("taken", None, 0)
    services.dispatch(case_id=case.pk, by=here.desk, at=LATER)
    deliver_all(twice=True)
    case.refresh_from_db()
    assert (case.state, WorkOrder.objects.count()) == ("dispatched", 1)
    assert case.order_id == WorkOrder.objects.get().pk
    assert Fact.objects.filter(name="OrderMoved").count() == 1
    assert list(matters.broken_links()) == []


def test_of_two_who_claim_first_ask_at_once_one_has_it_and_the_other_hears_who() -> None:
    here = hotline_county()
    case = a_case(here)
    gate, said = threading.Barrier(2), {}

    def claim(name: str) -> None:
        try:
            gate.wait(10)
            services.claim(case_id=case.pk, by=people[name], at=LATER)
            said[name] = "mine"
        except Refused as error:
            said[name] = error.code
        finally:
            connection.close()

    people = {"zhang": here.manager, "head": here.head}
    claimers = [threading.Thread(target=claim, args=(name,)) for name in people]
    [one.start() for one in claimers]
    [one.join(30) for one in claimers]
    assert sorted(said.values()) == ["already_claimed", "mine"]
    winner = next(name for name, word in said.items() if word == "mine")
    case.refresh_from_db()
    assert case.owner_id == people[winner].staff_id
    claims = [step for step in matters.steps(selectors.label(case.pk)) if step.verb == "claim"]
    assert len(claims) == 1
    assert not Case.objects.filter(owner=None).exists()
