"""Calls and cases find their file: heard twice, in any order; secret ones never. Candidates are proposed, people decide."""

from datetime import timedelta

import pytest

from longzhong.cases.hotline import services as hotline
from longzhong.cases.hotline.rules.words import Mood, Secrecy
from longzhong.cases.hotline.services import Caller
from longzhong.cases.petitioners import selectors, services
from longzhong.cases.petitioners.models import Occasion, Petitioner, Rest
from longzhong.cases.petitioners.services import NewOccasion
from longzhong.kit import outbox
from longzhong.kit.errors import Refused
from tests.cases.hotline.make import a_call, a_case, category
from tests.cases.petitioners.make import (
    HE,
    MORNING,
    OTHER_PHONE,
    SYSTEM,
    a_file,
    at,
    calls,
    hall,
    other_hall,
)

pytestmark = pytest.mark.django_db


def follow_all() -> None:
    outbox.deliver_all(twice=True)


def test_a_call_and_its_case_are_one_occasion(county):
    row = a_file(county)
    case = a_case(county, "enquiry.metering", account=None, caller=HE, mood=Mood.FURIOUS)
    follow_all()
    (seen,) = Occasion.objects.filter(petitioner=row)
    assert (seen.matched_by, seen.channel, seen.case) == ("phone", "phone", f"hotline.case:{case.pk}")
    assert seen.category_id == category("enquiry.metering")
    row.refresh_from_db()
    assert row.last_at == seen.at


@pytest.mark.parametrize("order", [("case", "call"), ("call", "case")])
def test_facts_in_any_order(county, order):
    a_file(county)
    case = a_case(county, "enquiry.metering", account=None, caller=HE)
    call = case.calls.get()
    for _twice in range(2):
        for what in order:
            if what == "case":
                services.follow_case(case_id=case.pk, by=SYSTEM, at=MORNING)
            else:
                services.follow_call(call_id=call.pk, by=SYSTEM, at=MORNING)
    assert Occasion.objects.count() == 1


@pytest.mark.parametrize("secrecy", [Secrecy.CONFIDENTIAL, Secrecy.ANONYMOUS])
def test_a_secret_case_never_reaches_a_file(county, secrecy):
    row = a_file(county)
    call = a_call(county, "投诉窗口态度", account=None, caller=HE)
    services.follow_call(call_id=call.pk, by=SYSTEM, at=MORNING)
    assert Occasion.objects.filter(petitioner=row, detached_at=None).count() == 1  # only a call so far
    given = hotline.NewCase(category_id=category("enquiry.metering"), secrecy=secrecy)
    hotline.open_case(call_id=call.pk, case=given, by=county.desk, at=MORNING)
    follow_all()
    assert Occasion.objects.filter(petitioner=row, detached_at=None).count() == 0


def test_a_call_from_the_household_is_only_perhaps_him(county):
    row, by = a_file(county), hall(county)
    a_call(county, "灯不亮", account=1)
    follow_all()
    seen = Occasion.objects.get(petitioner=row)
    assert seen.matched_by == "account"
    assert not services.look(petitioner_id=row.pk, by=by, at=MORNING).occasions[0].sure
    services.detach_occasion(petitioner_id=row.pk, occasion_id=seen.pk, reason="是他爱人打的", by=by, at=MORNING)
    with pytest.raises(Refused, match="occasion_unknown"):
        services.detach_occasion(petitioner_id=row.pk, occasion_id=seen.pk, reason="是他爱人打的", by=by, at=MORNING)
    follow_all()
    row.refresh_from_db()
    assert (services.look(petitioner_id=row.pk, by=by, at=MORNING).occasions, row.last_at) == ((), None)


def test_calls_of_others_and_of_nobody_change_nothing(county):
    a_file(county)
    a_call(county, "停电", account=2)
    a_call(county, "停电", account=None)
    a_call(county, "停电", account=None, caller=Caller(name="郝有理"))  # a name alone is not enough
    follow_all()
    assert not Occasion.objects.exists()
    assert services.follow_call(call_id=999_999, by=SYSTEM, at=MORNING) is False
    assert services.follow_case(case_id=999_999, by=SYSTEM, at=MORNING) is False


def test_a_closed_file_hears_no_more(county):
    row = a_file(county)
    services.close_file(petitioner_id=row.pk, reason="搬去外地", by=hall(county), at=MORNING)
    a_call(county, "电费多了", account=None, caller=HE)
    follow_all()
    assert not Occasion.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"met_at": MORNING + timedelta(hours=1)}, "occasion_in_future"),
        ({"channel": "dream"}, "occasion_words"),
        ({"mood": "green"}, "occasion_words"),
        ({"category_id": 0}, "category_unknown"),
        ({"case": "hotline.case:99"}, "case_unknown"),
        ({"case": "nonsense"}, "case_unknown"),
    ],
)
def test_what_is_no_occasion(county, changes, code):
    row = a_file(county)
    met = NewOccasion(**{"met_at": MORNING, "channel": "hall", "mood": "calm", **changes})
    with pytest.raises(Refused, match=code):
        services.note_occasion(petitioner_id=row.pk, occasion=met, by=hall(county), at=MORNING)
    assert not Occasion.objects.exists()


def test_an_older_visit_written_down_later_isnt_the_latest(county):
    row, by = a_file(county), hall(county)
    for when in ("2026-03-01 10:00", "2026-02-01 10:00"):
        met = NewOccasion(met_at=at(when), channel="hall", mood="calm")
        services.note_occasion(petitioner_id=row.pk, occasion=met, by=by, at=MORNING)
    row.refresh_from_db()
    assert row.last_at == at("2026-03-01 10:00")


def test_candidates_are_frequent_callers_without_a_file(county):
    calls(county, 5)
    calls(county, 4, caller=Caller(name="刘二", phone=OTHER_PHONE), hour=6)
    (one,) = selectors.candidates(hall(county), MORNING)
    assert (one.name, one.phone, one.calls, one.shared) == ("郝**", "137****5678", 5, False)
    assert selectors.candidates(other_hall(county), MORNING) == []
    assert selectors.candidates(hall(county), MORNING + timedelta(days=120)) == []
    row = services.open_from_call(call_id=one.call_id, reason="电费常有疑问", by=hall(county), at=MORNING)
    assert (row.mask, row.phones.count()) == ("郝**", 1)
    assert row.occasions.count() == 5 and row.last_at is not None
    assert selectors.candidates(hall(county), MORNING) == []
    follow_all()
    assert Occasion.objects.count() == 5


def test_secret_callers_are_no_candidates(county):
    kept = calls(county, 5)
    given = hotline.NewCase(category_id=category("enquiry.metering"), secrecy=Secrecy.CONFIDENTIAL)
    hotline.open_case(call_id=kept[-1].pk, case=given, by=county.desk, at=MORNING)
    assert selectors.candidates(hall(county), MORNING) == []
    with pytest.raises(Refused, match="call_unknown"):
        services.open_from_call(call_id=kept[-1].pk, reason="电费常有疑问", by=hall(county), at=MORNING)


def test_a_refused_candidate_rests(county):
    kept = calls(county, 6)
    with pytest.raises(Refused, match="reason_missing"):
        services.rest_candidate(call_id=kept[-1].pk, reason="", by=hall(county), at=MORNING)
    for _twice in range(2):
        services.rest_candidate(call_id=kept[-1].pk, reason="是物业在报修", by=hall(county), at=MORNING)
    assert Rest.objects.count() == 1 and not Petitioner.objects.exists()
    assert selectors.candidates(hall(county), MORNING) == []
    with pytest.raises(Refused, match="call_unknown"):
        services.rest_candidate(call_id=kept[-1].pk, reason="是物业在报修", by=other_hall(county), at=MORNING)


def test_without_a_phone_a_candidate_cannot_rest(county):
    call = a_call(county, "灯不亮", account=1)
    with pytest.raises(Refused, match="no_phone"):
        services.rest_candidate(call_id=call.pk, reason="是物业在报修", by=county.desk, at=MORNING)
