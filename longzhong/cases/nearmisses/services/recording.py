"""Record what was dissolved before it became a complaint: quick enough to be done at the counter."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.rules.words import Mood, RootCause
from longzhong.cases.nearmisses import selectors
from longzhong.cases.nearmisses.models import NearMiss
from longzhong.cases.nearmisses.rules import HANDS, Means, Place, RecordLimits
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.categories import selectors as categories
from longzhong.register.customers import selectors as customers
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies


@dataclass(frozen=True)
class NewNearMiss:
    """What somebody tells. `staff_id` None: whoever records it; `happened_at` None: now. `words` are kept erasable."""

    place: str
    reason: str
    means: tuple[str, ...]
    mood_before: str = Mood.EXCITED
    mood_after: str = Mood.CALM
    words: str = ""
    staff_id: int | None = None
    happened_at: datetime | None = None
    category_id: int | None = None
    account_code: str = ""
    case_id: int | None = None
    incident: str = ""


@dataclass(frozen=True)
class _Place:
    unit_id: int
    grid_id: int | None
    account_id: int | None


@transaction.atomic
def record_near_miss(*, new: NewNearMiss, key: str, by: Actor, at: datetime) -> int:
    """Keep one averted complaint, once for a client key; returns its id."""

    return matters.once_int(key=key, what="nearmisses.record", make=lambda: _record(new, by=by, at=at), by=by, at=at)


def _record(new: NewNearMiss, *, by: Actor, at: datetime) -> int:
    need(by, *HANDS)
    if by.staff_id is None:
        raise Refused("not_staff", _("这个账号没有对应的员工，不能登记化解；什么都没有改动。"))
    _whole(new)
    staff_id, happened = new.staff_id or by.staff_id, new.happened_at or at
    place = _place(new, staff_id, by=by, day_of=happened)
    _in_time(happened, place.unit_id, at)
    matter = f"nearmisses.of:{staff_id}"
    matters.lock_matter(matter=matter)  # one person's records one after the other: a twin is seen
    _refuse_twin(new, staff_id)
    row = NearMiss(
        at=happened, unit_id=place.unit_id, grid_id=place.grid_id, staff_id=staff_id, recorded_by_id=by.staff_id,
        recorded_at=at, place=new.place, category_id=new.category_id, reason=new.reason,
        means=sorted(set(new.means)), mood_before=new.mood_before, mood_after=new.mood_after,
        account_id=place.account_id, case_id=new.case_id, incident=new.incident,
    )  # fmt: skip
    NearMiss.objects.bulk_create([row])
    row.number = f"HJ{civil_day(happened):%Y%m%d}{row.pk:06d}"
    row.save(update_fields=["number"])
    data = {"place": row.place, "reason": row.reason, "means": row.means, "staff": staff_id, "case": new.case_id}
    step = matters.NewStep("record", data, {"text": new.words.strip()})
    matters.add_step(matter=selectors.label(row.pk), step=step, by=by, at=at)
    return row.pk


def _whole(new: NewNearMiss) -> None:
    known = new.place in set(Place) and new.reason in set(RootCause) and {new.mood_before, new.mood_after} <= set(Mood)
    if not known or not new.means or not set(new.means) <= set(Means):
        raise Refused("near_miss_incomplete", _("请选择地点、起因和化解办法（至少一种）；什么都没有改动。"))
    if new.category_id is not None and not categories.by_ids([new.category_id]):
        raise Refused("category_unknown", _("没有这个业务分类；什么都没有改动。"), category=new.category_id)


def _place(new: NewNearMiss, staff_id: int, *, by: Actor, day_of: datetime) -> _Place:
    """The unit and cell of that day: the case's, else those of who dissolved it; and the customer, if one is named."""
    account_id = _account(new.account_code, by)
    if staff_id != by.staff_id and not org.visible_staff(by).filter(pk=staff_id).exists():
        raise Refused("staff_unknown", _("没有这位员工，或不在您的管辖范围内；什么都没有改动。"), staff=staff_id)
    if new.case_id is not None:
        case = hotline.case_of(by, new.case_id)
        return _Place(case.unit_id, case.grid_id, account_id or case.account_id)
    day = civil_day(day_of)
    units = selectors.posts_on(staff_id, day)
    if not units:
        raise Refused("staff_without_post", _("此人当天不在任何岗位上，不能登记；什么都没有改动。"), staff=staff_id)
    cells = [cell.id for cell in org.grids_managed(staff_id, day)]
    return _Place(units[0], cells[0] if len(cells) == 1 else None, account_id)


def _account(code: str, by: Actor) -> int | None:
    if not code.strip():
        return None
    found = customers.visible_to(by).filter(code=code.strip()).values_list("id", flat=True).first()
    if found is None:
        raise Refused("account_unknown", _("没有这个户号，或不在您的管辖范围内；什么都没有改动。"))
    return int(found)


def _in_time(happened: datetime, unit_id: int, at: datetime) -> None:
    limits = policies.limits(RecordLimits, "nearmisses", unit_id=unit_id, day=civil_day(at))
    if not at - timedelta(days=limits.record_days) <= happened <= at:
        message = _("只能登记最近 %(days)s 天内、已经发生的化解；什么都没有改动。") % {"days": limits.record_days}
        raise Refused("near_miss_not_in_time", message, days=limits.record_days)


def _refuse_twin(new: NewNearMiss, staff_id: int) -> None:
    """The same person and the same case or incident: named, not kept twice."""
    rows = NearMiss.objects.filter(staff=staff_id)
    known = None
    if new.case_id is not None:
        known = rows.filter(case=new.case_id).first()
    if known is None and new.incident:
        known = rows.filter(incident=new.incident).first()
    if known is not None:
        message = _("这件诉求此人已登记过化解：%(number)s；没有重复登记。") % {"number": known}
        raise Refused("near_miss_known", message, near_miss=known.pk)
