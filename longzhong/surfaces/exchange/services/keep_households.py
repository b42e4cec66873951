"""Household lists of demolitions: parsed rows to the owner of the data in one bulk call."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from longzhong.cases.closures import services as closures
from longzhong.cases.closures.rules import HouseholdRow, HouseholdsKept
from longzhong.kit.actor import Actor

SAYS = {"yes": True, "no": False}


def keep_household_rows(*, rows: Sequence[dict[str, Any]], by: Actor, at: datetime) -> HouseholdsKept:
    """What became of the rows; remarks are of rows that were kept."""
    made = [
        HouseholdRow(
            project=one["project"],
            account=one["account"],
            moved_away=SAYS.get(one.get("moved_away") or ""),
            next_on=one.get("next_on"),
        )
        for one in rows
    ]
    return closures.keep_households(rows=made, by=by, at=at)
