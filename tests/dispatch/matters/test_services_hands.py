"""Client keys and hand-overs."""

import threading
import time

import pytest
from django.db import connection

from longzhong.dispatch.matters import selectors, services
from longzhong.dispatch.matters.models import ClientKey, Handover
from longzhong.kit.errors import Refused
from tests.dispatch.make import MORNING, SYSTEM, County

M = "tests.thing:1"
KEY = "3f0c8b1e-0001"


@pytest.mark.django_db
def test_a_key_is_used_once_and_answered_the_same(county: County) -> None:
    done: list[int] = []

    def act() -> str:
        done.append(1)
        return "order 7"

    for _ in range(3):
        assert services.once(key=KEY, what="accept 7", act=act, by=county.zhang, at=MORNING) == "order 7"
    assert len(done) == 1
    services.once(key=KEY, what="accept 7", act=act, by=county.li, at=MORNING)  # another person's key is another key
    assert len(done) == 2
    with pytest.raises(Refused, match="client_key_reused"):
        services.once(key=KEY, what="accept 8", act=act, by=county.zhang, at=MORNING)
    for key, by in (("", county.zhang), ("short", county.zhang), (KEY, SYSTEM)):
        with pytest.raises(Refused, match="client_key_missing"):
            services.once(key=key, what="x", act=act, by=by, at=MORNING)


@pytest.mark.django_db
def test_a_deed_that_failed_leaves_its_key_unused(county: County) -> None:
    def refuse() -> str:
        raise Refused("cause_unknown", "…")

    with pytest.raises(Refused, match="cause_unknown"):
        services.once(key=KEY, what="x", act=refuse, by=county.zhang, at=MORNING)
    assert not ClientKey.objects.exists()
    assert services.once(key=KEY, what="x", act=lambda: "", by=county.zhang, at=MORNING) == "done"


@pytest.mark.django_db
def test_what_was_made_once_is_the_same_thing_again(county: County) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(len(made) + 7)
        return made[-1]

    for _ in range(2):
        assert services.once_int(key=KEY, what="draft", make=make, by=county.zhang, at=MORNING) == 7
    assert made == [7]


@pytest.mark.django_db
def test_a_verb_is_done_by_its_doer_once_for_a_key(county: County) -> None:
    taken: list[str] = []
    doers = {"greet": lambda step: taken.append(f"greet {step}"), "leave": lambda step: taken.append(f"leave {step}")}

    def take(verb: str, key: str, of: str = M) -> str:
        return services.step_once(doers=doers, verb=verb, step="zhang", of=of, key=key, by=county.zhang, at=MORNING)

    assert [take("greet", KEY), take("greet", KEY)] == ["greet", "greet"]
    assert taken == ["greet zhang"]
    for verb, of in (("leave", M), ("greet", "tests.thing:2")):
        with pytest.raises(Refused, match="client_key_reused"):
            take(verb, KEY, of)
    with pytest.raises(Refused, match=r"^no_such_move: "):
        take("dance", "3f0c8b1e-0002")
    assert taken == ["greet zhang"]
    assert ClientKey.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_posts_with_one_key_at_once_do_one_deed(county: County) -> None:
    gate, done, answers = threading.Barrier(2), [], []

    def act() -> str:
        done.append(1)
        time.sleep(0.2)
        return "once"

    def post() -> None:
        try:
            gate.wait(10)
            answers.append(services.once(key=KEY, what="x", act=act, by=county.zhang, at=MORNING))
        finally:
            connection.close()

    posts = [threading.Thread(target=post) for _ in range(2)]
    [thread.start() for thread in posts]
    [thread.join(30) for thread in posts]
    assert (done, answers) == ([1], ["once", "once"])


@pytest.mark.django_db
def test_the_owner_stays_until_the_offer_is_accepted(county: County) -> None:
    zhang, li = county.staff["zhang"], county.staff["li"]
    with pytest.raises(Refused, match="handover_to_self"):
        services.offer_handover(matter=M, from_staff_id=zhang, to_staff_id=zhang, by=county.zhang, at=MORNING)
    services.offer_handover(matter=M, from_staff_id=zhang, to_staff_id=li, by=county.zhang, at=MORNING)
    assert selectors.open_offer(M).to_name == "李明"
    with pytest.raises(Refused, match="handover_open"):
        services.offer_handover(matter=M, from_staff_id=zhang, to_staff_id=li, by=county.zhang, at=MORNING)
    with pytest.raises(Refused, match="handover_not_offered"):
        services.accept_handover(matter=M, by=county.zhang, at=MORNING)
    assert services.accept_handover(matter=M, by=county.li, at=MORNING).to_staff_id == li
    with pytest.raises(Refused, match="handover_not_offered"):
        services.accept_handover(matter=M, by=county.li, at=MORNING)
    services.offer_handover(matter=M, from_staff_id=li, to_staff_id=zhang, by=county.li, at=MORNING)
    services.decline_handover(matter=M, by=county.zhang, at=MORNING)
    assert services.withdraw_handover(matter=M, by=SYSTEM, at=MORNING) is None
    assert list(Handover.objects.order_by("id").values_list("state", flat=True)) == ["accepted", "declined"]
    assert list(selectors.broken_links()) == []
