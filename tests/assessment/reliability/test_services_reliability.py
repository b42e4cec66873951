"""Figures against plain SQL, watches through their whole life, seasonal lists, guarantee plans."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from longzhong.assessment.reliability import selectors, services
from longzhong.assessment.reliability.models import CustomerBase, Guarantee, SeasonItem, Watch
from longzhong.assessment.reliability.rules.guarantees import CHECKLIST, Given
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import Outcome, Position
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.models import JournalEntry
from longzhong.kit.outbox import deliver_all
from longzhong.register.customers import selectors as customers
from longzhong.sensing.outages import services as outages
from longzhong.sensing.outages.models import Outage
from longzhong.sensing.outages.rules import Kind
from tests.assessment.reliability.make import MACHINE, Place, at, off
from tests.dispatch.workorders.make import photo

pytestmark = pytest.mark.django_db
NOW = at("05-20 09:00")
TRUTH = """
select sum(extract(epoch from least(coalesce(a.restored_at, o.restored_at), %(last)s)
                            - greatest(o.started_at, %(first)s)) / 3600 * a.accounts)
from outages_affected a join outages_outage o on o.id = a.outage_id
where o.started_at < %(last)s and coalesce(a.restored_at, o.restored_at) > %(first)s
  and o.state in ('running', 'partly', 'restored')
"""


def refused(code: str, act: Callable[..., Any], **given: Any) -> None:
    with pytest.raises(Refused) as error:
        act(**given)
    assert error.value.code == code


def test_figures_agree_with_plain_sql_and_add_up(place: Place) -> None:
    off(place, "A1 A2", "05-01 08:00", "05-01 10:30")
    off(place, "A3", "05-03 22:00", "05-04 01:00", kind=Kind.PLANNED)
    off(place, "A1", "04-30 23:00", "05-01 01:00")  # over the border
    period = selectors.period_of("2026-05", NOW)
    with connection.cursor() as cursor:
        cursor.execute(TRUTH, {"first": period.first, "last": period.last})
        truth = float(cursor.fetchone()[0])
    assert truth == 2.5 * 3 + 3 * 2 + 1 * 2
    found = selectors.figures(MACHINE, period, NOW)
    assert found.whole.saidi_h == pytest.approx(truth / 5) and found.whole.saifi == pytest.approx((3 + 2) / 5)
    by_name = {line.name: line for line in found.lines}
    assert by_name["湖北"].sums.account_hours == pytest.approx(truth)
    assert by_name["隆中所"].indices.saidi_h == pytest.approx((2.5 * 3 + 2) / 3)
    assert by_name["檀溪所"].sums.account_times == 2
    lines = selectors.behind(MACHINE, period, NOW)
    assert sum(line.account_hours for line in lines) == pytest.approx(truth)
    station = selectors.behind(MACHINE, period, NOW, place.unit("42060202"))
    assert [(line.areas, line.account_hours) for line in station] == [(1, 6.0)]
    april = dict(found.trend)[date(2026, 4, 1)]
    assert april.saidi_h == pytest.approx(2 / 5) and april.saifi == pytest.approx(2 / 5)
    assert selectors.figures(MACHINE, period, NOW, kinds=("planned",)).whole.saidi_h == pytest.approx(6 / 5)


def test_restoration_in_stages_and_one_that_lasts(place: Place) -> None:
    outage = place.fault(areas="A1 A3", when=at("05-10 08:00"))
    nine, first = at("05-10 09:00"), (place.net.areas["A1"],)
    outages.restore(outage_id=outage.pk, area_ids=first, restored_at=nine, by=MACHINE, at=nine)
    period = selectors.period_of("2026-05", at("05-10 12:00"))
    got = selectors.figures(MACHINE, period, at("05-10 12:00"))
    assert got.whole.saidi_h == pytest.approx((2 * 1 + 2 * 4) / 5)


def test_reported_withdrawn_and_short_ones_do_not_count(place: Place) -> None:
    off(place, "A1", "05-02 08:00", "05-02 08:03")
    place.fault(areas="A2", confirmed=False, when=at("05-10 08:00"))
    period = selectors.period_of("2026-05", NOW)
    assert selectors.figures(MACHINE, period, NOW).whole.saidi_h == 0


def test_a_months_accounts_are_not_rewritten(place: Place) -> None:
    off(place, "A1", "04-10 08:00", "04-10 09:00")
    assert services.keep_base(by=MACHINE, at=at("04-30 06:00")) == 2
    assert services.keep_base(by=MACHINE, at=at("04-30 06:00")) == 2, "safe twice"
    CustomerBase.objects.filter(unit=place.unit("42060201")).update(accounts=18)
    april = selectors.figures(MACHINE, selectors.period_of("2026-04", NOW), NOW)
    assert april.whole.saidi_h == pytest.approx(2 / 20)
    may = selectors.figures(MACHINE, selectors.period_of("2026-05", NOW), NOW)
    assert sum(line.sums.accounts for line in may.lines if line.name.endswith("所")) == 5


def test_major_event_days_are_left_out_on_request(place: Place) -> None:
    for day in range(1, 13):
        off(place, "A2", f"05-{day:02} 08:00", f"05-{day:02} 08:10")
    off(place, "A1 A2 A3", "05-15 00:00", "05-17 00:00")
    period = selectors.period_of("2026-05", NOW)
    whole = selectors.figures(MACHINE, period, NOW)
    without = selectors.figures(MACHINE, period, NOW, without_major=True)
    assert without.major_days == 1 and whole.whole.saidi_h == pytest.approx(48 + 2 / 5)
    assert without.whole.saidi_h == pytest.approx(2 / 5)


def thrice(place: Place) -> None:
    for day in (1, 5, 9):
        off(place, "A1", f"05-{day:02} 08:00", f"05-{day:02} 09:00")


def test_red_at_three_amber_at_two_and_safe_twice(place: Place) -> None:
    thrice(place)
    off(place, "A2", "05-02 08:00", "05-02 09:00")
    off(place, "A2", "05-02 08:30", "05-02 09:30")  # overlaps: one interruption
    off(place, "A3", "05-02 08:00", "05-02 09:00")
    off(place, "A3", "05-06 08:00", "05-06 09:00")
    assert services.watch_areas(by=MACHINE, at=NOW) == 2
    assert services.watch_areas(by=MACHINE, at=NOW) == 0
    rows = {row.area.code: row for row in Watch.objects.select_related("area")}
    assert {code: (row.level, row.times, row.state) for code, row in rows.items()} == {
        "A1": (1, 3, "dispatched"), "A3": (2, 2, "dispatched"),
    }  # fmt: skip
    assert rows["A3"].important == 1
    order = WorkOrder.objects.get(pk=rows["A1"].order_id)
    assert (order.cause, order.fault, order.kind) == (
        f"reliability.watch:{rows['A1'].pk}",
        "frequent_outage",
        "area_fault",
    )
    off(place, "A3", "05-19 08:00", "05-19 09:00")
    assert services.watch_areas(by=MACHINE, at=NOW) == 0
    rows["A3"].refresh_from_db()
    assert (rows["A3"].level, rows["A3"].times) == (1, 3), "worse: red now"
    assert "worsen" in [step.verb for step in matters.steps(selectors.label(rows["A3"].pk))]


def test_outages_beyond_the_window_do_not_count(place: Place) -> None:
    off(place, "A1", "03-20 08:00", "03-20 09:00")
    off(place, "A1", "05-01 08:00", "05-01 09:00")
    assert services.watch_areas(by=MACHINE, at=NOW) == 0


def work(row: Watch) -> None:
    """The prevention is done on the morning of 21 May."""
    who, moment = Actor.machine("tests"), at("05-21 09:00")
    orders.accept(order_id=row.order_id or 0, by=who, at=moment)
    orders.arrive(order_id=row.order_id or 0, position=Position(32.001, 112.001, 8.0), by=who, at=moment)
    done = Outcome("long_line", "更换老化导线、清树障", measured={"ua": 226.0})
    orders.finish(order_id=row.order_id or 0, outcome=done, photos=[photo()], by=who, at=moment)
    deliver_all(twice=True)
    row.refresh_from_db()


def test_prevention_is_believed_after_quiet_days_and_old_outages_raise_nothing_anew(place: Place) -> None:
    thrice(place)
    services.watch_areas(by=MACHINE, at=NOW)
    row = Watch.objects.get()
    work(row)
    assert (row.state, row.handled_at) == ("observing", at("05-21 09:00"))
    assert services.prove_watches(by=MACHINE, at=at("06-20 08:59")) == 0
    assert services.prove_watches(by=MACHINE, at=at("06-20 09:00")) == 1
    assert services.prove_watches(by=MACHINE, at=at("06-20 09:00")) == 0
    row.refresh_from_db()
    assert (row.state, WorkOrder.objects.get().state) == ("settled", "verified")
    assert services.watch_areas(by=MACHINE, at=at("06-20 10:00")) == 0, "the window still holds them, they were handled"


def test_another_outage_sends_the_work_back(place: Place) -> None:
    thrice(place)
    services.watch_areas(by=MACHINE, at=NOW)
    row = Watch.objects.get()
    work(row)
    again = off(place, "A1", "05-30 08:00", "05-30 09:00", when=at("05-30 10:00"))
    assert services.prove_watches(by=MACHINE, at=at("05-31 05:40")) == 1
    row.refresh_from_db()
    assert (row.state, row.times_sent_back, WorkOrder.objects.get().state) == ("dispatched", 1, "returned")
    assert matters.steps(selectors.label(row.pk))[0].data["outages"] == [again]
    assert services.prove_watches(by=MACHINE, at=at("05-31 05:40")) == 0


def test_a_dismissal_is_quiet_unless_it_gets_worse(place: Place) -> None:
    thrice(place)
    services.watch_areas(by=MACHINE, at=NOW)
    row, quality = Watch.objects.get(), place.who("quality")
    one = {"watch_id": row.pk, "key": "dismiss-0001", "by": quality, "at": NOW}
    refused("dismissal_needs_reason", services.dismiss, **{**one, "reason": " "})
    refused("not_found", services.dismiss, **{**one, "reason": "x", "watch_id": 0})
    refused("not_allowed", services.dismiss, **{**one, "reason": "x", "by": place.who("grid")})
    assert services.dismiss(**one, reason="计划改造已立项") == services.dismiss(**one, reason="计划改造已立项")
    deliver_all(twice=True)
    assert WorkOrder.objects.get().state == "cancelled"
    assert services.watch_areas(by=MACHINE, at=NOW + timedelta(days=1)) == 0
    off(place, "A1", "05-21 08:00", "05-21 09:00", when=at("05-21 10:00"))
    assert services.watch_areas(by=MACHINE, at=at("05-22 05:40")) == 1


PLAN = Given("高考保电", date(2026, 6, 1), date(2026, 6, 10), 1, 50, 100, "单雄信", "13800138004")


def plan(place: Place, key: str = "plan-key-1", **changes: Any) -> int:
    account = customers.account_ids(["4200000000004"])["4200000000004"]
    given = Given(**{**PLAN.__dict__, **changes})
    return services.make_guarantee(account_id=account, given=given, key=key, by=place.who("quality"), at=NOW)


def test_a_plan_is_sealed_lists_its_gaps_and_is_renewed(place: Place) -> None:
    made = plan(place)
    assert plan(place) == made, "the same key"
    row = Guarantee.objects.get()
    assert "单雄信" not in row.contact_sealed and row.grade == "important"
    office = place.who("quality")
    line = selectors.plan_lines(office, [row], NOW.date())[0]
    assert line.amber and [word for word in line.gaps if "120 kW" in word]
    assert f"检查项还有 {len(CHECKLIST)} 项未完成" in line.gaps
    who: dict[str, Any] = {"guarantee_id": made, "by": office, "at": NOW}
    for number in range(len(CHECKLIST)):
        services.tick_check(number=number, **who)
    refused("no_such_check", services.tick_check, number=0, **who)
    longer = Given(
        **{**PLAN.__dict__, "to_on": date(2026, 7, 30), "generator_kw": 120, "sources": 2, "contact": "", "phone": ""}
    )
    services.change_guarantee(given=longer, **who)
    row.refresh_from_db()
    assert [done for _text, done in row.checks] == [""] * len(CHECKLIST), "a renewed plan is checked anew"
    refused("words_missing", services.reveal_contact, reason="", **who)
    assert services.reveal_contact(reason="核对值守", **who) == ("单雄信", "13800138004")
    assert JournalEntry.objects.filter(act="reliability.reveal", label=f"reliability.guarantee:{made}").count() == 1
    services.end_guarantee(reason="任务结束", **who)
    refused("not_found", services.end_guarantee, reason="x", **who)
    assert [card.id for card in selectors.without_plan(office, NOW.date())] == [row.account_id]


def test_plans_that_are_refused(place: Place) -> None:
    plan(place)
    for code, changes in (
        ("plan_stands", {}), ("span_empty", {"to_on": date(2026, 5, 1)}), ("event_missing", {"event": " "}),
        ("event_missing", {"event": "找13800138004"}), ("amount_invalid", {"sources": -1}),
    ):  # fmt: skip
        refused(code, plan, place=place, key=f"key-{code}-x", **changes)
    common = {"given": PLAN, "key": "plan-key-9", "at": NOW, "account_id": 0}
    refused("not_important", services.make_guarantee, by=place.who("quality"), **common)
    refused("not_allowed", services.make_guarantee, by=place.who("desk"), **common)


def test_a_seasons_list_is_drawn_once_given_and_done(place: Place) -> None:
    thrice(place)
    services.watch_areas(by=MACHINE, at=NOW)
    office = place.who("quality")
    who: dict[str, Any] = {"by": office, "at": NOW}
    assert services.draw_season(name="迎峰度夏", **who) == 2
    assert services.draw_season(name="迎峰度夏", **who) == 0
    refused("no_such_season", services.draw_season, name="秋检", **who)
    rows = {row.risk: row for row in SeasonItem.objects.select_related("season")}
    assert set(rows) == {"frequent", "important"} and rows["frequent"].owner_id == place.net.city.staff["S1"]
    item = rows["frequent"]
    assert item.due_on == item.season.first_on - timedelta(days=15) and item.season.first_on > NOW.date()
    head = place.net.city.staff["S3"]
    services.give_item(item_id=item.pk, owner_id=head, due_on=date(2026, 5, 30), **who)
    refused("no_such_staff", services.give_item, item_id=item.pk, owner_id=0, due_on=date(2026, 5, 30), **who)
    refused("not_found", services.finish_item, item_id=0, note="完成", **who)
    refused("words_missing", services.finish_item, item_id=item.pk, note=" ", **who)
    services.finish_item(item_id=item.pk, note="已完成特巡", **who)
    refused("already_done", services.finish_item, item_id=item.pk, note="完成", **who)
    assert Outage.objects.exists()
