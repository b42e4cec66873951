"""Planned outages and their calendar, as a phone's calendar reads it."""

from datetime import UTC, timedelta
from typing import Any

from django.test import Client
from icalendar import Calendar, Event  # type: ignore[import-untyped]

from longzhong.kit import clock
from longzhong.sensing.outages import services as outages
from tests.surfaces.portal.make import SYSTEM, Town, at


def feed(client: Client, town: Town) -> list[Event]:
    answer = client.get(f"/p/calendar/{town.estate.token}.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "max-age" in answer["Cache-Control"]
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n")), "RFC 5545 §3.1 folds at 75 octets"
    calendar: Any = Calendar.from_ical(answer.content)
    assert not calendar.errors
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    return list(calendar.walk("VEVENT"))


def test_plans_by_town_place_and_day(town: Town, client: Client) -> None:
    assert "近期没有停电计划" in client.get("/p/plans/").content.decode()
    town.plan("A1")
    for asked, shown in (
        ("", True), ("town=檀溪街道", True), ("town=庞公街道", False), ("q=名仕", True), ("q=凤凰村", False),
        ("day=2026-03-12", True), ("day=2026-03-13", False), ("day=x", True),
    ):  # fmt: skip
        page = client.get(f"/p/plans/?{asked}").content.decode()
        assert ("2026-03-12 08:00" in page) == shown, asked
    assert "2026-03-12 08:00" in client.get(f"/p/places/{town.estate.token}/").content.decode()
    body = client.get("/api/portal/plans/?town=檀溪街道").json()
    assert [(row["kind"], row["places"]) for row in body] == [("计划停电", ["檀溪街道 名仕家天下"])]


def test_a_calendar_lives_with_its_plan(town: Town, client: Client) -> None:
    assert feed(client, town) == []
    plan = town.plan("A1")
    (first,) = feed(client, town)
    assert first["DTSTART"].dt == at("2026-03-12 08:00").astimezone(UTC)
    assert first["DTEND"].dt == at("2026-03-12 18:00").astimezone(UTC)
    assert (first["STATUS"], int(first["SEQUENCE"])) == ("CONFIRMED", 0)
    (alarm,) = first.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(hours=-12)

    outages.postpone(outage_id=plan.pk, starts_at=at("2026-03-13 08:00"), reason="雨天", by=SYSTEM, at=clock.now())
    (moved,) = feed(client, town)
    assert moved["UID"] == first["UID"]
    assert int(moved["SEQUENCE"]) > int(first["SEQUENCE"])
    assert moved["DTSTART"].dt == at("2026-03-13 08:00").astimezone(UTC)

    outages.cancel(outage_id=plan.pk, reason="改带电作业", by=SYSTEM, at=clock.now())
    (gone,) = feed(client, town)
    assert (gone["STATUS"], gone["UID"]) == ("CANCELLED", first["UID"])
    assert int(gone["SEQUENCE"]) > int(moved["SEQUENCE"])
    assert gone.walk("VALARM") == []


def test_what_was_never_announced_is_in_no_calendar(town: Town, client: Client) -> None:
    late = town.plan("A1", starts="2026-03-05 08:00", ends="2026-03-05 12:00", exemption="变压器渗油，须尽快更换")
    assert late.state == "asked"
    assert feed(client, town) == []
    assert "2026-03-05 08:00" not in client.get("/p/plans/").content.decode()
    outages.decline(
        outage_id=late.pk, reason="可以等七天", by=town.hotline.county.actor("boss", "dept"), at=clock.now()
    )
    assert feed(client, town) == [], "customers never heard of it"
    assert client.get("/p/calendar/nosuch.ics").status_code == 404
    town.fault("A1")
    assert feed(client, town) == [], "a fault is no appointment"
