"""Rectification forms to test with: opened by an upheld complaint, filled in by the station's head, signed by three.

`opened(hotline)` is being filled in, `signing(hotline)` waits for three signatures, `rectifying(hotline)` is signed by all,
`done(hotline)` is proved. `signers(hotline)` are unit, department and office, in this order.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from longzhong.cases.rectifications import selectors, services
from longzhong.cases.rectifications.models import Form, Measure, Signature
from longzhong.cases.rectifications.rules import Order, Part
from longzhong.dispatch.matters.services import Upload
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.register.org import services as org_services
from longzhong.register.org.rules.rows import StaffRow
from longzhong.register.policies.services import change_policy
from tests.cases.complaints.make import people, someone, upheld
from tests.cases.hotline.make import LONG_AGO, MORNING, SYSTEM, Hotline
from tests.dispatch.matters.pictures import jpeg

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TODAY = MORNING.date()
AFTER = MORNING + 3 * HOUR


def refusal(do: Callable[..., object], **given: Any) -> str:
    with pytest.raises(Refused) as refused:
        do(**given)
    return refused.value.code


def opened(hotline: Hotline, **changes: Any) -> Form:
    """The form of an upheld complaint about rude hall clerks."""
    complaint = upheld(hotline, **changes)
    outbox.deliver_all()
    return Form.objects.get(complaint=complaint)


def filled(hotline: Hotline, form: Form | None = None, *, due: int = 10) -> Form:
    """With one measure of the station's head."""
    row = form or opened(hotline)
    services.add_measure(
        form_id=row.pk, text="窗口人员礼仪复训并考试", owner_id=head(hotline).staff_id or 0, due_on=TODAY + due * DAY,
        by=head(hotline), at=AFTER,
    )  # fmt: skip
    row.refresh_from_db()
    return row


def signing(hotline: Hotline, form: Form | None = None, *, order: Order = Order.PARALLEL, at: datetime = AFTER) -> Form:
    row = form or filled(hotline)
    services.submit(form_id=row.pk, parts=parts(hotline), order=order, by=head(hotline), at=at)
    row.refresh_from_db()
    return row


def rectifying(hotline: Hotline, form: Form | None = None, at: datetime = AFTER) -> Form:
    row = signing(hotline, form)
    for who in signers(hotline):
        services.sign(form_id=row.pk, opinion="同意", by=who, at=at)
    row.refresh_from_db()
    return row


def done(hotline: Hotline, at: datetime = AFTER + DAY) -> Form:
    row = rectifying(hotline)
    proved(hotline, measure(row), at)
    outbox.deliver_all()
    row.refresh_from_db()
    return row


def proved(hotline: Hotline, row: Measure, at: datetime = AFTER + DAY, by: Actor | None = None) -> Measure:
    return services.prove(
        form_id=row.form_id, measure_id=row.pk, words="26 人参加复训，考试全部合格", uploads=[picture()],
        by=by or head(hotline), at=at,
    )  # fmt: skip


def parts(hotline: Hotline) -> list[Part]:
    """Unit, department, office."""
    county = hotline.county
    return [Part(county.station, "station"), Part(people(hotline).department, "dept"), Part(county.county, "quality")]


def signers(hotline: Hotline) -> Sequence[Actor]:
    who = people(hotline)
    return (who.head, who.dept, who.office)


def head(hotline: Hotline) -> Actor:
    return people(hotline).head


def measure(form: Form) -> Measure:
    return form.measures.filter(dropped_at=None).order_by("number").first()  # type: ignore[return-value]


def states(form: Form) -> list[str]:
    """How the parts of the present round stand, in order."""
    form.refresh_from_db()
    rows = form.signatures.filter(round=form.signing_round).order_by("position")
    return list(rows.values_list("state", flat=True))


def part(form: Form, place: int) -> Signature:
    form.refresh_from_db()
    return form.signatures.get(round=form.signing_round, position=place)


def clocks(form: Form) -> set[str]:
    """The clocks that run, by the first word of their names."""
    card = selectors.form_card(SYSTEM, form.pk, AFTER)
    return {one.name.partition(":")[0] for one in card.clocks if one.is_live}


def picture() -> Upload:
    return Upload("photo", "复训现场.jpg", jpeg())


def keep(hotline: Hotline, *rows: StaffRow) -> None:
    """More people of the county."""
    people(hotline)
    org_services.keep_staff(rows=rows, by=SYSTEM, at=LONG_AGO)


def person(code: str, role: str, *units: int) -> Actor:
    return someone(code, role, units)


def staff(code: str) -> int:
    return org.staff_ids([code])[code]


def policy(hotline: Hotline, key: str, value: Any) -> None:
    """A company that decided otherwise from today on."""
    change_policy(
        key=key,
        value=value,
        unit_id=hotline.county.county,
        edition="",
        from_on=TODAY,
        reason="试点",
        by=SYSTEM,
        at=MORNING,
    )
