"""Is my power out: no stranger learns whether an account exists, whose it is, or who asked."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from longzhong.kit import clock
from longzhong.kit.models import JournalEntry
from longzhong.sensing.outages import services as outages
from longzhong.sensing.outages.rules import NewStop, StopKind
from longzhong.surfaces.portal import services
from longzhong.surfaces.portal.models import Ask, Place
from longzhong.surfaces.portal.rules import AskKind
from tests.sample import some
from tests.surfaces.portal.make import NOON, PERSONAL, PORTAL, SYSTEM, Town, ask, at, plain, set_policy

BLNS = Path("/work/shared/data/bad_input/blns.json")
MISSES = (("13800138001", "0002"), ("13800138002", "0001"), ("13999999999", "0001"), ("13999999999", "999999"))


@pytest.mark.proves("S2-18", page="portal:power", service="longzhong.surfaces.portal.services.ask")
def test_known_and_unknown_pairs_look_the_same(town: Town, client: Client) -> None:
    known = ask(client, "13800138001", "0001")
    assert known.status_code == 200
    for phone, tail in MISSES:
        answer = ask(client, phone, tail)
        assert (answer.status_code, plain(answer.content)) == (200, plain(known.content)), (phone, tail)
        assert dict(answer.headers) == {**dict(known.headers), "Content-Security-Policy": answer["Content-Security-Policy"],
                                        "Content-Length": answer["Content-Length"]}  # fmt: skip
    assert known["Cache-Control"] == "no-store, private"
    assert known["X-Robots-Tag"] == "noindex, nofollow"


def test_a_miss_costs_as_many_queries_as_a_hit(town: Town, client: Client) -> None:
    ask(client, "13800138001", "0001")
    counts = []
    for phone, tail in (("13800138001", "0001"), *MISSES):
        with CaptureQueriesContext(connection) as seen:
            ask(client, phone, tail)
        counts.append(len(seen))
    assert len(set(counts)) == 1, counts


def test_an_outage_is_told_to_its_own_customer_only(town: Town, client: Client) -> None:
    outage = town.fault("A1")
    outages.change_expected(
        outage_id=outage.pk, expected_end_at=at("2026-03-02 12:30"), reason="更换引线", by=SYSTEM, at=NOON
    )
    told = ask(client, "138-0013-8001", "000001").content.decode()
    assert "您那里正在停电，预计 12:30 恢复" in told
    assert "雷击" in told
    assert "台区" not in told.partition("<main")[2].partition("</main>")[0]
    for phone, tail in MISSES:
        assert "没有查到停电信息" in ask(client, phone, tail).content.decode()
    assert "没有查到停电信息" in ask(client, "13800138003", "0003").content.decode()


def test_a_stopped_account_is_not_given_away(town: Town, client: Client) -> None:
    before = plain(ask(client, "13800138001", "0001").content)
    stop = NewStop(account_id=town.hotline.accounts[1], kind=StopKind.ARREARS, source="marketing:1", stopped_at=NOON)
    outages.record_stop(stop=stop, by=SYSTEM, at=NOON)
    assert plain(ask(client, "13800138001", "0001").content) == before, "only a person tells, who makes sure to whom"


@pytest.mark.parametrize(("phone", "tail"), [
    ("", "0001"), ("13800138001", "001"), ("13800138001", "0001\n0002"), ("13800138001", "12345678"), ("x" * 9000, "0001"),
    ("13800138001", "٠٠٠١"),
])  # fmt: skip
def test_wrong_forms_are_said_so(town: Town, client: Client, phone: str, tail: str) -> None:
    answer = ask(client, phone, tail)
    assert answer.status_code == 200
    assert 'class="lz-error"' in answer.content.decode()
    assert not Ask.objects.filter(kind=AskKind.POWER).exists()


def test_too_many_questions(town: Town, client: Client) -> None:
    set_policy("portal.power_per_phone", 3)
    set_policy("portal.power_per_address", 5)
    got = [ask(client, "13800138001", "0001").status_code for _turn in range(4)]
    assert got == [200, 200, 200, 429]
    refused = ask(client, "13800138001", "0002")
    assert refused.status_code == 429, "the phone is counted whatever the tail"
    assert int(refused["Retry-After"]) == 3600
    assert "95598" in refused.content.decode()
    got = [ask(client, f"1399999990{turn}", "0001").status_code for turn in range(3)]
    assert got == [200, 200, 429], "the address is counted whatever the phone"
    assert ask(client, "13999999908", "0001", REMOTE_ADDR="10.9.9.9").status_code == 200
    assert ask(client, "13999999907", "0001", HTTP_X_FORWARDED_FOR="10.8.8.8").status_code == 429, "not believed"
    with clock.frozen(at("2026-03-02 10:01")):
        assert ask(client, "13800138001", "0001").status_code == 200


def test_our_own_proxy_is_believed(town: Town, client: Client, settings: Any) -> None:
    settings.LONGZHONG_PROXIES = 1
    set_policy("portal.power_per_address", 1)
    for last, status in (("10.8.8.1", 200), ("10.8.8.2", 200), ("10.8.8.1", 429)):
        answer = ask(client, "13800138001", "0001", HTTP_X_FORWARDED_FOR=f"1.2.3.4, {last}")
        assert answer.status_code == status


def test_nothing_personal_is_kept_of_who_asked(town: Town, client: Client) -> None:
    before = JournalEntry.objects.count()
    ask(client, "13800138001", "0001", REMOTE_ADDR="10.7.7.7")
    assert JournalEntry.objects.count() == before
    rows = list(Ask.objects.values_list("key", flat=True))
    assert len(rows) == 2
    assert all(len(row) == 64 and row[:3] != "138" for row in rows)
    assert services.sweep_asks(by=SYSTEM, at=at("2026-03-03 09:01")) == 2
    assert not client.cookies.get("sessionid")


def test_places_point_at_nobody(town: Town, client: Client) -> None:
    assert set(Place.objects.filter(live=True).values_list("name", flat=True)) == {"名仕家天下"}, (
        "one household isn't shown"
    )
    set_policy("portal.place_least", 3)
    assert services.keep_places(by=SYSTEM, at=NOON) == 0
    assert client.get(f"/p/places/{town.estate.token}/").status_code == 404
    assert client.get("/p/places/nosuchplace/").status_code == 404


@pytest.mark.proves("S1-07", page="portal:place", service="longzhong.surfaces.portal.services.ask")
def test_the_managers_card(town: Town, client: Client) -> None:
    address = f"/p/places/{town.estate.token}/"
    page = client.get(address).content.decode()
    assert "张惠芳" in page, "the manager's own name is public"
    assert "13800000001" not in page
    assert "tel:95598" in page
    set_policy("portal.manager_phone", True)
    assert "tel:13800000001" in client.get(address).content.decode()
    board = client.get(f"{address}board/").content.decode()
    assert "13800000001" in board
    svg = client.get(f"{address}calendar.svg")
    assert (svg.status_code, svg["Content-Type"]) == (200, "image/svg+xml")
    assert b"<path" in svg.content
    assert "max-age=900" in svg["Cache-Control"]


def test_the_map_and_the_search(town: Town, client: Client) -> None:
    assert "现在没有成片停电" in client.get("/p/").content.decode()
    town.fault("A1")
    home = client.get("/p/").content.decode()
    assert "名仕家天下" in home
    assert "data-geo" in home
    found = client.get("/p/places/?q=名仕").content.decode()
    assert town.estate.token in found
    assert "没有找到" in client.get("/p/places/?q=没有的地方").content.decode()
    assert "您那里正在停电" in client.get(f"/p/places/{town.estate.token}/").content.decode()


def test_larger_letters_without_script(town: Town, client: Client) -> None:
    assert 'class="lp-big"' not in client.get("/p/").content.decode()
    assert client.post("/p/text/").status_code == 302
    assert 'class="lp-big"' in client.get("/p/plans/").content.decode()


@pytest.mark.skipif(not BLNS.exists(), reason="the shared data isn't here")
def test_naughty_strings(town: Town, client: Client) -> None:
    for name in ("look_per_address", "code_per_address", "report_per_address", "power_per_address"):
        set_policy(f"portal.{name}", 1_000_000)
    for text in some(json.loads(BLNS.read_text()), 5):
        asked = (
            client.get("/p/places/", {"q": text, "town": text}), client.get("/p/plans/", {"q": text, "day": text}),
            ask(client, text, text), client.post("/p/follow/", {"code": text}),
            client.post("/p/report/", {"kind": text, "phone": text, "words": text, "place": text, "key": text}),
            client.get("/p/report/", {"place": text}),
        )  # fmt: skip
        assert [answer.status_code for answer in asked if answer.status_code not in (200, 404)] == [], text
        assert all(b"<script>alert" not in answer.content for answer in asked), text


def test_no_answer_holds_personal_data(town: Town, client: Client) -> None:
    town.fault("A1")
    code, _follow = town.report(kind="low", words="我叫张惠芳，电话13800138001，3单元101灯暗")
    token = town.estate.token
    pages = (
        client.get("/p/"), client.get("/p/plans/"), client.get("/p/report/"), client.get("/p/places/?q=名仕"),
        ask(client, "13800138001", "0001"), client.post("/p/follow/", {"code": code}),
        client.get(f"/p/calendar/{token}.ics"), client.get(f"/p/report/?place={token}"), client.get("/api/portal/plans/"),
        client.post("/api/portal/follow/", {"code": code}, content_type="application/json"),
    )  # fmt: skip
    for page in pages:
        assert page.status_code == 200, page.content.decode()
        shown = page.content.decode()
        assert [word for word in PERSONAL if word in shown] == [], page.request["PATH_INFO"]
    shown = client.get(f"/p/places/{token}/").content.decode()
    assert [word for word in PERSONAL if word in shown and word != "张惠芳"] == [], "her namesake is the manager"


def test_anybody_may_keep_a_place_list_only_if_allowed(town: Town) -> None:
    assert services.keep_places(by=PORTAL, at=NOON) == services.keep_places(by=SYSTEM, at=NOON) == 1
