"""The lists of the policy pages: all keys as they stand for a unit, one key, and its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.register.policies.models import Key, Policy
from longzhong.register.policies.rules import EDITION_LABELS, EVER, Book, Edition, Row, confirmed, shown
from longzhong.register.policies.selectors.asking import book, chain


@dataclass(frozen=True)
class KeyLine:
    """A policy as it stands for a unit on a day; `value` is "" where nothing holds."""

    key: str
    title: str
    group: str
    value: str
    scope: str
    from_on: date | None
    source: str
    confidence: str
    others: str

    @property
    def confirmed(self) -> bool:
        return confirmed(self.confidence)


@dataclass(frozen=True)
class KeyCard:
    """A policy by name, and the value (of the company, else any) whose shape a change keeps."""

    key: str
    title: str
    group: str
    least: float | None
    most: float | None


@dataclass(frozen=True)
class HistoryLine:
    """One row of a key's history with its words."""

    row: Row
    value: str
    scope: str
    running: bool
    planned: bool
    person: bool
    end_reason: str

    @property
    def since(self) -> date | None:
        return None if self.row.from_on <= EVER else self.row.from_on

    @property
    def at(self) -> datetime | None:
        return self.row.at


def visible_to(actor: Actor) -> QuerySet[Key]:
    """The door: everybody who signs in may read the rules by which they are judged."""
    return Key.objects.all() if actor.system or actor.scopes else Key.objects.none()


def key_lines(actor: Actor, *, unit_id: int | None = None, as_edition: str = "", day: date) -> list[KeyLine]:
    """Every key as it stands for a unit (None: the whole company), by group; four queries."""
    held, up = book(), chain(unit_id, day)
    followed = as_edition or held.edition(up, day)
    keys = list(visible_to(actor).order_by("group", "key"))
    units = org.unit_names({row.unit_id for key in keys for row in held.running(key.pk, day) if row.unit_id})
    return [_line(key, held.find(key.pk, up, day, followed), held.running(key.pk, day), units) for key in keys]


def key_card(actor: Actor, key: str) -> KeyCard:
    one = visible_to(actor).filter(pk=key).first()
    if one is None:
        raise Refused("not_found", _("没有这项制度参数。"), key=key)
    return KeyCard(one.pk, one.title, one.group, one.least, one.most)


def history(actor: Actor, key: str, day: date) -> list[HistoryLine]:
    """Every row of one key, the newest first, withdrawn ones too; three queries."""
    card = key_card(actor, key)
    policies = list(Policy.objects.filter(key=card.key).order_by("-from_on", "-id"))
    rows = {row.id: row for row in _all_rows(book(), card.key, day)}
    units = org.unit_names({row.unit_id for row in policies if row.unit_id})
    return [
        HistoryLine(
            row=rows[one.pk],
            value=shown(one.value, one.measure),
            scope=scope_of(one.edition, one.unit_id, units),
            running=rows[one.pk].holds_on(day),
            planned=one.from_on > day and not rows[one.pk].withdrawn,
            person=one.by_user_id is not None,
            end_reason=one.end_reason,
        )
        for one in policies
        if one.pk in rows
    ]


def scope_of(edition: str, unit_id: int | None, units: dict[int, str]) -> str:
    """Where a row holds, in words: 全公司, 国网版, 襄城, 襄城 · 国网版."""
    followed = EDITION_LABELS[Edition(edition)] if edition else ""
    where = units.get(unit_id, "") if unit_id else ""
    return " · ".join(filter(None, [where, followed])) or str(_("全公司"))


def _all_rows(held: Book, key: str, day: date) -> list[Row]:
    return [candidate.row for candidate in held.explain(key, (), day).candidates]


def _line(key: Key, won: Row | None, running: Sequence[Row], units: dict[int, str]) -> KeyLine:
    others = [row for row in running if won is None or row.id != won.id]
    return KeyLine(
        key=key.pk,
        title=key.title,
        group=key.group,
        value=shown(won.value, won.measure) if won else "",
        scope=scope_of(won.edition, won.unit_id, units) if won else "",
        from_on=won.from_on if won and won.from_on > EVER else None,
        source=won.source if won else "",
        confidence=won.confidence if won else "",
        others="；".join(
            f"{scope_of(row.edition, row.unit_id, units)} {shown(row.value, row.measure)}" for row in others
        ),
    )
