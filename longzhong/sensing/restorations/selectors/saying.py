"""What is said now: the model in use, the latest estimates, the cards."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor, within
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.restorations.engines.forecast import Forecast
from longzhong.sensing.restorations.engines.store import StoreError, load
from longzhong.sensing.restorations.models import Estimate, RestorationModel
from longzhong.sensing.restorations.rules import ADOPTERS, READERS, Limits, ModelState, Stage, reason_words

log = structlog.get_logger(__name__)

LEAST_MIN = 5.0


@dataclass(frozen=True)
class Said:
    """An estimate: moments of the middle and of the 80 % interval, by which model (0: the table), and why."""

    low_at: datetime
    median_at: datetime
    high_at: datetime
    version: int
    reasons: tuple[str, ...]


def folder() -> Path:
    """Where model files of this installation lie."""
    return Path(settings.VAR) / "models"


def limits(day: date, unit_id: int | None = None) -> Limits:
    return policies.limits(Limits, "restorations", unit_id=unit_id, day=day)


def installed_row() -> RestorationModel | None:
    return RestorationModel.objects.filter(state=ModelState.INSTALLED).first()


def installed() -> tuple[RestorationModel, Forecast] | None:
    """The model in use, read once a process; None before the first one, or if its file is gone (logged)."""
    row = installed_row()
    if row is None:
        return None
    try:
        return row, load(folder() / row.file, row.sha256)
    except StoreError as error:
        log.error("restoration_model_unreadable", version=row.version, why=str(error))
        return None


def say(features: Mapping[str, Any], began_at: datetime, at: datetime, limits: Limits) -> Said:
    """What the model in use says now, else the table of policies; never before in five minutes."""
    held = installed()
    if held is None:
        spent = (at - began_at).total_seconds() / 60
        whole = limits.middle(str(features["site"]))
        left = max(whole - spent, whole / 5)
        said = (left / limits.wide, left, left * limits.wide)
        return Said(*_moments(said, at), 0, (_("历史不足，按制度时限估计，区间较宽"),))
    row, model = held
    low, middle, high = (float(one[0]) for one in model.minutes([features]))
    reasons = tuple(reason_words(*one) for one in model.reasons(features) if one[0] != "elapsed")
    return Said(*_moments((low, middle, high), at), row.version, reasons)


def visible_to(actor: Actor) -> QuerySet[Estimate]:
    """Estimates of the actor's units."""
    return Estimate.objects.filter(within(actor, grid=None, roles=READERS))


def latest(actor: Actor) -> QuerySet[Estimate]:
    """The newest word about everything that isn't restored, the latest end first."""
    newer = Estimate.objects.filter(label=OuterRef("label"), at__gt=OuterRef("at"))
    rows = visible_to(actor).filter(~Exists(newer), restored_at=None).select_related("unit")
    return rows.order_by("-high_at", "id")


def adoptable(actor: Actor) -> list[Estimate]:
    """Newest words about outages, which a person may make the word that customers are told."""
    return list(latest(actor).filter(label__startswith=f"{outages.PREFIX}:")[:100])


def weather_units(actor: Actor) -> list[tuple[int, str]]:
    """Units whose weather the actor may note."""
    kept = actor.units(*ADOPTERS)
    return [
        (row.pk, row.name) for row in org.visible_units(actor).order_by("code", "id") if actor.system or row.pk in kept
    ]


def expected(labels: Collection[str]) -> dict[str, Estimate]:
    """The newest estimate of each label; for whoever shows it beside a person's word, which wins."""
    rows = Estimate.objects.filter(label__in=labels).order_by("label", "at", "id")
    return {row.label: row for row in rows}


def estimate_of(actor: Actor, estimate_id: int) -> Estimate:
    row: Estimate | None = visible_to(actor).filter(pk=estimate_id).first()
    if row is None:
        raise Refused("not_found", _("没有这条恢复预计，或不在您的管辖范围内。"), estimate=estimate_id)
    return row


def cards(actor: Actor) -> QuerySet[RestorationModel]:
    """All models there were; everybody signed in may read how good they are."""
    rows = RestorationModel.objects.all() if actor.system or actor.scopes else RestorationModel.objects.none()
    return rows.order_by("-version", "-id")


def card(actor: Actor, version: int) -> RestorationModel:
    row: RestorationModel | None = cards(actor).filter(version=version).first()
    if row is None:
        raise Refused("not_found", _("没有这个版本的模型。"), version=version)
    return row


def lived(since: datetime) -> dict[str, Any]:
    """How what was said since then came out: count, median miss in minutes, share within the interval; by stage."""
    rows = Estimate.objects.filter(at__gte=since, restored_at__isnull=False)
    found: dict[str, list[tuple[float, bool]]] = {}
    for stage, low, middle, high, end in rows.values_list("stage", "low_at", "median_at", "high_at", "restored_at"):
        if end is None:
            continue
        found.setdefault(stage, []).append((abs((end - middle).total_seconds()) / 60, low <= end <= high))
    return {stage: _lived(found[stage.value]) for stage in Stage if stage.value in found}


def _lived(rows: list[tuple[float, bool]]) -> tuple[int, float, float]:
    misses = sorted(miss for miss, _within in rows)
    return len(rows), misses[len(misses) // 2], sum(within for _miss, within in rows) / len(rows)


def _moments(said: tuple[float, float, float], at: datetime) -> tuple[datetime, datetime, datetime]:
    low, middle, high = (at + timedelta(minutes=max(LEAST_MIN, one)) for one in said)
    return low, middle, high
