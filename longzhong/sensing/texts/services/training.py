"""Train a model, judge it on the newest real lessons, and install it unless it is worse than the one in use.

Time split (REFERENCE §7.2): the oldest lessons train, the newest judge; the installed model is the judged one, so that no later
comparison meets a lesson that it has learned. Made texts help to train while real ones are few, and never judge: their score is
kept apart as `agreement` and is no accuracy.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils.translation import gettext as _

from longzhong.kit import clock, journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.register.categories import selectors as categories
from longzhong.register.org.rules import Role
from longzhong.sensing.texts import selectors
from longzhong.sensing.texts.engines.grams import Shape
from longzhong.sensing.texts.engines.likeness import house_tokenizer
from longzhong.sensing.texts.engines.linear import Linear, Plan, learn
from longzhong.sensing.texts.engines.maker import make_texts
from longzhong.sensing.texts.engines.store import save
from longzhong.sensing.texts.models import Lesson, TextModel
from longzhong.sensing.texts.rules import Limits, ModelState, Source, TextKind, model_text
from longzhong.sensing.texts.rules.figures import accuracy, calibration, ece, macro_f1
from longzhong.sensing.texts.selectors.models import installed

TRAINERS = (Role.QUALITY, Role.SECURITY, Role.ADMIN)
PLAN = Plan(Shape(chars=(1, 2, 3)), most=60_000, c=1.0)
LEAST_TEST = 30  # fewer newest lessons can't judge
SEED, OTHER_SEED, JUDGED_MADE = 207, 1700, 1000
WORST = 10
TRAIN_LOCK = 0x4C5A_5458  # advisory lock: versions in order

Told = tuple[str, str]  # cleaned text, category code


@dataclass(frozen=True)
class Split:
    """What trains (real ones first) and what judges."""

    train: list[Told]
    test: list[Told]
    real: int
    made: int


def train(*, by: Actor, at: datetime) -> TextModel:
    """A new model in use. `too_few_lessons`, `model_worse`: the one in use stays; a worse one's card is kept all the same.

    Not one transaction: training takes seconds to minutes, and a refused model's card must stay when the refusal flies.
    """
    need(by, *TRAINERS)
    limits = selectors.limits(clock.civil_day(at))
    split = _split(limits)
    model = learn([text for text, _code in split.train], [code for _text, code in split.train], PLAN, house_tokenizer())
    before = installed()
    outside = _judged(model, split.test) if split.test else None
    old = _judged(before[1], split.test)["accuracy"] if before and split.test else None
    made = make_texts(OTHER_SEED, JUDGED_MADE)
    figures = {
        "outside": outside and {**outside, "old_accuracy": old},
        "made": {"agreement": _agreement(model, made), "texts": len(made), "trained_on": split.made},
    }
    worse = outside is not None and old is not None and outside["accuracy"] < old - limits.worse_by
    row = _keep(model, split, figures, worse=worse, by=by, at=at)
    if worse and outside is not None:
        raise Refused(
            "model_worse",
            _("新模型在最新样本上的准确率 %(new).1f %% 低于在用模型的 %(old).1f %%；没有换用，评分卡已留存。")
            % {"new": 100 * outside["accuracy"], "old": 100 * (old or 0)},
            version=row.version,
        )
    return row


def _split(limits: Limits) -> Split:
    live = {leaf.id: leaf.code for leaf in categories.leaves()}
    rows = Lesson.objects.filter(category_id__in=live).order_by("at", "id").values_list("text", "category_id", "source")
    told = [((model_text(text), live[category]), source) for text, category, source in rows]
    real = [one for one, source in told if source != Source.MADE]
    tested = int(len(real) * limits.test_share)
    test = real[len(real) - tested :] if tested >= LEAST_TEST else []
    known = real[: len(real) - len(test)]
    made = [one for one, source in told if source == Source.MADE] if len(real) < limits.made_until else []
    if len(real) < limits.made_until:
        codes = set(live.values())
        made += [(model_text(t), code) for t, code in make_texts(SEED, limits.made_lessons) if code in codes]
    if len(known) + len(made) < limits.least_lessons or len({code for _text, code in known + made}) < 2:
        raise Refused(
            "too_few_lessons",
            _("可学的样本只有 %(n)s 条，至少要 %(least)s 条；没有训练。")
            % {"n": len(known) + len(made), "least": limits.least_lessons},
            lessons=len(known) + len(made),
        )
    return Split(known + made, test, len(known), len(made))


def _judged(model: Linear, test: Sequence[Told]) -> dict[str, Any]:
    """Figures of a model on lessons that it hasn't seen; a category unknown to it counts as wrong."""
    names = [*model.labels, *sorted({code for _text, code in test} - set(model.labels))]
    right = np.array([names.index(code) for _text, code in test])
    chances = np.zeros((len(test), len(names)))
    chances[:, : len(model.labels)] = model.probabilities([text for text, _code in test], house_tokenizer())
    guess = chances.argmax(axis=1)
    kinds = [np.array([names[one].split(".")[0] for one in side]) for side in (right, guess)]
    top = np.argsort(-chances, axis=1)[:, :3]
    return {
        "lessons": len(test),
        "accuracy": round(accuracy(right, guess), 4),
        "top3": round(float((top == right[:, None]).any(axis=1).mean()), 4),
        "type_accuracy": round(float((kinds[0] == kinds[1]).mean()), 4),
        "macro_f1": round(macro_f1(right, guess, len(names)), 4),
        "ece": round(ece(right, chances), 4),
        "bins": [
            [one.low, one.high, one.count, round(one.sure, 4), round(one.right, 4)]
            for one in calibration(right, chances)
        ],
        "worst": _worst([names[one] for one in right], [names[one] for one in guess]),
    }


def _worst(right: Sequence[str], guess: Sequence[str]) -> list[dict[str, Any]]:
    """The categories with most mistakes, and what they were most often taken for."""
    counts = Counter(right)
    taken: dict[str, Counter[str]] = {}
    for one, other in zip(right, guess, strict=True):
        if one != other:
            taken.setdefault(one, Counter())[other] += 1
    order = sorted(taken, key=lambda code: (-taken[code].total(), code))[:WORST]
    return [
        {
            "code": code,
            "lessons": counts[code],
            "wrong": taken[code].total(),
            "taken_for": taken[code].most_common(1)[0][0],
        }
        for code in order
    ]


def _agreement(model: Linear, made: Sequence[Told]) -> float:
    chances = model.probabilities([model_text(text) for text, _code in made], house_tokenizer())
    hit = [model.labels[one] == code for one, (_text, code) in zip(chances.argmax(axis=1), made, strict=True)]
    return round(float(np.mean(hit)), 4)


@transaction.atomic
def _keep(model: Linear, split: Split, figures: dict[str, Any], *, worse: bool, by: Actor, at: datetime) -> TextModel:
    """The card, and unless it is worse the model in the old one's place."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [TRAIN_LOCK])
    rows = TextModel.objects.filter(kind=TextKind.CATEGORY)
    version = (rows.order_by("-version").values_list("version", flat=True).first() or 0) + 1
    file, sha256 = ("", "") if worse else save(model, selectors.folder(), f"category-{version}")
    if not worse:
        rows.filter(state=ModelState.INSTALLED).update(state=ModelState.RETIRED)
    row = TextModel(
        kind=TextKind.CATEGORY, version=version, state=ModelState.REFUSED if worse else ModelState.INSTALLED, trained_at=at,
        trained_by=by.name, lessons=split.real, made_texts=split.made, classes=len(model.labels), figures=figures, file=file,
        sha256=sha256,
    )  # fmt: skip
    TextModel.objects.bulk_create([row])
    journal.record(
        by, "text_model.train", f"texts.model:{row.pk}", at=at, version=version, state=row.state, lessons=split.real
    )
    return row
