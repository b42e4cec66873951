"""Marks follow cases: each fact twice and in any order, and verdicts stay."""

import pytest

from longzhong.cases.hotline import selectors as hotline_reads
from longzhong.cases.hotline.models import Case
from longzhong.cases.nearmisses import services
from longzhong.cases.nearmisses.models import StaffMark
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.categories import selectors as categories
from tests.cases.hotline.make import MORNING, Hotline, a_case, hotline_county

pytestmark = pytest.mark.django_db
RECORD = Actor.machine("tests")


@pytest.fixture
def hotline() -> Hotline:
    return hotline_county()


def complaint(hotline: Hotline, about: str = "zhang", code: str = "complaint") -> Case:
    leaf = categories.leaves(code)[0].code
    return a_case(hotline, leaf, "态度不好", about_staff_id=hotline.county.staff[about])


def heard(case: Case) -> None:
    for _twice in range(2):
        services.mark_case(case_id=case.pk, by=RECORD, at=MORNING)


def standings() -> list[tuple[int, str, str]]:
    return list(StaffMark.objects.order_by("id").values_list("staff_id", "kind", "standing"))


def test_the_fact_of_a_complaint_enters_the_record(hotline: Hotline) -> None:
    case = complaint(hotline)
    outbox.deliver_all()
    mark = StaffMark.objects.get()
    assert (mark.staff_id, mark.kind, mark.cause) == (case.about_staff_id, "complaint", hotline_reads.label(case.pk))


def test_praise_enters_it_too_and_repairs_do_not(hotline: Hotline) -> None:
    heard(complaint(hotline, code="praise"))
    heard(a_case(hotline, account=2))
    assert standings() == [(hotline.county.staff["zhang"], "praise", "open")]


def test_a_case_that_is_refiled_voided_or_about_another_withdraws_the_mark(hotline: Hotline) -> None:
    case, zhang, li = complaint(hotline), hotline.county.staff["zhang"], hotline.county.staff["li"]
    heard(case)
    Case.objects.filter(pk=case.pk).update(about_staff=li)
    heard(case)
    assert standings() == [(zhang, "complaint", "withdrawn"), (li, "complaint", "open")]
    Case.objects.filter(pk=case.pk).update(type="opinion")
    heard(case)
    assert standings() == [(zhang, "complaint", "withdrawn"), (li, "complaint", "withdrawn")]
    Case.objects.filter(pk=case.pk).update(type="complaint", about_staff=zhang)
    heard(case)
    assert standings() == [(zhang, "complaint", "open"), (li, "complaint", "withdrawn")]
    Case.objects.filter(pk=case.pk).update(state="void", closed_at=MORNING)
    heard(case)
    assert {standing for *_rest, standing in standings()} == {"withdrawn"}


def test_a_verdict_stays_whatever_the_case_does_next(hotline: Hotline) -> None:
    case = complaint(hotline)
    heard(case)
    services.set_standing(cause=hotline_reads.label(case.pk), standing="dismissed", by=hotline.quality, at=MORNING)
    heard(case)
    assert standings() == [(hotline.county.staff["zhang"], "complaint", "dismissed")]


@pytest.mark.parametrize(
    ("standing", "cause", "role", "code"),
    [
        ("withdrawn", "hotline.case:1", "quality", "standing_unknown"),
        ("upheld", "hotline.case:0", "quality", "mark_unknown"),
        ("upheld", "hotline.case:1", "desk", "not_allowed"),
    ],
)
def test_verdicts_that_are_refused(hotline: Hotline, standing: str, cause: str, role: str, code: str) -> None:
    by = hotline.quality if role == "quality" else hotline.desk
    with pytest.raises(Refused) as refusal:
        services.set_standing(cause=cause, standing=standing, by=by, at=MORNING)
    assert refusal.value.code == code
