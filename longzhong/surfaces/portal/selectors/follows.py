"""A report as its customer follows it by code: stage, expected time, promises, who answers (surname and post only)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.rules.machine import DONE, State
from longzhong.cases.hotline.rules.words import PROMISE_LABELS, PromiseState
from longzhong.kit import vault
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.sensing.outages import selectors as outages
from longzhong.surfaces.portal.models import Follow, Rating
from longzhong.surfaces.portal.rules import ENDED, is_code, normal_code, short_name, stage_words
from longzhong.surfaces.portal.selectors.limits import PORTAL, limits_on

CODE_KIND = "portal.code"


@dataclass(frozen=True)
class Followed:
    """The case that a report became: what acting on it needs, nothing personal."""

    id: int
    number: str
    state: State
    unit_id: int
    owner_id: int
    area_id: int | None
    account_id: int | None


@dataclass(frozen=True)
class Told:
    """A promise: until when, and how it stands."""

    due_at: datetime
    state: str
    tone: str


@dataclass(frozen=True)
class FollowCard:
    """What the holder of a code may see; nothing that says who or where."""

    number: str
    stage: str
    meaning: str
    road: tuple[tuple[str, str], ...]
    taken_at: datetime
    expected_at: datetime | None
    closed_at: datetime | None
    owner: str
    promises: tuple[Told, ...]
    urges: int
    may_urge: bool
    may_confirm: bool
    may_deny: bool
    may_rate: bool
    stars: int | None


def follow_of(code: str, at: datetime) -> Follow:
    """The follow behind a code; one refusal for wrong, unknown and expired ones."""
    plain = normal_code(code[:80])
    since = at - timedelta(days=limits_on(civil_day(at)).code_days)
    index = vault.index(plain if is_code(plain) else "-", CODE_KIND)
    row = Follow.objects.filter(code_index=index, at__gt=since).first()
    if row is None:
        raise Refused(
            "portal_code_unknown", _("没有查到这个查询码，或已过期。请核对 12 位字母数字；忘记了请拨打 95598。")
        )
    return row


def follow_card(follow: Follow, at: datetime) -> FollowCard:
    """The card; some dozen queries."""
    call = hotline.visible_calls(PORTAL).select_related("case__owner").get(pk=follow.call_id)
    case = call.case
    state = case.state if case else ""
    stage, meaning = stage_words(state, call.outcome)
    rating = Rating.objects.filter(case=case).first() if case else None
    live = case is not None and state not in DONE
    return FollowCard(
        number=(case.number if case else call.number) or "", stage=stage, meaning=meaning, road=_road(state),
        taken_at=call.at, expected_at=_expected(case.expected_at if case else None, state, call.area_id, at),
        closed_at=case.closed_at if case else None,
        owner=_owner(case.owner_id, at) if live and case else "", promises=_promises(case.pk, at) if case else (),
        urges=case.urges_count if case else 0,
        may_urge=live and state != State.CALLING, may_confirm=state == State.CALLING,
        may_deny=state in (State.CALLING, State.CLOSED), may_rate=state in ENDED and rating is None,
        stars=rating.stars if rating else None,
    )  # fmt: skip


def followed(follow: Follow) -> Followed | None:
    """The case of a follow; None while the report is no case."""
    call = hotline.visible_calls(PORTAL).get(pk=follow.call_id)
    if call.case_id is None:
        return None
    case = hotline.visible_to(PORTAL).get(pk=call.case_id)
    return Followed(
        case.pk, case.number or "", State(case.state), case.unit_id, case.owner_id, case.area_id, case.account_id
    )


def is_urged(case_id: int, external_no: str) -> bool:
    """Whether this very urge was recorded already."""
    return hotline.visible_to(PORTAL).filter(pk=case_id, urges__external_no=external_no).exists()


def _road(state: str) -> tuple[tuple[str, str], ...]:
    """Four stages that people understand: done, now or todo."""
    if not state:
        return ()
    places = {
        State.TAKEN: 0, State.DISPATCHED: 1, State.HANDLING: 2, State.FOLLOWING: 2, State.REPLIED: 3, State.CALLING: 3,
    }  # fmt: skip
    here = places.get(State(state), 4)
    labels = (_("收到"), _("派人"), _("处理"), _("确认"), _("办结"))
    return tuple(
        (label, "done" if n < here or here == 4 else "now" if n == here else "todo") for n, label in enumerate(labels)
    )


def _owner(staff_id: int, at: datetime) -> str:
    card = org.staff_card(PORTAL, staff_id)
    day = civil_day(at)
    post = next((post.title for post in card.posts if post.to_on is None or post.to_on > day), "")
    return short_name(card.name, post)


def _promises(case_id: int, at: datetime) -> tuple[Told, ...]:
    rows = hotline.promises(PORTAL).filter(case=case_id).exclude(state=PromiseState.MOVED)
    return tuple(_told(row.due_at, PromiseState(row.state), at) for row in rows[:10])


def _told(due_at: datetime, state: PromiseState, at: datetime) -> Told:
    late = state is PromiseState.BROKEN or (state is PromiseState.OPEN and due_at < at)
    tone = "good" if state is PromiseState.KEPT else "late" if late else "info"
    return Told(due_at, PROMISE_LABELS[PromiseState.BROKEN if late else state], tone)


def _expected(said: datetime | None, state: str, area_id: int | None, at: datetime) -> datetime | None:
    """When it should be done: as the crew says, else as the known outage of the area says; nothing once it ended."""
    if state in DONE:
        return None
    if said is not None or area_id is None:
        return said
    cards = outages.known_at([area_id], at).get(area_id, [])
    return next((card.expected_end_at for card in cards if card.running and not card.overdue), None)
