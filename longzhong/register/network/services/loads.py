"""What every load of the network shares: the door, the faults of single rows, wrong references, and the tally."""

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext as _

from longzhong.kit import journal
from longzhong.kit.actor import Actor, need
from longzhong.register.network.rules import Fault, fault_of
from longzhong.register.network.rules.faults import Row
from longzhong.register.org.rules import Role
from longzhong.register.org.rules.rows import Kept
from longzhong.register.org.services.load import Load

AnyRow = TypeVar("AnyRow", bound=Row)


def open_load(*, rows: Collection[AnyRow], by: Actor) -> Load[AnyRow]:
    """The rows of a load without those that are wrong in themselves."""
    need(by, Role.ADMIN)
    load = Load(list(rows))
    says = _fault_messages()
    for row in load.open():
        if fault := fault_of(row):
            load.refuse(row, fault.value, says[fault])
    return load


def refuse_unknown(*, load: Load[AnyRow], field: str, known: Collection[str], code: str, what: str) -> None:
    """Refuse rows whose reference isn't empty and points nowhere."""
    for row in load.open():
        wanted = getattr(row, field)
        if wanted and wanted not in known:
            load.refuse(row, code, _("%(what)s %(wanted)s 不存在；请先导入它") % {"what": what, "wanted": wanted})


def tally(
    *, load: Load[AnyRow], new: Collection[str], changed: Collection[str], what: str, by: Actor, at: datetime
) -> Kept:
    """Count the load without a rest, and note it in the journal if it wrote anything."""
    base = load.kept()
    moved = len(set(changed) - set(new))
    kept = Kept(len(new), moved, base.unchanged - len(new) - moved, base.refused)
    if kept.new or kept.changed:
        journal.record(by, f"network.keep_{what}", at=at, new=kept.new, changed=kept.changed, refused=len(kept.refused))
    return kept


def _fault_messages() -> dict[Fault, str]:
    return {
        Fault.CODE: _("编码为空、过长或含有不可见字符"),
        Fault.NAME: _("名称为空、过长或含有不可见字符"),
        Fault.POSITION: _("经纬度不成对或超出范围"),
        Fault.KIND: _("类别不认识"),
        Fault.KVA: _("容量应为 0 到 1000000 kVA"),
        Fault.KV: _("电压等级应大于 0 kV"),
        Fault.PHASE: _("相别应为 A、B、C、ABC 或空"),
        Fault.WIRING: _("接线方式应为 1（单相）或 3（三相）"),
        Fault.RATIO: _("综合倍率应为不小于 1 的整数"),
    }
