"""Remind the customer by message, with the state of the closure in its words; follow what was closed elsewhere."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.closures import selectors
from longzhong.cases.closures.models import Closure
from longzhong.cases.closures.rules import LIVE, STATE_LABELS, State, paper_words
from longzhong.cases.closures.services.ending import found_closed
from longzhong.cases.closures.services.households import found_closed_household
from longzhong.cases.closures.services.moving import note
from longzhong.dispatch.matters.services import Said
from longzhong.dispatch.notifications import selectors as notices
from longzhong.dispatch.notifications import services as notifications
from longzhong.dispatch.notifications.rules import (
    COMPOSERS,
    Channel,
    NewNotice,
    Purpose,
    Recipient,
    Text,
    Variable,
    VarType,
)
from longzhong.dispatch.notifications.rules import State as NoticeState
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.masking import mask_account_code
from longzhong.register.policies import selectors as policies

TEMPLATE = "closure_pending"
MACHINE = Actor.machine("closures.remind")
WORDING = Text(
    "您的户号{account}销户尚未办结（{state}）。{papers}。办结前不再发送电费短信；如已结清并办妥，可不再理会。请于{day}前联系{unit}办理。"
)
VARIABLES = (
    Variable("account", "户号", VarType.CODE, 40, sample="****0001"),
    Variable("state", "办理状态", longest=20, sample="口头意愿，未受理"),
    Variable("papers", "还缺的材料", longest=90, sample="还需：身份证明"),
    Variable("day", "下次联系日期", VarType.CODE, 10, sample="2026-03-09"),
    Variable("unit", "供电所", longest=20, sample="檀溪供电所"),
)


def remind_customer(*, closure_id: int, by: Actor, at: datetime) -> int:
    """One message to the customer a day: what is missing and until when; the id of the notice. Not one transaction (compose)."""
    need(by, *COMPOSERS)
    row = selectors.closure_of(by, closure_id)
    if row.state not in LIVE:
        raise Refused("closure_over", _("这件销户已经结束；什么都没有改动。"), closure=closure_id)
    if row.account.state == "demolished":
        raise Refused("account_gone", _("这一户已标记拆迁，不再发短信，请电话或上门联系；什么都没有改动。"))
    _keep_wording(row.unit_id, at)
    new = NewNotice(
        template=TEMPLATE, unit_id=row.unit_id, channels=(Channel.SMS,), cause=selectors.label(row.pk),
        title=f"销户提醒 {row}", key=f"closures.remind:{row.pk}:{civil_day(at):%Y%m%d}",
    )  # fmt: skip
    recipient = Recipient(account_id=row.account_id, params=_params(row, at))
    notice = notifications.compose(notice=new, recipients=[recipient], by=by, at=at)
    if notice.state == NoticeState.READY:
        notifications.queue_notice(notice_id=notice.pk, by=by, at=at)
        _note(row.pk, notice.pk, by, at)
    return notice.pk


def remind_due(*, by: Actor, at: datetime) -> int:
    """Where the unit's policy says so, remind the customers whose contact day has passed; returns how many. Safe twice."""
    sent = 0
    for closure_id in selectors.to_remind(civil_day(at)):
        row = selectors.closure_of(by, closure_id)
        wanted = policies.value("closure.auto_remind", unit_id=row.unit_id, day=civil_day(at))
        if wanted and row.account.state != "demolished":
            sent += _reminded(closure_id, by, at)
    return sent


def follow_accounts(*, by: Actor, at: datetime) -> int:
    """What the marketing system has closed meanwhile is closed here too; returns how many. Safe twice."""
    closures, households = selectors.closed_elsewhere()
    done = sum(found_closed(closure_id=one, by=by, at=at) for one in closures)
    return done + sum(found_closed_household(household_id=one, by=by, at=at) for one in households)


def _reminded(closure_id: int, by: Actor, at: datetime) -> bool:
    """Whether the message went out; one without a mobile doesn't stop the others."""
    try:
        remind_customer(closure_id=closure_id, by=by, at=at)
    except Refused as refusal:
        if refusal.code != "nobody_to_reach":
            raise
        return False
    return True


def _params(row: Closure, at: datetime) -> dict[str, str]:
    missing = [paper_words(code).partition("（")[0] for code in selectors.missing_of(row.pk)]
    papers = (
        f"还需：{'、'.join(missing)}"
        if missing
        else _("请携身份证明到营业厅")
        if row.state == State.WISHED
        else _("材料已齐")
    )
    code = customers.codes_of([row.account_id])[row.account_id]
    return {
        "account": mask_account_code(code), "state": STATE_LABELS[State(row.state)], "papers": papers[:90],
        "day": f"{row.next_on or civil_day(at):%Y-%m-%d}", "unit": row.unit.name[:20],
    }  # fmt: skip


def _keep_wording(unit_id: int, at: datetime) -> None:
    """The template, made once; an office that has changed it keeps its own."""
    if notices.current_template(TEMPLATE) is not None:
        return
    signature = str(policies.value("closure.sms_signature", unit_id=unit_id, day=civil_day(at)))
    template = notifications.NewTemplate(
        code=TEMPLATE, title="销户提醒", purpose=Purpose.SERVICE, signature=signature, variables=VARIABLES,
        texts={Channel.SMS: WORDING},
    )  # fmt: skip
    notifications.keep_template(template=template, by=MACHINE, at=at)


@transaction.atomic
def _note(closure_id: int, notice_id: int, by: Actor, at: datetime) -> None:
    row = Closure.objects.select_for_update(of=("self",)).get(pk=closure_id)
    row.reminded_at = at
    row.save(update_fields=["reminded_at"])
    note(row=row, verb="remind", said=Said({"notice": notice_id}), by=by, at=at)
