"""Issue a bulletin: its numbers never change afterwards, and every unit with pressed numbers must answer in time."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.assessment.bulletins import selectors
from longzhong.assessment.bulletins.models import Answer, Bulletin, Line
from longzhong.assessment.bulletins.rules import MACHINE, PRESSED, UNIT_HEADS, State
from longzhong.assessment.bulletins.services.drafting import fill
from longzhong.cases.hotline.rules.redact import redact
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org

ANSWER_KEY = "bulletins.answer_wd"
LABEL = 40  # characters that a clock's label holds


@transaction.atomic
def recount(*, bulletin_id: int, key: str, by: Actor, at: datetime) -> str:
    """Take the numbers of a draft anew, once for a client key."""

    def act() -> str:
        bulletin = _enter(bulletin_id, "recount", by)
        fill(bulletin=bulletin, by=by, at=at)
        return "recount"

    return matters.once(key=key, what=f"{selectors.label(bulletin_id)} recount", act=act, by=by, at=at)


@transaction.atomic
def issue(*, bulletin_id: int, comment: str, key: str, by: Actor, at: datetime) -> str:
    """Issue a draft as it stands: its numbers are frozen, and a clock runs for each unit that must answer."""

    def act() -> str:
        _issue(_enter(bulletin_id, "issue", by), comment, by=by, at=at)
        return "issue"

    return matters.once(key=key, what=f"{selectors.label(bulletin_id)} issue", act=act, by=by, at=at)


@transaction.atomic
def answer(*, line_id: int, measure: str, promise_on: date, key: str, by: Actor, at: datetime) -> str:
    """A unit answers one pressed number: what it does, and by which day; the clock stops with its last open number."""

    def act() -> str:
        _answer(line_id, measure, promise_on, by=by, at=at)
        return "answer"

    return matters.once(key=key, what=f"bulletins.line:{line_id} answer", act=act, by=by, at=at)


def _enter(bulletin_id: int, verb: str, by: Actor) -> Bulletin:
    """Door, lock and rule for whoever issues."""
    selectors.bulletin_of(by, bulletin_id)
    bulletin = selectors.editable(by).select_for_update(of=("self",)).filter(pk=bulletin_id).first()
    if bulletin is None:
        raise Refused("not_allowed", _("由优服办统计和通报；什么都没有改动。"), bulletin=bulletin_id)
    MACHINE.move(verb, bulletin.state)
    return bulletin


def _issue(bulletin: Bulletin, comment: str, *, by: Actor, at: datetime) -> None:
    if not comment.strip():
        raise Refused("comment_missing", _("请写一句本周的评语再通报；什么都没有改动。"))
    bulletin.state, bulletin.comment = State.ISSUED, redact(comment.strip())[:500]
    bulletin.issued_by_id, bulletin.issued_at = by.staff_id, at
    bulletin.save(update_fields=["state", "comment", "issued_by", "issued_at"])
    matter = selectors.label(bulletin.pk)
    pressed = bulletin.lines.filter(figure__in=PRESSED, number__gt=0).order_by("unit_id")
    units = list(dict.fromkeys(pressed.values_list("unit_id", flat=True)))
    clocks = [_clock(bulletin, unit, at) for unit in units]
    matters.start_clocks(clocks=clocks, by=by, at=at)
    matters.add_step(matter=matter, step=matters.NewStep("issue", {"units": units}, {"text": comment}), by=by, at=at)


def _clock(bulletin: Bulletin, unit_id: int, at: datetime) -> matters.NewClock:
    heads = org.head_of(unit_id, civil_day(at))
    label = _("周通报回复 %(unit)s") % {"unit": org.unit_names([unit_id])[unit_id]}
    return matters.NewClock(
        matter=selectors.label(bulletin.pk), name=_name(unit_id), label=label[:LABEL], unit_id=unit_id,
        owner_id=heads[0] if heads else None, policy_key=ANSWER_KEY, title=selectors.title(bulletin.pk),
    )  # fmt: skip


def _answer(line_id: int, measure: str, promise_on: date, *, by: Actor, at: datetime) -> None:
    known = Line.objects.filter(pk=line_id).values_list("bulletin_id", flat=True).first()
    bulletin = selectors.bulletin_of(by, known or 0)
    matters.lock_matter(matter=selectors.label(bulletin.pk))
    line = Line.objects.select_related("unit").get(pk=line_id)
    MACHINE.move("answer", bulletin.state)
    _answerable(line, measure, promise_on, by=by, at=at)
    Answer.objects.create(
        line=line, measure=redact(measure.strip())[:500], promise_on=promise_on, by_staff_id=by.staff_id, at=at
    )
    step = matters.NewStep(
        "answer",
        {"unit": line.unit_id, "figure": line.figure, "promise_on": promise_on},
        {"text": measure.strip()[:500]},
    )
    matters.add_step(matter=selectors.label(bulletin.pk), step=step, by=by, at=at)
    rest = Line.objects.filter(bulletin=bulletin, unit=line.unit_id, figure__in=PRESSED, number__gt=0)
    if not rest.filter(answers=None).exists():
        matters.stop_clocks(matter=selectors.label(bulletin.pk), names=(_name(line.unit_id),), by=by, at=at)


def _answerable(line: Line, measure: str, promise_on: date, *, by: Actor, at: datetime) -> None:
    if not by.system and line.unit_id not in by.units(*UNIT_HEADS):
        raise Refused("not_allowed", _("由被通报单位的负责人回复；什么都没有改动。"), roles=list(UNIT_HEADS))
    if line.figure not in PRESSED or not line.number:
        raise Refused("line_not_pressed", _("这一项不需要回复；什么都没有改动。"), line=line.pk)
    if not measure.strip():
        raise Refused("reason_missing", _("请写明整改措施；什么都没有改动。"))
    if promise_on < civil_day(at):
        raise Refused("promise_in_past", _("新的承诺日期不能早于今天；什么都没有改动。"), promise_on=str(promise_on))


def _name(unit_id: int) -> str:
    return f"answer:{unit_id}"
