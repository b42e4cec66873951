"""Keep templates: every change is a new edition; what was sent keeps the one it had."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.notifications.models import Template
from longzhong.dispatch.notifications.rules import EDITORS, Channel, Interrupted, Purpose, Text, Variable
from longzhong.dispatch.notifications.rules.sms import signature_fault
from longzhong.dispatch.notifications.rules.texts import PLACE, text_fault
from longzhong.kit import journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused

CODE = re.compile(r"[a-z][a-z0-9_]{1,38}")
SHORTEST_DAYS, LONGEST_DAYS = 1, 1095


@dataclass(frozen=True, kw_only=True)
class NewTemplate:
    """An edition to keep. Short messages need a signature."""

    code: str
    title: str
    purpose: Purpose
    texts: Mapping[Channel, Text]
    variables: Sequence[Variable] = field(default_factory=tuple)
    signature: str = ""
    interrupted: Interrupted = Interrupted.HOLD
    retention_days: int = 180
    needs_approval: bool = False


@transaction.atomic
def keep_template(*, template: NewTemplate, by: Actor, at: datetime) -> Template:
    """Add the next edition of a code and make it the current one; an equal one changes nothing."""
    need(by, *EDITORS)
    _check(template)
    last = Template.objects.select_for_update().filter(code=template.code).order_by("-edition").first()
    values = {
        "title": template.title.strip(), "purpose": template.purpose, "signature": template.signature,
        "texts": {channel.value: asdict(text) for channel, text in template.texts.items()},
        "variables": [asdict(one) | {"type": one.type.value} for one in template.variables],
        "interrupted": template.interrupted, "retention_days": template.retention_days,
        "needs_approval": template.needs_approval,
    }  # fmt: skip
    if last is not None and last.current and all(getattr(last, name) == value for name, value in values.items()):
        return last
    Template.objects.filter(code=template.code, current=True).update(current=False)
    row = Template.objects.create(
        code=template.code, edition=last.edition + 1 if last else 1, made_at=at, made_by_user=by.user_id, **values
    )
    journal.record(by, "notifications.template", f"template:{row.code}", at=at, edition=row.edition)
    return row


@transaction.atomic
def retire_template(*, code: str, by: Actor, at: datetime) -> None:
    """Take a template out of use; notices already made go on with it."""
    need(by, *EDITORS)
    if not Template.objects.filter(code=code, current=True).update(current=False):
        raise Refused("template_unknown", _("没有这个在用的模板；什么都没有改动。"), template=code)
    journal.record(by, "notifications.template_retire", f"template:{code}", at=at)


def _check(template: NewTemplate) -> None:
    if CODE.fullmatch(template.code) is None or not template.title.strip():
        raise Refused("template_code", _("模板要有名称，编码用小写字母、数字和下划线；没有保存。"))
    if not template.texts:
        raise Refused("template_empty", _("模板至少要写一个渠道的内容；没有保存。"))
    if Channel.SMS in template.texts and signature_fault(template.signature):
        raise Refused("template_signature", _("短信要有 2 到 20 字的签名，不含括号和空格；没有保存。"))
    if not SHORTEST_DAYS <= template.retention_days <= LONGEST_DAYS:
        raise Refused("template_retention", _("保存天数在 1 到 1095 之间；没有保存。"))
    names = [one.name for one in template.variables]
    if len(set(names)) != len(names) or any(
        PLACE.fullmatch(f"{{{one.name}}}") is None or not 1 <= one.longest <= 300 for one in template.variables
    ):
        raise Refused("template_variables", _("变量名要用小写字母且不重复，长度在 1 到 300 之间；没有保存。"))
    for channel, text in template.texts.items():
        if (fault := text_fault(text, template.variables)) is not None:
            raise Refused("template_text", TEXT_FAULTS[fault], channel=channel.value, fault=fault)


TEXT_FAULTS = {
    "text_missing": "有渠道没有写正文；没有保存。",
    "text_brackets": "正文里有不成对的大括号，或括号里不是变量名；没有保存。",
    "text_signed_twice": "签名由系统加在开头，正文不要再写【】；没有保存。",
    "text_place_unknown": "正文用了没有声明的变量；没有保存。",
}
