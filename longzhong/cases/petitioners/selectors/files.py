"""One file whole, masked: phones, homes, moods over time, topics, the script as it stands."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from longzhong.cases.petitioners.models import Occasion, Petitioner, ScriptRun
from longzhong.cases.petitioners.rules import (
    BY_WORDS,
    CHANNEL_LABELS,
    MOOD_LABELS,
    OUTCOME_LABELS,
    SCRIPT,
    Channel,
    MatchBy,
    Mood,
    Outcome,
    Stage,
    next_stage,
)
from longzhong.cases.petitioners.selectors.door import file_of
from longzhong.kit.actor import Actor
from longzhong.register.categories import selectors as categories

SHOWN = 60
MOOD_HEIGHT = {Mood.CALM: 1, Mood.EXCITED: 2, Mood.FURIOUS: 3}


@dataclass(frozen=True)
class PhoneLine:
    id: int
    mask: str
    since_at: datetime
    ended_on: date | None


@dataclass(frozen=True)
class HomeLine:
    place: str
    account_id: int | None
    from_on: date
    to_on: date | None


@dataclass(frozen=True)
class MoodMark:
    """One occasion: when, where, in which mood (1 calm … 3 furious), about what, and how sure it was the person."""

    id: int
    at: datetime
    channel: str
    mood: str
    mood_word: str
    height: int
    topic: str
    case: str
    matched: str
    sure: bool
    staff: str


@dataclass(frozen=True)
class StepLine:
    """One of the three steps in the open run."""

    stage: Stage
    state: str
    staff: str
    at: datetime | None


@dataclass(frozen=True)
class RunLine:
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    steps: str


@dataclass(frozen=True)
class FileCard:
    """A file as its page shows it."""

    row: Petitioner
    phones: tuple[PhoneLine, ...]
    homes: tuple[HomeLine, ...]
    occasions: tuple[MoodMark, ...]
    topics: tuple[tuple[str, int], ...]
    run: ScriptRun | None
    steps: tuple[StepLine, ...]
    next: Stage | None
    runs: tuple[RunLine, ...]


def file_card(actor: Actor, petitioner_id: int) -> FileCard:
    """Everything of one file; Refused not_found. Eight queries. Whoever shows it has it journalled (services.look)."""
    row = file_of(actor, petitioner_id)
    talks = _occasions(row)
    counted = Counter(mark.topic for mark in talks if mark.topic)
    every = list(row.runs.prefetch_related("steps__staff").order_by("-started_at", "-id")[:SHOWN])
    run = next((one for one in every if one.ended_at is None), None)
    done = [step.position for step in run.steps.all()] if run else []
    return FileCard(
        row=row,
        phones=_phones(row),
        homes=tuple(
            HomeLine(one.place, one.account_id, one.from_on, one.to_on) for one in row.residences.order_by("-from_on", "-id")
        ),
        occasions=talks,
        topics=tuple(counted.most_common(8)),
        run=run,
        steps=_steps(run),
        next=next_stage(done) if run else None,
        runs=tuple(_run(one) for one in every),
    )  # fmt: skip


def _phones(row: Petitioner) -> tuple[PhoneLine, ...]:
    rows = row.phones.order_by("ended_on", "id")
    return tuple(PhoneLine(one.pk, one.phone_mask, one.since_at, one.ended_on) for one in rows)


def _occasions(row: Petitioner) -> tuple[MoodMark, ...]:
    rows = list(
        Occasion.objects.filter(petitioner=row, detached_at=None).select_related("staff").order_by("-at", "-id")[:SHOWN]
    )
    topics = categories.labels({one.category_id for one in rows if one.category_id})
    return tuple(
        MoodMark(
            id=one.pk, at=one.at, channel=CHANNEL_LABELS[Channel(one.channel)], mood=one.mood,
            mood_word=MOOD_LABELS[Mood(one.mood)], height=MOOD_HEIGHT[Mood(one.mood)],
            topic=topics.get(one.category_id or 0, "").rpartition(" / ")[2], case=one.case,
            matched=BY_WORDS[MatchBy(one.matched_by)], sure=one.matched_by != MatchBy.ACCOUNT,
            staff=one.staff.name if one.staff else "",
        )
        for one in rows
    )  # fmt: skip


def _steps(run: ScriptRun | None) -> tuple[StepLine, ...]:
    made = {step.position: step for step in run.steps.all()} if run else {}
    lines = []
    for stage in SCRIPT:
        step = made.get(stage.position)
        state = "todo" if step is None else "skipped" if step.skipped else "done"
        who = step.staff.name if step and step.staff else ""
        lines.append(StepLine(stage, state, who, step.at if step else None))
    return tuple(lines)


def _run(run: ScriptRun) -> RunLine:
    steps = sorted(run.steps.all(), key=lambda step: step.position)
    words = "、".join(f"{SCRIPT[step.position - 1].title}{'（跳过）' if step.skipped else ''}" for step in steps)
    outcome = OUTCOME_LABELS[Outcome(run.outcome)] if run.outcome else ""
    return RunLine(run.started_at, run.ended_at, outcome, words)
