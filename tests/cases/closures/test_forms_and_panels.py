"""Nobody types a staff number: units and people are chosen; a case shows the closure of its account, or offers to begin it."""

import pytest

from longzhong.cases.closures import services
from longzhong.cases.closures.models import Closure, Project, ToldAgain
from longzhong.cases.closures.rules import Given
from longzhong.kit import clock
from tests.cases.closures.make import LATER, Hotline, a_project, begun, key, listed
from tests.cases.hotline.make import a_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def an_hour_later():  # type: ignore[no-untyped-def]
    with clock.frozen(LATER):
        yield


def test_a_project_names_unit_and_person_by_choice(hotline: Hotline) -> None:
    head, office = hotline.client("head", "station"), hotline.client("office", "quality")
    page = head.get("/closures/projects/new/").content.decode()
    assert '<option value="ST" selected>' in page, "a head's only unit is chosen already"
    assert '<option value="zhang">' in page and 'value="wang"' not in page
    wide = office.get("/closures/projects/new/").content.decode()
    assert wide.count("<optgroup") > 1 and '<option value="S2">' in wide
    given = {"name": "檀溪棚改", "unit": "ST", "responsible": "zhang", "from_on": "2026-01-01"}
    for wrong in ({"unit": "S2"}, {"responsible": "wang"}, {"responsible": ""}):
        answer = head.post("/closures/projects/new/", {**given, **wrong, "client_key": key()})
        assert answer.status_code == 200 and "lz-error" in answer.content.decode(), wrong
    assert head.post("/closures/projects/new/", {**given, "client_key": key()}).status_code == 302
    row = Project.objects.get()
    edit = head.get(f"/closures/projects/{row.pk}/edit/").content.decode()
    assert '<option value="zhang" selected>' in edit and 'value="2026-01-01"' in edit


def test_a_closure_is_given_and_a_second_request_laid_to_somebody_by_name(hotline: Hotline) -> None:
    row = begun(hotline, shown="identity", signed=True)
    head, desk = hotline.client("head", "station"), hotline.client()
    page = head.get(f"/closures/{row.pk}/").content.decode()
    assert '<option value="zhang">' in page
    answer = head.post(f"/closures/{row.pk}/assign/", {"staff": "nobody", "client_key": key()})
    assert answer.status_code == 200
    assert head.post(f"/closures/{row.pk}/assign/", {"staff": "zhang", "client_key": key()}).status_code == 302
    assert Closure.objects.get().owner.code == "zhang"
    telling = row.tellings.get()
    offered = desk.get(f"/closures/{row.pk}/").content.decode().split('id="again_paper"')[1].split("</select>")[0]
    assert "property" in offered and not any(f'"{code}"' in offered for code in telling.codes)
    again = {"paper": "property", "staff": "zhang", "reason": "漏说", "client_key": key()}
    assert desk.post(f"/closures/lists/{telling.pk}/again/", again).status_code == 302
    assert ToldAgain.objects.get().staff.code == "zhang"


def test_a_case_shows_its_accounts_closure_and_offers_to_begin_one(hotline: Hotline) -> None:
    desk = hotline.client()
    other = a_case(hotline, account=2)
    assert "拆迁销户" not in desk.get(f"/calls/cases/{other.pk}/").content.decode(), "a power cut isn't about closing"
    asks = a_case(hotline, "enquiry.change", "想把户销了", account=1)
    page = desk.get(f"/calls/cases/{asks.pk}/").content.decode()
    begin = f"/closures/accounts/{hotline.accounts[1]}/?case={asks.number}"
    assert "拆迁销户" in page and begin in page
    assert asks.number in desk.get(begin).content.decode(), "the case's number stands in the form"
    row = begun(hotline, shown="identity", signed=True)
    page = desk.get(f"/calls/cases/{asks.pk}/").content.decode()
    assert (
        all(word in page for word in (row.number or "", "预存电费退费账户", str(row.next_on), "接着办"))
        and begin not in page
    )


def test_a_household_of_a_demolition_is_shown_on_any_case_of_its_account(hotline: Hotline) -> None:
    (house,) = listed(hotline, a_project(hotline), 2)
    case = a_case(hotline, account=2)
    page = hotline.client().get(f"/calls/cases/{case.pk}/").content.decode()
    assert all(word in page for word in ("檀溪棚改一期", f"/closures/households/{house.pk}/", "登记销户"))
    leader = hotline.client("boss", "leader").get(f"/calls/cases/{case.pk}/").content.decode()
    assert "檀溪棚改一期" in leader and "登记销户" not in leader


def test_a_confidential_callers_closure_isnt_told_to_who_may_not_know_them(hotline: Hotline) -> None:
    listed(hotline, a_project(hotline), 2)
    case = a_case(hotline, "complaint.service.hall_attitude", "营业厅态度不好", account=2, secrecy="confidential")
    head = hotline.client("head", "station").get(f"/calls/cases/{case.pk}/")
    assert head.status_code != 200 or "檀溪棚改" not in head.content.decode()


def test_who_was_spoken_to_is_never_left_without_a_day_and_who_wasnt_comes_before_later_days(hotline: Hotline) -> None:
    project = a_project(hotline)
    first, second = listed(hotline, project, 1, 2)
    given = Given(way="visit", note="再想想")
    row = services.contact_household(household_id=first.pk, given=given, by=hotline.head, at=LATER)
    assert str(row.next_on) == "2026-03-09", "the policy's seven days"
    head = hotline.client("head", "station")
    page = head.get(f"/closures/projects/{project.pk}/")
    assert [line.row.pk for line in page.context["page"].table.items] == [second.pk, first.pk]
    assert "还没约" in page.content.decode()
    given = Given(reason="补偿没谈妥")
    assert services.refuse_household(household_id=second.pk, given=given, by=hotline.head, at=LATER).next_on is not None


def test_one_step_is_the_main_one(hotline: Hotline) -> None:
    desk = hotline.client()
    for row, verb in ((begun(hotline), "apply"), (begun(hotline, 2, shown="identity", signed=True), "bring")):
        moves = desk.get(f"/closures/{row.pk}/").context["page"].moves
        assert [one.verb for one in moves if one.tone == "primary"] == [verb]
