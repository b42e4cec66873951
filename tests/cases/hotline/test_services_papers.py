"""One document is enough to begin, all that is wanted later is told once, and the form is printed, not written."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.papers import papers_of
from longzhong.kit import clock
from longzhong.kit.models import JournalEntry
from tests.cases.hotline.acts import closed, minutes, refuses
from tests.cases.hotline.make import MORNING, Hotline, a_case

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(minutes=5)


@pytest.fixture
def wish(hotline: Hotline) -> Case:
    """An application at the hall."""
    return a_case(hotline, "application.meter", "电能表走字不准，申请校验")


@pytest.mark.parametrize(
    ("steps", "missing"),
    [
        ([], None),
        ([("open", {})], None),
        ([("accept_one", {"shown": "identity", "deferred": ["property", "load"]})], ("property", "load")),
        ([("accept_one", {"shown": "identity", "deferred": ["property"]}), ("bring_paper", {"paper": "property"})], ()),
    ],
    ids=["nothing", "not one document", "two later", "brought"],
)
def test_what_is_missing_is_read_from_the_timeline(steps: list[Any], missing: Any) -> None:
    found = papers_of(steps)
    assert (found.missing if found else None) == missing


def test_documents_are_told_once_and_brought_later(hotline: Hotline, wish: Case) -> None:
    who = {"case_id": wish.pk, "by": hotline.desk, "at": LATER}
    refuses("paper_unknown", services.accept_one, shown="licence", deferred=[], **who)
    refuses("paper_unknown", services.accept_one, shown="identity", deferred=["identity"], **who)
    refuses("paper_not_missing", services.bring_paper, paper="property", **who)
    services.accept_one(shown="identity", deferred=["load", "property"], **who)
    refuses("papers_told", services.accept_one, shown="identity", deferred=["licence"], **who)
    services.bring_paper(paper="property", **who)
    refuses("paper_not_missing", services.bring_paper, paper="property", **who)
    papers = selectors.papers(wish)
    assert papers is not None
    assert papers.missing == ("load",)


def test_only_live_applications_and_only_the_hall(hotline: Hotline, wish: Case) -> None:
    repair = a_case(hotline, account=2)
    refuses(
        "not_an_application",
        services.accept_one,
        case_id=repair.pk,
        shown="identity",
        deferred=[],
        by=hotline.desk,
        at=LATER,
    )
    leader = hotline.county.actor("boss", "leader", units=(hotline.county.county, hotline.county.station))
    refuses("not_allowed", services.fill_form, case_id=wish.pk, by=leader, at=LATER)


@pytest.mark.proves("S4-34", page="hotline:case_form", service="longzhong.cases.hotline.services.accept_one")
def test_the_form_is_filled_by_the_house_and_its_reveals_are_journalled(hotline: Hotline, wish: Case) -> None:
    with clock.frozen(LATER):
        desk = hotline.client()
        page = desk.get(reverse("hotline:case", args=[wish.pk])).content.decode()
        assert "一证受理" in page
        assert "4200000000001" not in page
        sent = {"client_key": "key-accept-one", "code": "identity", "items": ["property", "load"]}
        assert desk.post(reverse("hotline:case_step", args=[wish.pk, "accept_one"]), sent).status_code == 302
        form = desk.post(reverse("hotline:case_form", args=[wish.pk])).content.decode()
    assert "张惠芳" in form
    assert "4200000000001" in form
    assert "房屋产权或使用证明、用电设备清单" in form
    seen = JournalEntry.objects.filter(label__startswith="customers.account").values_list("act", flat=True)
    assert len([act for act in seen if "reveal" in act]) == 3
    words = " ".join(selectors.told(list(selectors.case_card(hotline.desk, wish.pk, LATER).steps)))
    assert "核验身份证明，后补材料：房屋产权或使用证明、用电设备清单" in words


@pytest.mark.proves("S3-06", page="hotline:case", service="longzhong.cases.hotline.services.audit")
def test_an_audit_says_what_was_lacking_in_listening(hotline: Hotline) -> None:
    case = closed(hotline)
    who = {"case_id": case.pk, "by": hotline.quality, "at": minutes(300)}
    refuses("audit_contradicts", services.audit, result="passed", words="", lacking=["interrupted"], **who)
    refuses("audit_contradicts", services.audit, result="flawed", words="有瑕疵", lacking=["unheard"], **who)
    office = hotline.client("office", "quality")
    with clock.frozen(minutes(300)):
        page = office.get(reverse("hotline:case", args=[case.pk])).content.decode()
        assert "没有耐心听完，打断客户" in page
    services.audit(result="flawed", words="客户讲到一半就被打断", lacking=["interrupted", "not_repeated"], **who)
    words = " ".join(selectors.told(list(selectors.case_card(hotline.quality, case.pk, minutes(301)).steps)))
    assert "没有耐心听完，打断客户；没有复述确认诉求" in words
