"""After a new seal key: bring what was sealed under an older one to the current key, so that the old key can be retired."""

from datetime import datetime

from django.db import models, transaction

from longzhong.kit import journal, vault
from longzhong.kit.actor import Actor, need
from longzhong.register.customers.models import Account, Contact, Person, Priority
from longzhong.register.customers.services.copying import update_rows
from longzhong.register.org.rules import Role

SEALED: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (Account, ("name_sealed", "room_sealed")),
    (Person, ("name_sealed", "id_sealed")),
    (Contact, ("phone_sealed",)),
    (Priority, ("note_sealed",)),
)
BATCH = 5_000


@transaction.atomic
def reseal_some(*, by: Actor, at: datetime, limit: int = BATCH) -> int:
    """Seal up to `limit` rows of each table anew; returns how many. Call again until it returns 0."""
    need(by, Role.SECURITY)
    done = sum(_reseal(model, columns, limit) for model, columns in SEALED)
    if done:
        journal.record(by, "customers.reseal", at=at, rows=done)
    return done


def _reseal(model: type[models.Model], columns: tuple[str, ...], limit: int) -> int:
    current = vault.current_prefix()
    old = models.Q(pk__in=())
    for column in columns:
        old |= ~models.Q(**{column: ""}) & ~models.Q(**{f"{column}__startswith": current})
    rows = model._default_manager.select_for_update().filter(old).order_by("id").values_list("id", *columns)[:limit]
    fresh = [(number, *vault.reseal(tokens)) for number, *tokens in rows]
    if fresh:
        update_rows(model=model, columns=("id", *columns), rows=fresh)
    return len(fresh)
