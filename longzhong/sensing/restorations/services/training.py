"""Train a model, judge it on the latest outages, and install it unless it is worse than the one in use or than a plain median.

Split by time (REFERENCE §7.2) and by matter: all sayings of one outage lie on one side. The installed model is the judged one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from longzhong.kit import journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.sensing.restorations import selectors
from longzhong.sensing.restorations.engines.figures import errors, judged
from longzhong.sensing.restorations.engines.forecast import PRODUCTION, SHARE, Forecast, learn
from longzhong.sensing.restorations.engines.store import save
from longzhong.sensing.restorations.models import Estimate, RestorationModel
from longzhong.sensing.restorations.rules import FEATURES, TRAINERS, Limits, ModelState

TRAIN_LOCK = 0x4C5A_5253  # advisory lock: versions in order
MOST_ROWS = 60_000
_BY = ("stage", "site", "fault")
_LEAST_GROUP = 10
_LEAST_ASKED = 30


@dataclass(frozen=True)
class Lessons:
    """Features and minutes that were left, in order of the matter's begin; `cut`: from here on they judge."""

    rows: list[Mapping[str, Any]]
    minutes: NDArray[np.float64]
    matters: int
    cut: int


def train(*, by: Actor, at: datetime) -> RestorationModel:
    """A new model in use. `too_few_outages`, `model_worse`: the one in use stays; a worse one's card is kept all the same.

    Not one transaction: training takes seconds to minutes, and a refused model's card must stay when the refusal flies.
    """
    need(by, *TRAINERS)
    limits = selectors.limits(civil_day(at))
    lessons = _lessons(limits)
    model = learn(lessons.rows[: lessons.cut], lessons.minutes[: lessons.cut], list(FEATURES), PRODUCTION)
    before = selectors.installed()
    figures = _figures(model, before[1] if before else None, lessons)
    bar = figures["old"]["mae_min"] if figures["old"] else figures["plain"]["mae_min"]
    worse = figures["mae_min"] > bar * (1 + limits.worse_by)
    row = _keep(model, lessons, figures, worse=worse, by=by, at=at)
    if worse:
        raise Refused(
            "model_worse",
            _("新模型在最近停电上的平均误差 %(new).0f 分钟，不如在用做法的 %(old).0f 分钟；没有换用，评分卡已留存。")
            % {"new": figures["mae_min"], "old": bar},
            version=row.version,
        )
    return row


def _lessons(limits: Limits) -> Lessons:
    rows = Estimate.objects.filter(restored_at__isnull=False).order_by("-began_at", "label", "at")
    found = list(rows.values_list("label", "features", "at", "restored_at")[:MOST_ROWS])[::-1]
    told = [(label, known, at, end) for label, known, at, end in found if end is not None and end > at]
    labels = list(dict.fromkeys(one[0] for one in told))
    if len(labels) < limits.least:
        raise Refused(
            "too_few_outages",
            _("已恢复的停电只有 %(n)s 起，至少要 %(least)s 起才训练；仍按制度时限估计。")
            % {"n": len(labels), "least": limits.least},
            outages=len(labels),
        )
    asked = set(labels[len(labels) - max(_LEAST_ASKED, int(len(labels) * limits.test_share)) :])
    told.sort(key=lambda one: one[0] in asked)  # stable: the order of time stays on either side
    minutes = np.array([(end - at).total_seconds() / 60 for _label, _known, at, end in told])
    return Lessons([one[1] for one in told], minutes, len(labels), sum(one[0] not in asked for one in told))


def _figures(model: Forecast, old: Forecast | None, lessons: Lessons) -> dict[str, Any]:
    """What the card shows, all of the latest outages, which the model hasn't seen."""
    asked, truth = lessons.rows[lessons.cut :], lessons.minutes[lessons.cut :]
    low, middle, high = model.minutes(asked)
    plain = np.full(len(truth), float(np.median(lessons.minutes[: lessons.cut])))
    return {
        **judged(low, middle, high, truth),
        "asked": len(asked), "interval": SHARE, "middle": model.middle,
        "plain": dict(zip(("median_abs_error_min", "mae_min"), errors(plain, truth), strict=True)),
        "old": judged(*old.minutes(asked), truth) if old else None,
        "by": {name: _by(name, asked, low, middle, high, truth) for name in _BY},
    }  # fmt: skip


def _by(name: str, asked: Sequence[Mapping[str, Any]], *said: NDArray[np.float64]) -> list[dict[str, Any]]:
    kinds = np.array([str(row.get(name) or "") for row in asked])
    rows = []
    for kind in sorted(set(kinds.tolist())):
        here = kinds == kind
        if here.sum() >= _LEAST_GROUP:
            low, middle, high, truth = (one[here] for one in said)
            rows.append({"kind": kind, "asked": int(here.sum()), **judged(low, middle, high, truth)})
    return rows


@transaction.atomic
def _keep(
    model: Forecast, lessons: Lessons, figures: dict[str, Any], *, worse: bool, by: Actor, at: datetime
) -> RestorationModel:
    """The card, and unless it is worse the model in the old one's place."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [TRAIN_LOCK])
    version = (RestorationModel.objects.order_by("-version").values_list("version", flat=True).first() or 0) + 1
    file, sha256 = ("", "") if worse else save(model, selectors.folder(), f"restoration-{version}")
    if not worse:
        RestorationModel.objects.filter(state=ModelState.INSTALLED).update(state=ModelState.RETIRED)
    row = RestorationModel(
        version=version, state=ModelState.REFUSED if worse else ModelState.INSTALLED, trained_at=at, trained_by=by.name,
        rows=len(lessons.rows), matters=lessons.matters, figures=figures, file=file, sha256=sha256,
    )  # fmt: skip
    RestorationModel.objects.bulk_create([row])
    journal.record(
        by, "restoration_model.train", f"restorations.model:{row.pk}", at=at, version=version, state=row.state
    )
    return row
