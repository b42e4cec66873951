"""A calendar feed of planned outages (RFC 5545): stable UIDs, SEQUENCE with every change, STATUS:CANCELLED for what is off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event  # type: ignore[import-untyped]

PRODUCT = "-//Longzhong//Planned outages//ZH"


@dataclass(frozen=True)
class Happening:
    """One planned outage as a calendar has it. `sequence` grows with every change that a subscriber must see."""

    number: str
    title: str
    words: str
    starts_at: datetime
    ends_at: datetime
    sequence: int
    cancelled: bool
    changed_at: datetime


@dataclass(frozen=True)
class Feed:
    """A place's calendar: its name, its town and name as the location, and how long before the alarm rings."""

    title: str
    location: str
    alarm: timedelta


def calendar_file(feed: Feed, happenings: Sequence[Happening]) -> bytes:
    """The .ics file; times in UTC, so that no time zone table is needed."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", feed.title)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for one in happenings:
        calendar.add_component(_event(feed, one))
    return bytes(calendar.to_ical())


def _event(feed: Feed, one: Happening) -> Event:
    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'longzhong:outage:{one.number}')}@longzhong")
    event.add("dtstamp", one.changed_at.astimezone(UTC))
    event.add("last-modified", one.changed_at.astimezone(UTC))
    event.add("sequence", one.sequence)
    event.add("summary", one.title)
    event.add("description", one.words)
    event.add("location", feed.location)
    event.add("dtstart", one.starts_at.astimezone(UTC))
    event.add("dtend", max(one.ends_at, one.starts_at + timedelta(minutes=1)).astimezone(UTC))
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if not one.cancelled:
        event.add_component(_alarm(feed, one))
    return event


def _alarm(feed: Feed, one: Happening) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one.title)
    alarm.add("trigger", -feed.alarm)
    return alarm
