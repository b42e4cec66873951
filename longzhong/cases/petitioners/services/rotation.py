"""After a new seal key: names and phones of files under the current key, so that the old one can be retired."""

from datetime import datetime

from django.db import models, transaction

from longzhong.cases.petitioners.models import Petitioner, PetitionerPhone
from longzhong.kit import journal, vault
from longzhong.kit.actor import Actor, need
from longzhong.register.org.rules import Role

SEALED: tuple[tuple[type[models.Model], str], ...] = ((Petitioner, "name_sealed"), (PetitionerPhone, "phone_sealed"))
BATCH = 2_000


@transaction.atomic
def reseal_some(*, by: Actor, at: datetime, limit: int = BATCH) -> int:
    """Seal up to `limit` rows of each table anew; returns how many. Call again until it returns 0."""
    need(by, Role.SECURITY)
    done = 0
    for model, column in SEALED:
        old = model._default_manager.select_for_update().exclude(**{column: ""})
        rows = old.exclude(**{f"{column}__startswith": vault.current_prefix()}).order_by("id").values_list("id", column)
        for pk, token in list(rows[:limit]):
            model._default_manager.filter(pk=pk).update(**{column: vault.reseal([token])[0]})
            done += 1
    if done:
        journal.record(by, "petitioners.reseal", at=at, rows=done)
    return done
