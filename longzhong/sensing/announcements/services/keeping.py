"""What telling needs to be there: the shipped texts, partners' groups, and a way out that reaches nobody for a demo county."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.notifications import selectors as notice_reads
from longzhong.dispatch.notifications import services as notices
from longzhong.dispatch.notifications.rules import Kind
from longzhong.dispatch.notifications.rules.recipients import PLAIN
from longzhong.kit import journal, vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text
from longzhong.sensing.announcements import selectors
from longzhong.sensing.announcements.gateways import shipped_templates
from longzhong.sensing.announcements.models import Group
from longzhong.sensing.announcements.rules import KEEPERS, NewGroup

DEMO = "demo-portal"


def keep_templates(*, by: Actor, at: datetime) -> int:
    """The shipped texts (load at migrate): a new one is added, an untouched one follows the file; returns how many were written.

    What a person has edited or retired stays as they left it.
    """
    written = 0
    for one in shipped_templates():
        last = notice_reads.last_edition(one.code)
        if last is not None and (last.made_by_user is not None or not last.current):
            continue
        made = notices.keep_template(template=one, by=by, at=at)
        written += last is None or made.pk != last.pk
    return written


def keep_demo_provider(*, by: Actor, at: datetime) -> None:
    """A provider for a demo county: people find the notice on the portal, nothing goes out to anybody."""
    provider = notices.NewProvider(code=DEMO, name="网上查询（演示，不外发）", kind=Kind.PORTAL, rate_per_s=500)
    notices.keep_provider(provider=provider, by=by, at=at)


@transaction.atomic
def keep_group(*, group: NewGroup, group_id: int | None = None, key: str, by: Actor, at: datetime) -> int:
    """Add a partner's group, or change one of the actor's; once for a client key. Returns its id."""

    def make() -> int:
        return _keep(group, group_id, by, at)

    return matters.once_int(key=key, what=f"announcements.group {group_id or group.unit_id}", make=make, by=by, at=at)


@transaction.atomic
def end_group(*, group_id: int, key: str, by: Actor, at: datetime) -> None:
    """Our robot writes to this group no more; what was written stays counted."""

    def act() -> str:
        row = _held(group_id, by)
        row.ended_on = civil_day(at)
        row.save(update_fields=["ended_on"])
        journal.record(by, "announcements.group_end", f"group:{row.pk}", at=at)
        return "ended"

    matters.once(key=key, what=f"announcements.group_end {group_id}", act=act, by=by, at=at)


def _keep(group: NewGroup, group_id: int | None, by: Actor, at: datetime) -> int:
    row = Group() if group_id is None else _held(group_id, by)
    if not by.system and group.unit_id not in by.units(*KEEPERS):
        raise Refused("not_allowed", _("这个单位不在您的管辖范围内；什么都没有改动。"))
    row.name, row.estate, row.unit_id = clean_text(group.name, 60), clean_text(group.estate, 60), group.unit_id
    if group.robot:
        if PLAIN.fullmatch(group.robot) is None:
            raise Refused("robot_key", _("机器人的 key 只有字母、数字和横线，请只填 key= 后面的部分；没有保存。"))
        row.robot_sealed, row.robot_index = vault.seal(group.robot), vault.index(group.robot, "robot")
    if not row.name or not row.robot_sealed:
        raise Refused("group_whole", _("请填写群名和机器人的 key；没有保存。"))
    try:
        with transaction.atomic():
            if group_id is None:
                Group.objects.bulk_create([row])
            else:
                row.save(update_fields=["name", "estate", "unit", "robot_sealed", "robot_index"])
    except IntegrityError as error:
        raise Refused("robot_known", _("这个机器人已经登记在另一个群；没有保存。")) from error
    journal.record(by, "announcements.group", f"group:{row.pk}", at=at, unit=row.unit_id)
    return row.pk


def _held(group_id: int, by: Actor) -> Group:
    need(by, *KEEPERS)
    row = selectors.groups(by).select_for_update(of=("self",)).filter(pk=group_id).first()
    if row is None:
        raise Refused("not_found", _("没有这个群，或不在您的管辖范围内。"))
    return row
