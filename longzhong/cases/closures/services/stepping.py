"""The way in for people: every step with its fields and files, once for a client key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.closures import selectors
from longzhong.cases.closures.rules import ROW_WORDS, Given, HouseholdRow, NewClosure
from longzhong.cases.closures.services import ending, households, opening, papers, projects, telling
from longzhong.cases.closures.services.importing import keep_households
from longzhong.cases.closures.services.projects import NewProject
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Upload
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.customers.rules.masking import mask_account_code
from longzhong.register.org.rules.rows import RefusedRow


class WhoClosure(TypedDict):
    closure_id: int
    given: Given
    by: Actor
    at: datetime


class WhoHousehold(TypedDict):
    household_id: int
    given: Given
    by: Actor
    at: datetime


class WhoProject(TypedDict):
    project_id: int
    reason: str
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Step:
    """A person's step with a closure."""

    uploads: Sequence[Upload]
    who: WhoClosure


DOERS: dict[str, Callable[[Step], object]] = {
    "apply": lambda s: papers.accept(**s.who),
    "bring": lambda s: papers.bring(**s.who),
    "pass_on": lambda s: papers.pass_on(**s.who),
    "contact": lambda s: ending.contact(**s.who),
    "read": lambda s: ending.read(uploads=s.uploads, **s.who),
    "settle": lambda s: ending.settle(**s.who),
    "close": lambda s: ending.close(**s.who),
    "withdraw": lambda s: ending.withdraw(**s.who),
    "assign": lambda s: ending.assign(**s.who),
}
HOUSES: dict[str, Callable[[WhoHousehold], object]] = {
    "contact": lambda who: households.contact_household(**who),
    "refuse": lambda who: households.refuse_household(**who),
    "transfer": lambda who: households.transfer_household(**who),
    "drop": lambda who: households.drop_household(**who),
    "resume": lambda who: households.resume_household(**who),
}
WORKS: dict[str, Callable[[WhoProject], object]] = {
    "finish": lambda who: projects.finish_project(**who),
    "reopen": lambda who: projects.reopen_project(**who),
}


@transaction.atomic
def take_step(
    *, closure_id: int, verb: str, given: Given, uploads: Sequence[Upload] = (), key: str, by: Actor, at: datetime
) -> str:
    """Take one step of a closure; the same client key is answered with the same word and does nothing again."""
    step = Step(uploads, WhoClosure(closure_id=closure_id, given=given, by=by, at=at))
    return matters.step_once(doers=DOERS, verb=verb, step=step, of=selectors.label(closure_id), key=key, by=by, at=at)


@transaction.atomic
def step_household(*, household_id: int, verb: str, given: Given, key: str, by: Actor, at: datetime) -> str:
    """Take one step of a household, once for a client key."""
    who = WhoHousehold(household_id=household_id, given=given, by=by, at=at)
    label = selectors.household_label(household_id)
    return matters.step_once(doers=HOUSES, verb=verb, step=who, of=label, key=key, by=by, at=at)


@transaction.atomic
def step_project(*, project_id: int, verb: str, given: Given, key: str, by: Actor, at: datetime) -> str:
    """Take one step of a project, once for a client key."""
    who = WhoProject(project_id=project_id, reason=given.reason, by=by, at=at)
    label = selectors.project_label(project_id)
    return matters.step_once(doers=WORKS, verb=verb, step=who, of=label, key=key, by=by, at=at)


@transaction.atomic
def judge_once(*, fault_id: int, verb: str, given: Given, key: str, by: Actor, at: datetime) -> str:
    """Judge a second request, once for a client key."""

    def act() -> str:
        telling.judge(fault_id=fault_id, verb=verb, reason=given.reason, by=by, at=at)
        return verb

    return matters.once(key=key, what=f"{selectors.fault_label(fault_id)} {verb}", act=act, by=by, at=at)


@transaction.atomic
def begin_once(
    *, account_id: int, new: NewClosure, uploads: Sequence[Upload] = (), key: str, by: Actor, at: datetime
) -> int:
    """Begin a closure, once for a client key; its id."""

    def make() -> int:
        return opening.begin(account_id=account_id, new=new, uploads=uploads, by=by, at=at).pk

    return matters.once_int(key=key, what=f"closures.begin:{account_id}", make=make, by=by, at=at)


@transaction.atomic
def open_project_once(*, new: NewProject, key: str, by: Actor, at: datetime) -> int:
    """Open a project, once for a client key; its id."""

    def make() -> int:
        return projects.open_project(new=new, by=by, at=at).pk

    return matters.once_int(key=key, what="closures.project", make=make, by=by, at=at)


@transaction.atomic
def add_households_once(
    *, project_id: int, accounts: Sequence[str], key: str, by: Actor, at: datetime
) -> tuple[int, int, str]:
    """Households by their 户号, once for a client key: how many are new, how many were there, and why others weren't kept.

    Where none could be kept the first reason is the refusal; the sentence names at most five of the others.
    """

    def act() -> str:
        project = selectors.project_of(by, project_id)
        codes = [one for account in accounts if (one := account.strip())]
        rows = [HouseholdRow(project=project.number or "", account=one) for one in codes]
        kept = keep_households(rows=rows, by=by, at=at)
        if not rows or len(kept.refused) == len(rows):
            first = kept.refused[0] if kept.refused else RefusedRow(0, "account_unknown", ROW_WORDS["account_unknown"])
            raise Refused(first.code, _("%(why)s；没有列入。") % {"why": first.message})
        why = "；".join(f"{mask_account_code(codes[one.index])} {one.message}" for one in kept.refused[:5])
        return f"{kept.new}|{kept.unchanged + kept.changed}|{len(kept.refused)}|{why}"[:200]

    done = matters.once(key=key, what=f"{selectors.project_label(project_id)} add", act=act, by=by, at=at)
    new, there, lost, why = done.split("|", 3)
    return int(new), int(there), f"{lost} 户没有列入：{why}" if int(lost) else ""


@transaction.atomic
def tell_once(*, account_id: int, kind: str, way: str, case_number: str = "", key: str, by: Actor, at: datetime) -> int:
    """Hand a list over, once for a client key; the id of the kept list."""

    def make() -> int:
        return telling.tell_list(account_id=account_id, kind=kind, way=way, case_number=case_number, by=by, at=at).pk

    return matters.once_int(key=key, what=f"closures.tell:{account_id}:{kind}", make=make, by=by, at=at)


@transaction.atomic
def ask_again_once(*, telling_id: int, given: Given, key: str, by: Actor, at: datetime) -> int:
    """Record a second request, once for a client key; its id."""

    def make() -> int:
        return telling.ask_again(telling_id=telling_id, given=given, by=by, at=at).pk

    return matters.once_int(key=key, what=f"closures.again:{telling_id}", make=make, by=by, at=at)
