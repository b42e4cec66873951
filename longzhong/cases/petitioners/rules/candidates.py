"""Who came so often that a file may help (老上访候选)? Calls are put together by phone or identity; those without by account.

Never a decision: a candidate is a line on a list, and a person opens a file or lets it rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Caller:
    """How often somebody with this phone, identity and account called; `call_id` the last of it."""

    phone: str
    person: int | None
    account: int | None
    calls: int
    last_at: datetime
    call_id: int


@dataclass(frozen=True)
class Group:
    """Callers that are one person as far as we know. `shared`: only the account is common, so it may be a household."""

    phones: frozenset[str]
    persons: frozenset[int]
    accounts: frozenset[int]
    calls: int
    last_at: datetime
    call_id: int
    shared: bool


def groups(callers: Sequence[Caller], least: int) -> list[Group]:
    """Groups of at least `least` calls, the most frequent first; those of an account only where no person stands out."""
    people = [_group(one, shared=False) for one in _joined(callers)]
    found = [group for group in people if group.calls >= least]
    covered = {account for group in found for account in group.accounts}
    by_account: dict[int, list[Caller]] = {}
    for caller in callers:
        if caller.account is not None and caller.account not in covered:
            by_account.setdefault(caller.account, []).append(caller)
    homes = [_group(one, shared=True) for one in by_account.values()]
    found += [group for group in homes if group.calls >= least]
    return sorted(found, key=lambda group: (-group.calls, -group.last_at.timestamp(), group.call_id))


def _joined(callers: Sequence[Caller]) -> list[list[Caller]]:
    """Callers joined by a common phone or identity, however long the chain."""
    owner: dict[str | int, int] = {}
    lists: dict[int, list[Caller]] = {}
    for number, caller in enumerate(callers):
        keys = [key for key in (caller.phone, caller.person) if key]
        if not keys:
            continue
        met = sorted({owner[key] for key in keys if key in owner})
        home = met[0] if met else number
        merged = [*lists.get(home, []), caller]
        for other in met[1:]:
            merged += lists.pop(other)
            owner.update({key: home for key, at in owner.items() if at == other})
        lists[home] = merged
        owner.update(dict.fromkeys(keys, home))
    return list(lists.values())


def _group(callers: Sequence[Caller], *, shared: bool) -> Group:
    last = max(callers, key=lambda one: (one.last_at, one.call_id))
    return Group(
        phones=frozenset(one.phone for one in callers if one.phone),
        persons=frozenset(one.person for one in callers if one.person is not None),
        accounts=frozenset(one.account for one in callers if one.account is not None),
        calls=sum(one.calls for one in callers),
        last_at=last.last_at,
        call_id=last.call_id,
        shared=shared,
    )
