"""A filing from draft to submission: its scope, its time, and what is refused."""

import pytest
from django.urls import reverse

from longzhong.cases.filings import selectors, services
from longzhong.cases.filings.models import Filing, Suspension
from longzhong.cases.filings.rules import Given, Kind, State
from longzhong.cases.hotline import selectors as hotline_reads
from longzhong.dispatch.matters import selectors as matters
from longzhong.register.categories import selectors as categories
from longzhong.register.policies.services import change_policy
from tests.cases.filings.make import DAYS, GROUNDS, HOUR, asked, drafted, in_state, paper, refused, storm
from tests.cases.hotline.make import DAY, MORNING, SYSTEM, Hotline, a_case, category

NOW = MORNING + HOUR
pytestmark = pytest.mark.django_db


def test_a_scope_is_resolved_as_it_is_then(hotline: Hotline) -> None:
    row = drafted(hotline, areas=(), feeders=("F1",), estates=("名仕家天下",), categories=("repair",))
    assert row.area_ids == sorted([hotline.areas["A1"], hotline.areas["A2"]])
    assert (row.named_area_ids, row.estates) == ([], ["名仕家天下"])
    assert set(row.category_ids) == set(categories.below(category("repair")))
    words = selectors.scope_words(row)
    assert words.feeders == (("F1", "檀12线"),)
    assert [code for code, _label in words.categories] == ["repair"]


def test_words_are_redacted_and_a_phone_is_only_an_index(hotline: Hotline) -> None:
    row = drafted(
        hotline, kind=Kind.DEMAND.value, areas=(), phone="138-0013-8001", account="4200000000001",
        grounds="客户张惠芳电话13800138001多次要求赔偿", title="重复索赔13800138001",
    )  # fmt: skip
    row.refresh_from_db()
    stored = str(Filing.objects.values().get())
    assert "13800138001" not in stored
    assert (row.phone_mask, row.account_id) == ("138****8001", hotline.accounts[1])
    assert selectors.scope_words(row).account == "****0001"
    assert "13800138001" not in str([(step.data, step.words) for step in matters.steps(selectors.label(row.pk))])
    services.edit(filing_id=row.pk, asked=asked(kind=Kind.DEMAND.value, areas=()), by=hotline.head, at=NOW)
    row.refresh_from_db()
    assert (row.phone_mask, row.account_id, row.grounds) == ("138****8001", hotline.accounts[1], GROUNDS)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("kind_missing", {"kind": "war"}),
        ("grounds_missing", {"grounds": "大风"}),
        ("grounds_missing", {"title": " "}),
        ("span_wrong", {"ends_at": MORNING}),
        ("span_wrong", {"begins_at": None}),
        ("span_too_long", {"ends_at": MORNING + 8 * DAYS}),
        ("scope_missing", {"areas": ()}),
        ("scope_unknown", {"areas": ("A1", "A9")}),
        ("scope_unknown", {"feeders": ("F9",)}),
        ("scope_unknown", {"categories": ("nonsense",)}),
        ("scope_unknown", {"account": "4200000000005"}),
        ("customer_missing", {"kind": Kind.DEMAND.value}),
        ("phone_wrong", {"phone": "hello"}),
    ],
)
def test_what_isnt_whole_is_refused(hotline: Hotline, code: str, changes: dict[str, object]) -> None:
    refused(code, drafted, hotline=hotline, **changes)
    assert not Filing.objects.exists()


def test_who_may_file_for_whom(hotline: Hotline) -> None:
    refused("not_allowed", drafted, hotline=hotline, by=hotline.manager)
    refused("drafter_unknown", drafted, hotline=hotline, by=SYSTEM)
    given = {"unit_id": hotline.county.other_station, "asked": asked(), "by": hotline.head, "at": NOW}
    refused("not_found", services.draft, **given)
    row = drafted(hotline)
    other = hotline.county.actor("other", "station", units=(hotline.county.other_station,))
    refused("not_found", services.submit, filing_id=row.pk, by=other, at=NOW)
    refused("not_allowed", services.submit, filing_id=row.pk, by=hotline.desk, at=NOW)


def test_submitted_ahead_with_evidence_and_a_clock(hotline: Hotline) -> None:
    row = drafted(hotline, uploads=[])
    who = {"filing_id": row.pk, "by": hotline.head, "at": NOW}
    refused("evidence_missing", services.submit, **who)
    refused("evidence_missing", services.attach, uploads=[], **who)
    services.attach(uploads=[paper()], note="预警", **who)
    done = services.submit(**who)
    assert (done.state, done.late, done.number) == (State.SUBMITTED, False, f"BB20260302{row.pk:06}")
    (clock,) = matters.clock_cards(selectors.label(row.pk), NOW)
    assert (clock.name, clock.limit, clock.due_at) == ("accept", "4 小时", NOW + 4 * HOUR)
    assert done.due_at == NOW + 4 * HOUR
    refused("wrong_state", services.edit, asked=asked(), **who)
    services.withdraw(reason="预警解除", **who)
    assert not [one for one in matters.clock_cards(selectors.label(row.pk), NOW) if one.is_live]


def test_late_needs_a_reason_and_too_late_is_never(hotline: Hotline) -> None:
    row = drafted(hotline)
    after = row.begins_at + HOUR
    who = {"filing_id": row.pk, "by": hotline.head}
    refused("late_reason_missing", services.submit, at=after, **who)
    services.edit(asked=asked(late_reason="抢修中无人值守", ends_at=row.begins_at + 6 * DAYS), at=after, **who)
    refused("filing_too_late", services.submit, at=row.begins_at + 73 * HOUR, **who)
    assert services.submit(at=after, **who).late
    short = drafted(hotline, late_reason="忘了")
    refused("filing_over", services.submit, filing_id=short.pk, by=hotline.head, at=short.ends_at)
    event = drafted(hotline, kind=Kind.EVENT.value)
    refused("late_reason_missing", services.submit, filing_id=event.pk, by=hotline.head, at=NOW)


def test_tied_to_what_it_is_about_through_its_door(hotline: Hotline) -> None:
    row, case = drafted(hotline), a_case(hotline)
    who = {"filing_id": row.pk, "by": hotline.head, "at": NOW}
    services.tie(address=f"https://longzhong.example{reverse('hotline:case', args=[case.pk])}?tab=1", **who)
    label = hotline_reads.label(case.pk)
    assert list(row.ties.values_list("matter", flat=True)) == [label]
    refused("tied_already", services.tie, address=label, **who)
    far = a_case(hotline, account=5)
    refused("address_unknown", services.tie, address=hotline_reads.label(far.pk), **who)
    refused("address_unknown", services.tie, address="https://weibo.com/1/", **who)
    card = selectors.filing_card(hotline.head, row.pk, NOW)
    assert [one.title for one in card.ties] == [hotline_reads.title(case.pk)]


def test_a_suspended_unit_files_nothing_until_then(hotline: Hotline) -> None:
    ready = drafted(hotline, begins_at=MORNING + 40 * DAYS, ends_at=MORNING + 41 * DAYS)
    bad = in_state(hotline, State.MISUSED)
    held = Suspension.objects.get()
    assert (held.unit_id, held.months, held.filing_id) == (hotline.county.station, 2, bad.pk)
    assert held.until_at == (bad.ends_at + HOUR).replace(month=5)
    later = held.until_at - HOUR
    no = refused("filing_suspended", services.submit, filing_id=ready.pk, by=hotline.head, at=later)
    assert f"{held.until_at.astimezone(MORNING.tzinfo):%Y-%m-%d %H:%M}" in str(no.message)
    begins = {"begins_at": held.until_at + DAYS, "ends_at": held.until_at + 2 * DAYS}
    given = {"unit_id": hotline.county.station, "asked": asked(**begins), "by": hotline.head}
    refused("filing_suspended", services.draft, at=later, **given)
    assert services.draft(at=held.until_at, **given).state == State.DRAFT
    assert selectors.suspended_units(hotline.head, later) == [("檀溪供电所", held.until_at)]
    assert selectors.suspended_units(hotline.head, held.until_at) == []


def test_many_faults_propose_a_storm_once(hotline: Hotline) -> None:
    storm(hotline, "A1", "A2")
    assert selectors.storm_proposals(hotline.head, NOW) == []  # two of five
    change = {"edition": "", "reason": "试行", "by": SYSTEM, "at": MORNING, "from_on": DAY, "unit_id": None}
    change_policy(key="filings.storm_faults", value=2, **change)
    (one,) = selectors.storm_proposals(hotline.head, NOW)
    assert (one.unit_id, one.faults, one.stormy) == (hotline.county.station, 2, 0)
    assert one.area_ids == tuple(sorted([hotline.areas["A1"], hotline.areas["A2"]]))
    assert one.accounts == 4
    assert selectors.storm_proposals(hotline.head, MORNING + 7 * HOUR) == []
    drafted(hotline)
    assert selectors.storm_proposals(hotline.head, NOW) == []


def test_a_step_is_taken_once_for_a_client_key(hotline: Hotline) -> None:
    given = {"unit_id": hotline.county.station, "asked": asked(), "uploads": [paper()], "by": hotline.head, "at": NOW}
    first = services.draft_once(key="key-0001", **given)
    assert services.draft_once(key="key-0001", **given) == first
    who = {"filing_id": first, "given": Given(), "by": hotline.head, "at": NOW}
    assert services.take_step(verb="submit", key="key-0002", **who) == "submit"
    assert services.take_step(verb="submit", key="key-0002", **who) == "submit"
    refused("wrong_state", services.take_step, verb="submit", key="key-0003", **who)
    refused("no_such_move", services.take_step, verb="burn", key="key-0004", **who)
