"""Staff and their main posts, in bulk."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit import journal, outbox
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.vault import seal, unseal
from longzhong.register.org.events import PostsMoved
from longzhong.register.org.models import Post, Staff
from longzhong.register.org.rules.roles import Role
from longzhong.register.org.rules.rows import Kept, StaffRow
from longzhong.register.org.selectors import unit_ids
from longzhong.register.org.services.dated_rows import CHUNK, Series
from longzhong.register.org.services.load import Load

PHONE = re.compile(r"\+?\d[\d-]{4,18}\d")


@transaction.atomic
def keep_staff(*, rows: Sequence[StaffRow], from_on: date | None = None, by: Actor, at: datetime) -> Kept:
    """Load staff; who has a unit in the row holds that post from the day on, and their posts in other units end."""
    need(by, Role.ADMIN)
    day = from_on or civil_day(at)
    load = Load(rows)
    units = unit_ids({row.unit_code for row in rows if row.unit_code})
    _refuse(load, units)
    codes = [row.code for row in load.open()]
    known = {one.code: one for one in Staff.objects.select_for_update().filter(code__in=codes)}
    _write_staff(load, known)
    moved = _write_posts(load, known, units, day)
    if moved:
        outbox.tell(PostsMoved(staff_ids=tuple(moved), from_on=day, at=at))
    kept = load.kept()
    if kept.new or kept.changed:
        journal.record(by, "org.keep_staff", at=at, new=kept.new, changed=kept.changed, refused=len(kept.refused))
    return kept


def _refuse(load: Load[StaffRow], units: dict[str, int]) -> None:
    for row in load.open():
        if not row.code or not row.name:
            load.refuse(row, "staff_code_missing", _("缺少工号或姓名"))
        elif row.phone and not PHONE.fullmatch(row.phone):
            load.refuse(row, "staff_phone_malformed", _("电话号码格式不对"))
        elif row.unit_code and row.unit_code not in units:
            load.refuse(row, "unit_unknown", _("单位 %(code)s 不存在") % {"code": row.unit_code})
        elif row.unit_code and row.role not in set(Role):
            load.refuse(row, "role_unknown", _("岗位角色 %(role)s 不认识") % {"role": row.role})


def _write_staff(load: Load[StaffRow], known: dict[str, Staff]) -> None:
    new, changed = [], []
    for row in load.open():
        one = known.get(row.code)
        if one is None:
            new.append(Staff(code=row.code, name=row.name, phone=seal(row.phone)))
            load.new(row)
            continue
        same_phone = not row.phone or unseal(one.phone) == row.phone
        if one.name != row.name or not same_phone:
            one.name = row.name
            one.phone = one.phone if same_phone else seal(row.phone)
            changed.append(one)
            load.change(row)
    known.update({one.code: one for one in Staff.objects.bulk_create(new, batch_size=CHUNK)})
    Staff.objects.bulk_update(changed, ["name", "phone"], batch_size=CHUNK)


def _write_posts(load: Load[StaffRow], known: dict[str, Staff], units: dict[str, int], day: date) -> list[int]:
    """Begin the posts of the rows and end what they take the place of; who moved."""
    placed = [row for row in load.open() if row.unit_code]
    mine = Post.objects.filter(staff__in=[known[row.code].pk for row in placed])
    series = Series(mine, day, "staff_id", "unit_id")
    held: dict[int, list[Post]] = {}
    for post in series.present():
        held.setdefault(post.staff_id, []).append(post)
    moved = []
    for row in placed:
        staff_id, unit_id = known[row.code].id, units[row.unit_code]
        posts = held.get(staff_id, [])
        if [(p.unit_id, p.title, p.role) for p in posts] == [(unit_id, row.title, row.role)]:
            continue
        for post in posts:
            series.end(staff_id, post.unit_id)
        series.begin(Post(staff_id=staff_id, unit_id=unit_id, title=row.title, role=row.role))
        load.change(row)
        moved.append(staff_id)
    series.write(Post)
    return moved
