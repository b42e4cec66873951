"""What other systems call our categories."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit import clock, journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.register.categories.models import ExternalCode
from longzhong.register.categories.services.changing import KEEPERS, live
from longzhong.register.categories.services.loading import lock_tree


@transaction.atomic
def map_external(*, system: str, code: str, category_id: int, by: Actor, at: datetime) -> ExternalCode:
    """Let a system's code mean a category; saying the same twice is heard once, another meaning needs `unmap` first."""
    need(by, *KEEPERS)
    lock_tree()
    system, code = system.strip()[:40], code.strip()[:80]
    if not system or not code:
        raise Refused("external_code_empty", _("请填写系统名称和它的编码；没有改动。"))
    category = live(category_id, clock.civil_day(at))
    row, fresh = ExternalCode.objects.get_or_create(
        system=system, code=code, defaults={"category": category, "by_name": by.name, "at": at}
    )
    if row.category_id != category.pk:
        raise Refused(
            "external_code_taken",
            _("%(system)s 的 %(code)s 已经对应另一分类；请先解除原对应。") % {"system": system, "code": code},
            category=row.category_id,
        )
    if fresh:
        journal.record(by, "category.map", f"categories.category:{category.pk}", at=at, system=system, code=code)
    return row


@transaction.atomic
def unmap(*, external_id: int, by: Actor, at: datetime) -> None:
    """Take a mapping away; the journal keeps what it was."""
    need(by, *KEEPERS)
    lock_tree()
    row = ExternalCode.objects.filter(pk=external_id).first()
    if row is None:
        raise Refused("not_found", _("这个对应关系已经不在；没有改动。"), external=external_id)
    label = f"categories.category:{row.category_id}"
    journal.record(by, "category.unmap", label, at=at, system=row.system, category=row.code)
    row.delete()
