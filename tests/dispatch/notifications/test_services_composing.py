"""Who gets a message, who doesn't and why; chunks, repetition, who may compose."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longzhong.dispatch.notifications import selectors, services
from longzhong.dispatch.notifications.models import Covered, Message, Notice
from longzhong.dispatch.notifications.rules import Channel, Purpose, Recipient
from longzhong.dispatch.notifications.services import composing
from longzhong.kit import vault
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.customers import services as customer_services
from longzhong.register.customers.models import Account, Contact
from longzhong.register.customers.rules.contacts import Preference
from longzhong.register.customers.rules.contacts import Purpose as Consented
from longzhong.register.customers.services import ContactForm
from tests.dispatch.make import SYSTEM, County
from tests.dispatch.notifications import make
from tests.dispatch.notifications.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates")]


def close_account(account_id: int, *verbs: str) -> None:
    for verb in verbs:
        customer_services.move_account(account_id=account_id, verb=verb, by=SYSTEM, at=NOON)


def test_closed_and_demolished_accounts_get_none(county: County) -> None:
    ids = make.accounts(county, 5)
    close_account(ids[0], "begin_closing", "close")
    close_account(ids[1], "demolish")
    close_account(ids[2], "begin_closing")
    notice = make.compose(county, [*make.to_accounts(ids), Recipient(account_id=10**9, params={"account": "1"})])
    assert make.states(notice) == {"queued": 3, "skipped": 3}
    assert make.skips(notice) == ["account_closed", "account_demolished", "account_unknown"]


def test_a_closed_account_gets_none_even_by_a_phone_that_came_along(county: County) -> None:
    (one,) = make.accounts(county, 1)
    close_account(one, "demolish")
    notice = make.compose(county, [Recipient(account_id=one, phone="13800138000", params={"account": "1"})])
    assert make.skips(notice) == ["account_demolished"]


def test_one_phone_for_three_meters_gets_one_message(county: County) -> None:
    ids = [make.accounts(county, 1, first=n, phone="13800138001")[0] for n in (1, 2, 3)]
    notice = make.queue(make.compose(county, make.to_accounts(ids)))
    assert make.states(notice) == {"queued": 1}
    assert Covered.objects.count() == 3
    make.a_provider()
    fake = make.Fake()
    make.send(fake)
    assert len(fake.got) == 1
    assert "涉及户号****0001、****0002、****0003停电" in fake.got[0].text.replace("。", "停电")
    assert fake.got[0].text.startswith("【襄阳供电】尊敬的客户，檀溪1号台区将于2026-03-03 09:00停电")
    assert selectors.told_accounts("", ids) == frozenset(ids)


def test_different_news_to_one_phone_stay_apart(county: County) -> None:
    ids = [make.accounts(county, 1, first=n, phone="13800138001")[0] for n in (1, 2)]
    recipients = [
        Recipient(account_id=one, params={"account": f"{n}", "start": f"2026-03-03 0{n}:00"})
        for n, one in enumerate(ids, 1)
    ]
    notice = make.compose(county, recipients, params={"area": "檀溪"})
    assert make.states(notice) == {"queued": 2}


def test_merging_works_over_chunks(county: County, monkeypatch: Any) -> None:
    monkeypatch.setattr(composing, "CHUNK", 1)
    ids = [make.accounts(county, 1, first=n, phone="13800138001")[0] for n in (1, 2, 3)]
    notice = make.compose(county, make.to_accounts(ids))
    assert make.states(notice) == {"queued": 1}
    assert notice.composed == 3
    assert Message.objects.get().accounts.count() == 3


def test_preference_consent_and_landlines(county: County) -> None:
    ids = make.accounts(county, 3)
    landline = make.accounts(county, 1, first=90, phone="0710-3512345")
    silent = make.accounts(county, 1, first=91, phone="")
    Contact.objects.filter(account=ids[0]).update(preference=Preference.NEVER)
    notice = make.compose(county, make.to_accounts([*ids, *landline, *silent]))
    assert make.skips(notice) == ["preference", "not_mobile", "no_contact"]
    urgent = replace_purpose("urgent", Purpose.EMERGENCY)
    assert make.states(make.compose(county, make.to_accounts(ids), template=urgent)) == {"queued": 3}
    advert = replace_purpose("advert", Purpose.MARKETING)
    agreed = Contact.objects.get(account=ids[1])
    customer_services.give_consent(contact_id=agreed.pk, purpose=Consented.NOTICE, separate=False, by=SYSTEM, at=NOON)
    notice = make.compose(county, make.to_accounts(ids), template=advert)
    assert make.skips(notice) == ["preference", "no_consent"]
    make.a_provider()
    make.queue(notice)
    fake = make.Fake()
    make.send(fake)
    assert fake.got[0].text.endswith("，拒收请回复R")


def replace_purpose(code: str, purpose: Purpose) -> str:
    make.a_template(code=code, purpose=purpose)
    return code


def test_another_contact_stands_in_for_one_who_cannot_be_written_to(county: County) -> None:
    (one,) = make.accounts(county, 1, phone="0710-3512345")
    customer_services.set_contact(account_id=one, contact=ContactForm(phone="13900139000"), by=SYSTEM, at=NOON)
    notice = make.compose(county, make.to_accounts([one]))
    assert make.states(notice) == {"queued": 1}
    assert selectors.masked(Message.objects.get()) == "139****9000"


def test_channels_that_do_not_apply_are_left_out(county: County) -> None:
    (one,) = make.accounts(county, 1)
    channels = (Channel.SMS, Channel.EMAIL, Channel.PORTAL)
    recipients = [
        Recipient(account_id=one, params={"account": "1"}), Recipient(email="li@example.com", params={"account": "2"}),
        Recipient(robot="key-1", params={"account": "3"}), Recipient(email="x", params={"account": "4"}),
    ]  # fmt: skip
    notice = make.compose(county, recipients, channels=channels)
    told = list(Message.objects.filter(notice=notice).order_by("id").values_list("channel", "state", "reason"))
    assert told == [
        ("sms", "queued", ""), ("portal", "queued", ""), ("email", "queued", ""), ("sms", "skipped", "no_address"),
        ("email", "skipped", "bad_address"),
    ]  # fmt: skip


def test_values_that_are_missing_or_too_long_are_found_before_anything_is_sent(county: County) -> None:
    ids = make.accounts(county, 3)
    recipients = [
        Recipient(account_id=ids[0]), Recipient(account_id=ids[1], params={"account": "9" * 41}),
        Recipient(account_id=ids[2], params={"account": "****0003"}),
    ]  # fmt: skip
    notice = make.compose(county, recipients)
    assert make.skips(notice) == ["bad_params", "bad_params"]
    for params in ({"area": "檀" * 21}, {"town": "檀溪"}):
        with pytest.raises(Refused, match="params_wrong"):
            make.compose(county, recipients, params=params)


def test_nothing_personal_is_kept_in_plain(county: County) -> None:
    (one,) = make.accounts(county, 1, phone="13800138001")
    notice = make.compose(county, [Recipient(account_id=one, params={"account": "4200000001234567"})])
    with connection.cursor() as cursor:
        for table in (
            "notifications_message",
            "notifications_covered",
            "notifications_notice",
            "kit_fact",
            "matters_step",
        ):
            cursor.execute(f"select * from {table}")
            assert "13800138001" not in str(rows := cursor.fetchall()), table
            assert "4200000001234567" not in str(rows), table
    assert notice.number.startswith("TZ20260302")


def test_a_key_composes_once_and_a_half_composed_batch_is_composed_anew(county: County, monkeypatch: Any) -> None:
    ids = make.accounts(county, 4)
    monkeypatch.setattr(composing, "CHUNK", 2)

    def broken() -> Any:
        yield from make.to_accounts(ids)[:3]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        make.compose(county, broken(), key="outage:12")
    notice = Notice.objects.get()
    assert (notice.state, notice.composed) == ("composing", 2)
    with pytest.raises(Refused, match="wrong_state"):
        make.queue(notice)
    again = make.compose(county, make.to_accounts(ids), key="outage:12")
    assert (again.pk, again.state, make.states(again)) == (notice.pk, "ready", {"queued": 4})
    assert make.compose(county, [], key="outage:12").pk == notice.pk
    assert make.states(notice) == {"queued": 4}


def test_two_composers_of_one_batch_do_not_mix(county: County, monkeypatch: Any) -> None:
    ids = make.accounts(county, 4)
    monkeypatch.setattr(composing, "CHUNK", 2)
    row = services.open_notice(notice=new(county), audience=None, by=SYSTEM, at=NOON)

    def slow() -> Any:
        yield from make.to_accounts(ids)[:2]
        services.fill_notice(notice_id=row.pk, recipients=make.to_accounts(ids), by=SYSTEM, at=NOON)
        yield from make.to_accounts(ids)[2:]

    with pytest.raises(Refused, match="not_composing"):
        services.fill_notice(notice_id=row.pk, recipients=slow(), by=SYSTEM, at=NOON)
    assert make.states(row) == {"queued": 4}
    late = services.open_notice(notice=new(county), audience=None, by=SYSTEM, at=NOON)

    def meddled() -> Any:
        yield from make.to_accounts(ids)[:2]
        Notice.objects.filter(pk=late.pk).update(composed=1)
        yield from make.to_accounts(ids)[2:]

    with pytest.raises(Refused, match="composed_elsewhere"):
        services.fill_notice(notice_id=late.pk, recipients=meddled(), by=SYSTEM, at=NOON)


def new(county: County, **changes: Any) -> Any:
    values: dict[str, Any] = {"template": "planned", "unit_id": county.station, "params": make.COMMON, **changes}
    return services.composing.NewNotice(**values)


def test_a_chosen_audience_is_resolved_by_the_job(county: County) -> None:
    ids = make.accounts(county, 3)
    make.accounts(county, 2, first=50, estate="江华园")
    chosen = {"unit": county.county, "areas": ["A1"], "estate": "名仕家天下", "phones": [vault.seal("13911112222")]}
    head = county.head
    row = services.open_notice(notice=new(county), audience=chosen, by=head, at=NOON)
    assert services.compose_waiting(by=SYSTEM, at=NOON) == 1
    row.refresh_from_db()
    assert (row.state, row.composed, make.states(row)) == ("ready", len(ids) + 1, {"queued": 4})
    assert row.audience is None
    assert services.compose_waiting(by=SYSTEM, at=NOON) == 0
    make.a_provider()
    fake = make.Fake()
    make.queue(row)
    make.send(fake)
    told = [one.text.partition("户号")[2].partition("。")[0] for one in fake.got]
    assert told == ["*********0001", "*********0002", "*********0003", "****"]


def test_who_may_compose_and_for_whom(county: County) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        make.compose(county, [], by=county.zhang)
    with pytest.raises(Refused, match="not_found"):
        make.compose(county, [], by=county.head, unit_id=county.other_station)
    with pytest.raises(Refused, match="template_unknown"):
        make.compose(county, [], template="nothing")
    make.a_template(texts={Channel.SMS: make.SMS})
    with pytest.raises(Refused, match="channel_without_text"):
        make.compose(county, [], channels=(Channel.EMAIL,))
    notice = make.compose(county, [])
    with pytest.raises(Refused, match="nobody_to_reach"):
        make.queue(notice)


def test_reaching_many_costs_the_same_queries(county: County) -> None:
    ids = make.accounts(county, 30)
    with CaptureQueriesContext(connection) as queries:
        found = customers.reachable(ids, None)
    assert len(queries) == 2
    assert len(found) == 30
    assert all(one.contacts[0].agreed for one in found.values())
    assert Account.objects.count() == 30
