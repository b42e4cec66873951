"""The customer's voice and the four sentences of repair: page figures against plain Python, each number opens its list."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from statistics import median
from typing import Any

import pytest
from django.urls import reverse

from longzhong.cases.hotline import services as hotline_services
from longzhong.cases.hotline.models import Call, CallBack, Case
from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.kit import clock
from longzhong.register.categories import selectors as categories
from tests.assessment.bulletins.make import MONDAY, many_cases
from tests.cases.hotline.make import SYSTEM, Hotline, a_case, hotline_county

pytestmark = pytest.mark.django_db
ALL = {"first": "2026-02-23", "last": "2026-03-31"}


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.frozen(MONDAY):
        yield


@pytest.fixture
def hotline() -> Hotline:
    return hotline_county()


def told() -> list[Case]:
    return list(Case.objects.exclude(state="void").select_related("category"))


def by_label(bars: Any) -> dict[str, int]:
    return {bar.label: bar.value for bar in bars}


@pytest.mark.proves("S2-03", page="bulletins:voice", service="longzhong.assessment.bulletins.selectors.voice.voice")
@pytest.mark.proves("S2-04", page="bulletins:voice", service="longzhong.assessment.bulletins.selectors.voice.voice")
@pytest.mark.proves("S2-05", page="bulletins:voice", service="longzhong.assessment.bulletins.selectors.voice.voice")
@pytest.mark.proves("S2-27", page="bulletins:voice", service="longzhong.assessment.bulletins.selectors.voice.voice")
@pytest.mark.proves("S3-07", page="bulletins:voice", service="longzhong.assessment.bulletins.selectors.voice.voice")
def test_the_voice_says_what_fingers_count(hotline: Hotline) -> None:
    many_cases(hotline)
    office = hotline.client("office", "quality")
    page = office.get(reverse("bulletins:voice"), ALL).context["page"]
    rows, tiles = told(), {tile.label: tile.value for tile in page.tiles}
    complaints = [row for row in rows if row.type == "complaint"]
    attitude = [row for row in complaints if row.category.attitude or row.root_cause == "attitude"]
    assert (tiles["诉求"], tiles["投诉"], tiles["来电"]) == (len(rows), len(complaints), Call.objects.count())
    assert tiles["态度类投诉占比"] == pytest.approx(100 * len(attitude) / len(complaints))
    causes = Counter(row.get_root_cause_display() for row in rows if row.root_cause)
    assert by_label(page.causes) == causes and len(causes) == 5
    assert by_label(page.channels) == Counter(row.get_channel_display() for row in rows)
    assert by_label(page.outcomes) == Counter(call.get_outcome_display() for call in Call.objects.all())
    names = categories.labels([row.category_id for row in rows])
    expected = Counter(names[row.category_id] for row in rows)
    *shown, rest = page.pareto
    assert {line.label: line.number for line in shown}.items() <= expected.items() and len(shown) == 15
    assert [line.number for line in shown] == sorted(expected.values(), reverse=True)[:15]
    assert (rest.label, rest.number) == ("其余 1 类", sum(expected.values()) - sum(line.number for line in shown))
    assert page.pareto[-1].together == pytest.approx(1.0)
    weeks = sum(sum(one or 0 for one in series["data"]) for series in page.chart["series"])
    assert weeks == len(rows)
    assert sum(n for row in page.heat for _label, n, _href, _tone in row.cells) == len(rows)


def test_every_number_of_the_voice_opens_its_list(hotline: Hotline) -> None:
    many_cases(hotline)
    office = hotline.client("office", "quality")
    page = office.get(reverse("bulletins:voice"), ALL).context["page"]
    links = [(line.href, line.number) for line in page.pareto if line.href]
    links += [(bar.href, bar.value) for bar in [*page.causes, *page.channels]]
    links += [(href, n) for row in page.heat for _label, n, href, _tone in row.cells if n]
    links += [(tile.href, tile.value) for tile in page.tiles if tile.unit == "件"]
    links += [(word.href, word.rising.now) for word in page.words]
    assert len(links) > 20
    for href, number in links:
        assert office.get(href).context["page"].table.total == number, href


def test_a_period_can_be_chosen_and_nonsense_is_left_out(hotline: Hotline) -> None:
    many_cases(hotline)
    office = hotline.client("office", "quality")
    for asked in ({"weeks": "13"}, {"weeks": "x"}, {"first": "2026-03-09", "last": "2026-03-01"}, {"first": "x"}):
        assert office.get(reverse("bulletins:voice"), asked).status_code == 200
    nonsense = {**ALL, "type": "x", "cause": "x", "channel": "x", "unit": "x", "category": "9" * 30}
    assert office.get(reverse("bulletins:told"), nonsense).context["page"].table.total == len(told())


def test_an_empty_county_says_so(hotline: Hotline) -> None:
    office = hotline.client("office", "quality")
    assert "这段时间没有诉求" in office.get(reverse("bulletins:voice")).content.decode()
    assert "这段时间没有抢修" in office.get(reverse("bulletins:stages")).content.decode()


def test_small_samples_are_marked(hotline: Hotline) -> None:
    leaf = categories.leaves("complaint")[0].code
    a_case(hotline, leaf, "态度不好", when=MONDAY - timedelta(days=1))
    page = hotline.client("office", "quality").get(reverse("bulletins:voice"))
    assert "样本少（1 件）" in page.content.decode()


def test_who_sees_one_station_counts_one_station(hotline: Hotline) -> None:
    many_cases(hotline)
    page = hotline.client("head", "station").get(reverse("bulletins:voice"), ALL).context["page"]
    own = [row for row in told() if row.unit_id == hotline.county.station]
    assert {tile.label: tile.value for tile in page.tiles}["诉求"] == len(own)


@pytest.mark.proves("S4-23", page="bulletins:stages", service="longzhong.cases.hotline.services.dispatch")
def test_the_four_sentences_of_a_repair(hotline: Hotline) -> None:
    """Three repairs accepted in 3, 4 and 20 minutes; five are allowed."""
    start = MONDAY - timedelta(days=1)
    taken = []
    for n, minutes in enumerate((3, 4, 20)):
        case = a_case(hotline, account=n + 1, when=start + timedelta(hours=n))
        case = hotline_services.dispatch(
            case_id=case.pk, owner_id=hotline.county.staff["zhang"], by=hotline.desk, at=case.opened_at
        )
        taken.append((case, minutes))
    for case, minutes in taken:
        orders.accept(order_id=case.order_id or 0, by=SYSTEM, at=case.opened_at + timedelta(minutes=minutes))
    CallBack.objects.create(case=taken[0][0], purpose="accepted", attempt=1, result="reached", at=start)
    page = hotline.client("office", "quality").get(reverse("bulletins:stages")).context["page"]
    accept = page.tiles[0]
    assert accept.label == "出发快捷（派单到接单）" and accept.value == pytest.approx(200 / 3)
    assert "2/3" in accept.note and "样本少" in accept.note
    by_unit = {one.unit_id: one for one in page.table.items}
    assert sum(one.repairs for one in by_unit.values()) == 3
    for unit, one in by_unit.items():
        assert one.figures["accept"].median == median(minutes for case, minutes in taken if case.unit_id == unit)


@pytest.mark.proves(
    "S4-23", page="bulletins:stages", service="longzhong.assessment.bulletins.selectors.stages.stages_by_unit"
)
def test_every_stage_is_what_the_moments_say(hotline: Hotline) -> None:
    """Made moments: arrived, restored, finished and called back in given minutes; plain Python judges them."""
    rng, start, made = random.Random(3), MONDAY - timedelta(days=2), []
    for n in range(8):
        case = a_case(hotline, account=1 + n % 2, when=start + timedelta(hours=3 * n))
        case = hotline_services.dispatch(
            case_id=case.pk, owner_id=hotline.county.staff["zhang"], by=hotline.desk, at=case.opened_at
        )
        arrive, restore, back = rng.choice((30, 60)), rng.choice((100, 400)), rng.choice((60, 2000))
        arrived = case.opened_at + timedelta(minutes=arrive)
        restored = arrived + timedelta(minutes=restore)
        WorkOrder.objects.filter(pk=case.order_id or 0).update(
            accepted_at=case.opened_at, arrived_at=arrived, restored_at=restored, finished_at=restored
        )
        told = rng.random() < 0.5
        Case.objects.filter(pk=case.pk).update(
            expected_at=restored if told else None, site="urban", times_reopened=n % 3 == 0
        )
        CallBack.objects.create(case=case, purpose="on_the_way", attempt=1, result="reached", at=arrived)
        CallBack.objects.create(
            case=case, purpose="review", attempt=1, result="fair", at=restored + timedelta(minutes=back)
        )
        made.append((arrive <= 45, restore <= 180, told, back <= 1440, arrive, restore, back))
    found = {
        one.label: one
        for one in hotline.client("office", "quality").get(reverse("bulletins:stages")).context["page"].tiles
    }
    for label, column in (("受理到到场", 0), ("到场到送电", 1), ("告知预计恢复", 2), ("完工到回访", 3)):
        (tile,) = [one for key, one in found.items() if label in key]
        assert tile.value == pytest.approx(100 * sum(row[column] for row in made) / len(made)), label
    held = next(one for key, one in found.items() if "一次修好" in key)
    assert held.value == 0.0 and "0/3" in held.note
