"""Averted complaints for tests, recorded through the service."""

import itertools
from datetime import datetime
from typing import Any

from longzhong.cases.nearmisses import services
from longzhong.kit.actor import Actor
from tests.cases.hotline.make import MORNING

_keys = itertools.count()


def key() -> str:
    return f"near-miss-{next(_keys):06}"


def a_near_miss(by: Actor, *, when: datetime = MORNING, client_key: str = "", **changes: Any) -> int:
    """One recorded at the counter; `changes` are fields of NewNearMiss."""
    told = {
        "place": "hall",
        "reason": "unfamiliar",
        "means": ("explained", "helped"),
        "words": "讲清了阶梯电价",
        **changes,
    }
    return services.record_near_miss(new=services.NewNearMiss(**told), key=client_key or key(), by=by, at=when)


def step(near_miss_id: int, verb: str, by: Actor, *, words: str = "", when: datetime = MORNING) -> str:
    return services.take_step(near_miss_id=near_miss_id, verb=verb, words=words, key=key(), by=by, at=when)
