"""Sheets: evidence from the lake, neighbours as a median only, frozen figures, what the customer says, the paper."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.urls import reverse

from longzhong.cases.explanations import selectors, services
from longzhong.cases.explanations.engines.typesetter import NotPrinted, Typesetter
from longzhong.cases.explanations.models import Sheet
from longzhong.cases.explanations.rules import METER_TEST_CATEGORY, Limits, State, Use, Verdict
from longzhong.cases.explanations.selectors import Span
from longzhong.cases.explanations.services import Asked
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit.actor import Actor, Scope
from longzhong.kit.errors import Refused
from longzhong.kit.models import JournalEntry
from longzhong.register.categories import selectors as categories
from longzhong.register.org.rules import Role
from tests.cases.explanations.make import DAYS, MORNING, Home, home, keep, load
from tests.register.access.make import person
from tests.register.categories.make import tree
from tests.register.network.make import Net
from tests.register.policies.make import browser

pytestmark = pytest.mark.django_db
SPAN = Span(DAYS[0], DAYS[-1])
USES = [Use("fridge", 1, 24), Use("ac_inv_15", 2, 6), Use("heater_tank", 1, 24)]


@pytest.fixture
def here() -> Home:
    return home()


def desk(net: Net, unit: str = "42060201", role: str = "desk") -> Actor:
    return Actor(71, net.city.staff["S1"], "张惠芳", (Scope(role, frozenset({net.city.units[unit]})),))


def made(here: Home, **asked: object) -> Sheet:
    said = {"span": SPAN, "uses": USES, **asked}
    return services.explain(account_id=here.mine, asked=Asked(**said), by=desk(here.net), at=MORNING)  # type: ignore[arg-type]


def test_the_evidence_says_when_and_how_much(here):
    seen = selectors.evidence(desk(here.net), here.mine, SPAN)
    assert (seen.picture.counted, seen.meters) == (3, ("N0",))
    assert seen.picture.mean_kwh == pytest.approx(12.0, abs=0.01)
    assert seen.picture.base_kw == pytest.approx(0.2, abs=0.001)
    assert seen.picture.base_share == pytest.approx(0.4, abs=0.001)
    assert seen.average[80] == pytest.approx(2.0)


def test_neighbours_are_only_a_median_and_never_fewer_than_five(here):
    seen = selectors.evidence(desk(here.net), here.mine, SPAN).neighbours
    assert (seen.count, seen.median) == (
        6,
        pytest.approx(18.0),
    )  # 8, 12, 16, 20, 24, 28 kWh: one's own isn't among them


def test_four_neighbours_stay_unknown():
    few = home(neighbours=4)
    seen = selectors.evidence(desk(few.net), few.mine, SPAN).neighbours
    assert (seen.count, seen.median, seen.least) == (4, None, 5)
    sheet = services.explain(account_id=few.mine, asked=Asked(SPAN), by=desk(few.net), at=MORNING)
    assert (sheet.figures["neighbours"], sheet.figures["neighbours_count"]) == (None, 0)


def test_three_phases_are_one_household(here):
    later = DAYS[-1] + timedelta(days=1)
    keep({"N0": load(0.3, 3.0)}, later, phases=3)
    seen = selectors.evidence(desk(here.net), here.mine, Span(later, later))
    assert seen.picture.mean_kwh == pytest.approx(18.0, abs=0.01)


def test_a_day_with_a_long_gap_is_no_saving(here):
    later = DAYS[-1] + timedelta(days=1)
    gone = load(0.2, 2.0)
    gone[10:40] = np.nan
    keep({"N0": gone}, later)
    seen = selectors.evidence(desk(here.net), here.mine, Span(DAYS[0], later))
    assert seen.picture.counted == 3
    assert seen.picture.mean_kwh == pytest.approx(12.0, abs=0.01)
    assert [one.kwh is None for one in seen.picture.days] == [False, False, False, True]


@pytest.mark.parametrize(
    ("first", "last", "chosen", "span"),
    [
        (None, None, None, (DAYS[-1] - timedelta(days=13), DAYS[-1], None)),
        (DAYS[0], DAYS[1], DAYS[1], (DAYS[0], DAYS[1], DAYS[1])),
        (DAYS[0], DAYS[1], DAYS[2], (DAYS[0], DAYS[1], None)),
        (date(2025, 1, 1), DAYS[2], None, (DAYS[2] - timedelta(days=30), DAYS[2], None)),
        (DAYS[0], date(2099, 1, 1), None, (DAYS[0], MORNING.date(), None)),
    ],
    ids=["newest of the lake", "as asked", "a day outside isn't chosen", "at most 31 days", "not the future"],
)
def test_which_days_are_looked_at(here, first, last, chosen, span):
    seen = selectors.span_of(first, last, chosen, today=MORNING.date(), limits=Limits())
    assert (seen.first, seen.last, seen.chosen) == span


def test_days_the_wrong_way_round_are_refused(here):
    with pytest.raises(Refused, match="span_empty"):
        selectors.span_of(DAYS[2], DAYS[0], None, today=MORNING.date(), limits=Limits())


def test_a_sheet_is_frozen_when_the_lake_is_corrected(here):
    sheet = made(here, advert=["mode", "hours"], note="客户说广告里一晚一度电")
    before = selectors.told(sheet)
    keep({"N0": load(1.0, 9.0)}, DAYS[0])
    after = selectors.told(Sheet.objects.get(pk=sheet.pk))
    assert after == before
    assert (after.counted, after.neighbours_count) == (3, 6)
    assert after.comparison.metered == pytest.approx(12.0, abs=0.01)
    assert after.comparison.verdict is Verdict.WITHIN
    assert after.night is not None and after.night.kwh == pytest.approx(6.0)
    assert "N0" in after.meters and sheet.number.startswith("YD20260307")
    (step,) = matters.steps(selectors.label(sheet.pk))
    assert (step.verb, step.data["days"], step.words["note"]) == ("explain", 3, "客户说广告里一晚一度电")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"span": Span(date(2026, 2, 1), date(2026, 2, 3))}, "no_readings"),
        ({"uses": [Use("fridge", 500, 24)]}, "appliance_numbers"),
        ({"uses": [Use("moon", 1, 24)]}, "appliance_unknown"),
        ({"advert": ["moonshine"]}, "condition_unknown"),
        ({"case": "hotline.case:4711"}, "case_unknown"),
        ({"case": "nonsense"}, "case_unknown"),
    ],
)
def test_what_cannot_be_explained_leaves_nothing(here, change, code):
    with pytest.raises(Refused, match=code):
        made(here, **change)
    assert not Sheet.objects.exists()


@pytest.mark.parametrize(
    ("unit", "role", "code"), [("42060202", "desk", "not_found"), ("42060201", "leader", "not_allowed")]
)
def test_only_those_who_serve_the_account_explain(here, unit, role, code):
    with pytest.raises(Refused, match=code):
        services.explain(account_id=here.mine, asked=Asked(SPAN), by=desk(here.net, unit, role), at=MORNING)


def test_the_customers_view_moves_the_sheet(here):
    sheet, by = made(here), desk(here.net)
    with pytest.raises(Refused, match="reason_missing"):
        services.answer(sheet_id=sheet.pk, verb="decline", by=by, at=MORNING)
    assert services.answer(sheet_id=sheet.pk, verb="decline", reason="不信", by=by, at=MORNING).state == State.DECLINED
    assert services.answer(sheet_id=sheet.pk, verb="ask_test", by=by, at=MORNING).state == State.TEST_WANTED
    assert matters.steps(selectors.label(sheet.pk))[0].data["suggests"] == METER_TEST_CATEGORY
    assert services.answer(sheet_id=sheet.pk, verb="accept", by=by, at=MORNING).state == State.ACCEPTED
    with pytest.raises(Refused, match="wrong_state"):
        services.answer(sheet_id=sheet.pk, verb="ask_test", by=by, at=MORNING)
    with pytest.raises(Refused, match="not_found"):
        services.answer(sheet_id=sheet.pk, verb="accept", by=desk(here.net, "42060202"), at=MORNING)
    with pytest.raises(Refused, match="not_found"):
        selectors.sheet_of(desk(here.net, "42060202"), sheet.pk)


def test_the_suggested_category_is_one_of_the_tree():
    tree()
    assert categories.category(METER_TEST_CATEGORY).code == METER_TEST_CATEGORY


def test_the_paper_is_a_pdf_with_its_font_and_no_plain_name(here):
    sheet = made(here, advert=["mode"])
    paper = selectors.paper_of(desk(here.net), selectors.sheet_of(desk(here.net), sheet.pk))
    assert paper.party.startswith("张**（") and "101" not in paper.place
    assert "平均每天 12.0 度" in paper.headline and "6 户的中位数" in paper.neighbours
    assert paper.curves[0][0] == "平均日"
    pdf = Typesetter().pdf(paper)
    assert pdf.startswith(b"%PDF-") and b"NotoSansSC" in pdf
    assert Typesetter().png(paper).startswith(b"\x89PNG")


def test_a_hostile_name_doesnt_break_the_paper(here):
    sheet = made(here)
    paper = selectors.paper_of(desk(here.net), selectors.sheet_of(desk(here.net), sheet.pk))
    odd = {
        **paper.__dict__,
        "party": '#panic("x") [ $ \\ " */ 很长' * 20,
        "place": "",
        "days": (),
        "curves": (),
        "lines": (),
    }
    assert Typesetter().pdf(type(paper)(**odd)).startswith(b"%PDF-")


def test_a_broken_template_is_told_as_such(here, monkeypatch, tmp_path):
    broken = tmp_path / "broken.typ"
    broken.write_text("#panic()")
    monkeypatch.setattr("longzhong.cases.explanations.engines.typesetter.TEMPLATE", broken)
    sheet = made(here)
    paper = selectors.paper_of(desk(here.net), selectors.sheet_of(desk(here.net), sheet.pk))
    with pytest.raises(NotPrinted):
        Typesetter().pdf(paper)


@pytest.mark.proves("S0-20", page="explanations:new", service="longzhong.cases.explanations.services.explain")
def test_from_doubt_to_paper_in_the_browser(here):
    client = browser(person(here.net.city, "hall", Role.DESK, "42060201", "S1"))
    address = f"{reverse('explanations:new')}?account={here.mine}&first={DAYS[0]}&last={DAYS[-1]}"
    html = client.get(address).content.decode()
    assert "12.0 kWh" in html and "18.0 kWh" in html and "张**" in html and "王" not in html
    form = {"n_fridge": "1", "n_ac_inv_15": "2", "h_ac_inv_15": "6", "advert": ["mode"], "client_key": "k" * 12}
    tried = client.post(address, {**form, "do": "try"})
    assert tried.status_code == 200 and "试算结果" in tried.content.decode() and not Sheet.objects.exists()
    wrong = client.post(address, {**form, "do": "save", "h_ac_inv_15": "99"}).content.decode()
    assert "空调（1.5匹 变频） 小时" in wrong and not Sheet.objects.exists()
    saved = client.post(address, {**form, "do": "save"})
    again = client.post(address, {**form, "do": "save"})
    sheet = Sheet.objects.get()
    assert saved["Location"] == again["Location"] == reverse("explanations:detail", args=[sheet.pk])
    detail = client.get(saved["Location"]).content.decode()
    assert "冰箱" in detail and "还有一部分待查" in detail and "客户认可" in detail
    pdf = client.get(reverse("explanations:pdf", args=[sheet.pk]))
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert JournalEntry.objects.filter(act="explanations.print", label=f"explanations.sheet:{sheet.pk}").exists()
    move = reverse("explanations:answer", args=[sheet.pk, "ask_test"])
    for _twice in range(2):
        assert client.post(move, {"client_key": "m" * 12}).status_code == 302
    assert "申请校验" in client.get(saved["Location"]).content.decode()
    board = client.get(reverse("explanations:board")).content.decode()
    assert sheet.number in board and "要求校表" in board


def test_the_pages_by_role(here):
    sheet = made(here)
    for role, unit, seen in [(Role.DESK, "42060201", 200), (Role.STATION, "42060202", 404), (Role.LEADER, "42", 403)]:
        client = browser(person(here.net.city, f"{role}{unit}", role, unit))
        assert client.get(reverse("explanations:detail", args=[sheet.pk])).status_code == seen
        assert client.get(reverse("explanations:pdf", args=[sheet.pk])).status_code == seen


def test_an_account_is_found_first_and_an_empty_list_says_what_to_do(here):
    client = browser(person(here.net.city, "hall", Role.DESK, "42060201"))
    assert "先找到客户的户" in client.get(reverse("explanations:new")).content.decode()
    found = client.get(reverse("explanations:new"), {"q": "4200008800000"}).content.decode()
    assert f"?account={here.mine}" in found
    assert "没有找到" in client.get(reverse("explanations:new"), {"q": "4299999999999"}).content.decode()
    assert "还没有解释单" in client.get(reverse("explanations:board")).content.decode()
    assert client.get(reverse("explanations:new"), {"account": "999999"}).status_code == 404
    empty = client.get(reverse("explanations:new"), {"account": here.mine, "first": "2026-01-01", "last": "2026-01-02"})
    assert "没有完整的负荷数据" in empty.content.decode()


def test_fifty_sheets_cost_few_queries(here, django_assert_max_num_queries):
    sheet = made(here)
    copies = [Sheet(**{**_values(sheet), "number": f"YD{n:08}"}) for n in range(60)]
    Sheet.objects.bulk_create(copies)
    client = browser(person(here.net.city, "hall", Role.DESK, "42060201", "S1"))
    client.get(reverse("explanations:board"))
    with django_assert_max_num_queries(10):
        answer = client.get(reverse("explanations:board"))
    assert len(answer.context["page"].table.items) == 50


def _values(sheet: Sheet) -> dict[str, object]:
    return {field.attname: getattr(sheet, field.attname) for field in Sheet._meta.fields if not field.primary_key}


def test_the_label_has_a_title_and_a_door(here):
    sheet = made(here)
    assert selectors.title(sheet.pk) == f"用电量解释单 {sheet.number}"
    assert selectors.is_visible(desk(here.net), sheet.pk) and not selectors.is_visible(
        desk(here.net, "42060202"), sheet.pk
    )
    assert matters.timeline(selectors.label(sheet.pk))[0].title == "出具解释单"
