"""The panel (评审组): seated without ties, votes in secret until all have voted, its majority corrects the final ledger or not."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.appeals import selectors
from longzhong.cases.appeals.models import Appeal, Member
from longzhong.cases.appeals.rules import CONCLUDES, Choice, Level, Stand, choices, result_flaw, wanted
from longzhong.cases.appeals.rules.asking import FLAWS as ASK_FLAWS
from longzhong.cases.appeals.rules.voting import FLAWS, TIES, panel_flaw
from longzhong.cases.appeals.services.clocking import answer_for, await_votes, vote_came
from longzhong.cases.appeals.services.drafting import check_seals
from longzhong.cases.appeals.services.moving import begin, complete, standing, written
from longzhong.cases.appeals.services.opening import open_window
from longzhong.cases.complaints import services as complaint_services
from longzhong.cases.hotline.selectors import untold
from longzhong.dispatch.matters.rules.terms import number
from longzhong.dispatch.matters.services import Said
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.policies import selectors as policies

SIZE_KEY = "complaint.appeal_panel_persons"
RESULT = (
    "result_verdict",
    "result_responsibility",
    "conclusion_sealed",
    "concluded_by",
    "concluded_at",
)


@transaction.atomic
def seat(*, appeal_id: int, members: Sequence[int], by: Actor, at: datetime) -> Appeal:
    """The office names the panel: as many as the policy says, an odd number, nobody with a tie."""
    row, move = begin(appeal_id=appeal_id, verb="seat", by=by)
    standing(row=row)
    submitted_on = civil_day(row.submitted_at) if row.submitted_at else None
    check_seals(row=row, seals=selectors.seals_of(row), today=civil_day(at), submitted_on=submitted_on)
    size = int(number(policies.value(SIZE_KEY, unit_id=row.complaint.unit_id, day=civil_day(at))))
    if (code := panel_flaw(members, size)) is not None:
        raise Refused(code, _(FLAWS[code]), size=size, members=len(members))
    _check_free(row, members, at)
    Member.objects.bulk_create([Member(appeal=row, staff_id=one, seated_at=at) for one in members])
    await_votes(row=row, members=members, at=at)
    answer_for(row=row, staff_id=by.staff_id, at=at)
    row.seated_at = at
    return complete(row=row, move=move, said=Said({"members": sorted(members)}), fields=("seated_at",), by=by, at=at)


@transaction.atomic
def replace(*, appeal_id: int, leaves: int, comes: int, reason: str, by: Actor, at: datetime) -> Appeal:
    """A member who can't go on (left, ill, a tie came up) is replaced; whoever has voted stays."""
    row, move = begin(appeal_id=appeal_id, verb="replace", by=by)
    words = written(words=reason)
    seat = row.members.filter(staff=leaves, left_at=None).first()
    if seat is None:
        raise Refused("not_member", _("要更换的人不在评审组里；什么都没有改动。"), staff=leaves)
    if seat.voted_at is not None:
        raise Refused("voted_already", _("已经投过票，不能再更换或重投；什么都没有改动。"), staff=leaves)
    if row.members.filter(staff=comes).exists():
        raise Refused("member_already", _("接替的人已经在或曾在评审组里；什么都没有改动。"), staff=comes)
    _check_free(row, [comes], at)
    seat.left_at = at
    seat.save(update_fields=["left_at"])
    Member.objects.create(appeal=row, staff_id=comes, seated_at=at)
    vote_came(row=row, staff_id=leaves, at=at)
    await_votes(row=row, members=[comes], at=at)
    said = Said({"left": leaves, "came": comes}, {"reason": words})
    return complete(row=row, move=move, said=said, by=by, at=at)


@transaction.atomic
def vote(*, appeal_id: int, choice: str, reason: str, by: Actor, at: datetime) -> Appeal:
    """One vote a member, with its reason; the timeline says how many have voted, never what."""
    row, move = begin(appeal_id=appeal_id, verb="vote", by=by)
    seat = row.members.filter(staff=by.staff_id or 0, left_at=None).first()
    if seat is None:
        raise Refused("not_member", _("您不在这件申诉的评审组里；什么都没有改动。"), appeal=row.pk)
    if seat.voted_at is not None:
        raise Refused("voted_already", _("您已经投过票；什么都没有改动。"), appeal=row.pk)
    if choice not in choices(row.ask):
        raise Refused("vote_unknown", _("请从可选的意见里选择；什么都没有改动。"), choice=choice)
    _check_free(row, [seat.staff_id], at)  # who moved away, or came to have a tie, is replaced
    seat.choice, seat.voted_at = choice, at
    seat.reason_sealed = vault.seal(untold(by, row.complaint.case, written(words=reason)))
    seat.save(update_fields=["choice", "reason_sealed", "voted_at"])
    sitting = row.members.filter(left_at=None)
    clocks = vote_came(row=row, staff_id=seat.staff_id, at=at)
    data = {"voted": sitting.exclude(voted_at=None).count(), "of": sitting.count(), "clocks": clocks}
    return complete(row=row, move=move, said=Said(data), by=by, at=at)


@transaction.atomic
def conclude(
    *, appeal_id: int, verb: str, conclusion: str, verdict: str = "", responsibility: str = "", by: Actor, at: datetime
) -> Appeal:
    """Write down what the panel came to. Allowed wholly or partly: the final ledger is corrected in the same transaction, the first
    verdict stands in the raw one. A first appeal that was refused opens the window of the final one.
    """
    row, move = begin(appeal_id=appeal_id, verb=verb, by=by)
    standing(row=row)
    found = selectors.outcome_of(row)
    if found is None:
        raise Refused("votes_missing", _("评审组还没有全部投票，不能作出结论；什么都没有改动。"), appeal=row.pk)
    if CONCLUDES[verb] is not found:
        raise Refused("not_majority", _("结论与评审组的投票结果不符；什么都没有改动。"), outcome=found.value)
    words = untold(by, row.complaint.case, written(words=conclusion))
    result = _result(row, found, Stand(verdict, responsibility))
    row.conclusion_sealed, row.concluded_by_id, row.concluded_at = vault.seal(words), by.staff_id, at
    data = {"outcome": found.value}
    if result is not None:
        row.result_verdict, row.result_responsibility = result.verdict, result.responsibility
        complaint_services.correct(
            complaint_id=row.complaint_id, verdict=result.verdict, responsibility=result.responsibility, basis=words,
            appeal=selectors.label(row.pk), by=by, at=at,
        )  # fmt: skip
        data |= {"verdict": result.verdict, "responsibility": result.responsibility}
    done = complete(row=row, move=move, said=Said(data), fields=RESULT, by=by, at=at)
    if found is Choice.REFUSED and row.level == Level.FIRST:
        open_window(complaint_id=row.complaint_id, level=Level.FINAL, by=by, at=at)
    return done


def _result(row: Appeal, found: Choice, given: Stand) -> Stand | None:
    """What stands from now on; None where the appeal was refused."""
    was = Stand(row.was_verdict, row.was_responsibility)
    goal = wanted(row.ask, row.asked_responsibility, was)
    if found is not Choice.PARTLY:
        return goal if found is Choice.ALLOWED else None
    if (code := result_flaw(was, goal, given)) is not None:
        raise Refused(code, _(ASK_FLAWS[code]), verdict=given.verdict, responsibility=given.responsibility)
    return given


def _check_free(row: Appeal, members: Sequence[int], at: datetime) -> None:
    """Everybody holds a post of the panel's roles today, and has no tie."""
    able = dict(selectors.eligible(row, civil_day(at)))
    for one in members:
        if one not in able:
            raise Refused(
                "member_unfit", _("评审人须是县公司在岗的专业部门、优服办或分管领导；什么都没有改动。"), staff=one
            )
        if (code := selectors.tie_of(one, row)) is not None:
            raise Refused(code, _(TIES[code]), staff=one)
