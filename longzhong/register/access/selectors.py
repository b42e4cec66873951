"""Who a user is today: the actor with the scopes that hold; and the doors of users, grants and the journal."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.kit import vault
from longzhong.kit.actor import Actor, Scope
from longzhong.kit.clock import civil_day, day_start
from longzhong.kit.dated import on_day
from longzhong.kit.errors import Refused
from longzhong.kit.models import JournalEntry
from longzhong.register.access.models import Grant, SignIn, User
from longzhong.register.access.rules import COUNTED, Attempt, Limits, SignInOutcome, locked_until
from longzhong.register.org import selectors as org
from longzhong.register.org.rules import ROLE_NAMES, Role
from longzhong.register.policies import selectors as policies

KEEPERS = (Role.ADMIN, Role.SECURITY)


@dataclass(frozen=True)
class GrantLine:
    """A grant as a list shows it; `now` tells whether it holds on the day asked."""

    id: int
    role: str
    unit_id: int
    unit: str
    grids: int
    from_on: date
    to_on: date | None
    reason: str
    now: bool
    open: bool


@dataclass(frozen=True)
class UserLine:
    """A user as a list shows it."""

    id: int
    login: str
    name: str
    staff_code: str
    roles: str
    active: bool
    last_at: datetime | None
    password_set_at: datetime


@dataclass(frozen=True)
class UserCard:
    """A user as their own page shows it."""

    id: int
    login: str
    name: str
    staff_id: int | None
    staff_code: str
    active: bool
    must_change_password: bool
    locked_until: datetime | None
    password_set_at: datetime
    created_at: datetime


@dataclass(frozen=True)
class SignInLine:
    at: datetime
    outcome: str
    address: str | None


def limits_on(day: date) -> Limits:
    """The security limits in force (policies security.*)."""
    return policies.limits(Limits, "security", day=day)


def actor_of(user: User | int, at: datetime) -> Actor:
    """A user with the scopes of their grants that hold at the moment; the units of that day's tree.

    A grid manager's grant without cells of its own covers the cells that they manage, and those of people for whom they
    stand in. A stopped user has no scope. One query for most, two for grid managers.
    """
    who = User.objects.get(pk=user) if isinstance(user, int) else user
    if not who.is_active:
        return Actor(who.pk, who.staff_id, who.name)
    day = civil_day(at)
    cells = ArrayAgg("grids__grid_id", filter=Q(grids__isnull=False), default=[])
    grants = Grant.objects.on(day).filter(user=who).order_by("id")
    rows = grants.annotate(cells=cells, below=org.units_below("unit_id", day))
    scopes = tuple(Scope(one.role, frozenset(one.below), _cells(one, one.cells, who, day)) for one in rows)
    return Actor(who.pk, who.staff_id, who.name, scopes)


def _cells(grant: Grant, named: list[int], who: User, day: date) -> frozenset[int] | None:
    if named:
        return frozenset(named)
    if grant.role != Role.GRID:
        return None
    return org.grids_of_manager(who.staff_id, day) if who.staff_id else frozenset()


def visible_users(actor: Actor) -> QuerySet[User]:
    """The door, for administrators: users with a post or a grant in their units, and users with neither."""
    if actor.system:
        return User.objects.all()
    units = actor.units(*KEEPERS)
    if not units:
        return User.objects.none()
    grants, posts = Grant.objects.filter(user=OuterRef("pk")), Q(staff__posts__unit__in=units)
    mine = Exists(grants.filter(unit__in=units)) | Exists(User.objects.filter(posts, pk=OuterRef("pk")))
    return User.objects.filter(mine | (~Exists(grants) & Q(staff__posts=None)))


def visible_grants(actor: Actor) -> QuerySet[Grant]:
    """The door of grants: those over units of the administrator."""
    rows = Grant.objects.select_related("unit", "user")
    return rows if actor.system else rows.filter(unit__in=actor.units(*KEEPERS))


def grants_of(actor: Actor, user_id: int, day: date) -> list[GrantLine]:
    """All grants of a user, the present ones first."""
    rows = visible_grants(actor).filter(user=user_id).order_by("-from_on", "id")
    cells = ArrayAgg("grids__grid_id", filter=Q(grids__isnull=False), default=[])
    lines = [
        GrantLine(
            one.pk,
            ROLE_NAMES[Role(one.role)],
            one.unit_id,
            str(one.unit),
            len(one.cells),
            one.from_on,
            one.to_on,
            one.reason,
            one.from_on <= day and (one.to_on is None or one.to_on > day),
            one.to_on is None or one.to_on > day,
        )
        for one in rows.annotate(cells=cells)
    ]
    return sorted(lines, key=lambda line: not line.now)


def user_lines(users: Iterable[User], day: date) -> list[UserLine]:
    """Users with their roles of a day and last sign-in; two queries for any number."""
    rows = list(users)
    ids = [one.pk for one in rows]
    roles = roles_of(ids, day)
    seen = SignIn.objects.filter(user__in=ids, outcome=SignInOutcome.OK).values("user").annotate(last=Max("at"))
    last = {row["user"]: row["last"] for row in seen}
    return [
        UserLine(
            one.pk,
            one.login,
            one.name,
            one.staff.code if one.staff else "",
            "、".join(ROLE_NAMES[Role(role)] for role in roles.get(one.pk, [])),
            one.is_active,
            last.get(one.pk),
            one.password_set_at,
        )
        for one in rows
    ]


def user_card(actor: Actor, user_id: int, at: datetime) -> UserCard:
    """One user through the administrators' door; Refused not_found."""
    one = visible_users(actor).filter(pk=user_id).first()
    if one is None:
        raise Refused("not_found", _("没有这个用户，或不在您的管辖范围内。"))
    return UserCard(
        one.pk,
        one.login,
        one.name,
        one.staff_id,
        one.staff.code if one.staff else "",
        one.is_active,
        one.must_change_password,
        lock_of(one.login, at),
        one.password_set_at,
        one.created_at,
    )


def lock_of(login: str, at: datetime) -> datetime | None:
    """Until when a login is locked, or None."""
    rows = SignIn.objects.filter(login_index=vault.index(login, "login"))
    fresh = rows.filter(outcome__in=(SignInOutcome.OK, SignInOutcome.UNLOCKED)).order_by("-id").values("id")[:1]
    last = next(iter(fresh), {"id": 0})["id"]
    tried = rows.filter(pk__gt=last, outcome__in=COUNTED).order_by("id").values_list("at", flat=True)
    return locked_until([Attempt(SignInOutcome.WRONG, moment) for moment in tried], at, limits_on(civil_day(at)))


def sign_ins_of(actor: Actor, user_id: int) -> list[SignInLine]:
    """The last twenty attempts on a user that the actor may see."""
    rows = SignIn.objects.filter(user__in=visible_users(actor).filter(pk=user_id)).order_by("-id")[:20]
    return [SignInLine(one.at, one.outcome, one.address) for one in rows]


def with_role(users: QuerySet[User], role: str, day: date) -> QuerySet[User]:
    """Those who hold a role on a day."""
    return users.filter(Exists(Grant.objects.on(day).filter(user=OuterRef("pk"), role=role)))


def roles_of(user_ids: Collection[int], day: date) -> dict[int, list[str]]:
    """The role codes that each user holds on a day, in order of their giving."""
    found: dict[int, list[str]] = {}
    rows = Grant.objects.filter(on_day(day), user__in=user_ids).order_by("id").values_list("user_id", "role")
    for user_id, role in rows:
        if role not in found.setdefault(user_id, []):
            found[user_id].append(role)
    return found


def users_of_staff(staff_ids: Collection[int]) -> dict[int, int]:
    """Staff id → id of their active user, for whom there is one."""
    return dict(User.objects.filter(staff__in=staff_ids, is_active=True).values_list("staff_id", "id"))


def journal_day(rows: QuerySet[JournalEntry], value: str) -> QuerySet[JournalEntry]:
    """The entries of one civil day, written "2026-03-02"; all of them if it isn't a day."""
    try:
        start = day_start(date.fromisoformat(value))
    except ValueError:
        return rows
    return rows.filter(at__gte=start, at__lt=start + timedelta(days=1))


def journal_entries(actor: Actor) -> QuerySet[JournalEntry]:
    """The door of the journal: auditors only."""
    return JournalEntry.objects.all() if actor.has(Role.AUDITOR) else JournalEntry.objects.none()
