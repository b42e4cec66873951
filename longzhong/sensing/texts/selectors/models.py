"""The installed model, and the cards of all."""

from datetime import date
from pathlib import Path

import structlog
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.policies import selectors as policies
from longzhong.sensing.texts.engines.linear import Linear
from longzhong.sensing.texts.engines.store import StoreError, load
from longzhong.sensing.texts.models import Lesson, TextModel
from longzhong.sensing.texts.rules import Limits, ModelState, Source, TextKind

log = structlog.get_logger(__name__)


def folder() -> Path:
    """Where model files of this installation lie."""
    return Path(settings.VAR) / "models"


def limits(day: date | None = None) -> Limits:
    return policies.limits(Limits, "texts", day=day or clock.today())


def installed_row() -> TextModel | None:
    return TextModel.objects.filter(kind=TextKind.CATEGORY, state=ModelState.INSTALLED).first()


def installed() -> tuple[TextModel, Linear] | None:
    """The model in use, read once a process and version; None before the first one, or if its file is gone (logged)."""
    row = installed_row()
    if row is None:
        return None
    try:
        return row, load(folder() / row.file, row.sha256)
    except StoreError as error:
        log.error("text_model_unreadable", version=row.version, why=str(error))
        return None


def visible_to(actor: Actor) -> QuerySet[TextModel]:
    """The door: everybody signed in may read the cards of models that suggest to them."""
    return TextModel.objects.all() if actor.system or actor.scopes else TextModel.objects.none()


def cards(actor: Actor) -> QuerySet[TextModel]:
    return visible_to(actor).order_by("-version", "-id")


def card(actor: Actor, version: int) -> TextModel:
    found: TextModel | None = visible_to(actor).filter(kind=TextKind.CATEGORY, version=version).first()
    if found is None:
        raise Refused("not_found", _("没有这个版本的模型。"), version=version)
    return found


def lesson_counts() -> dict[str, int]:
    """How many lessons there are by source."""
    counts = {one.value: 0 for one in Source}
    for source in Lesson.objects.values_list("source", flat=True):
        counts[source] += 1
    return counts
