"""Two voters, the same voter twice, two drafters and two conclusions at once, in transactions of their own."""

import pytest

from longzhong.cases.appeals import services
from longzhong.cases.appeals.models import Appeal
from longzhong.cases.appeals.rules import Choice
from tests.cases.appeals.make import FIRST_PANEL, HOUR, REQUEST, WORDS, after, bench, ids, scan, sealed
from tests.cases.complaints.make import upheld
from tests.cases.hotline.make import hotline_county
from tests.cases.hotline.test_services_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_drafters_voters_and_conclusions() -> None:
    hotline = hotline_county()
    row, one = upheld(hotline), bench(hotline)
    when = after(row)
    got = at_once(*[
        lambda: services.draft(complaint_id=row.pk, request=REQUEST, by=one.head, at=when).pk
    ] * 2)  # fmt: skip
    assert "appeal_under_way" in got
    appeal = Appeal.objects.get(complaint=row)
    sealed(appeal, when.date(), one.head, when)
    services.attach(appeal_id=appeal.pk, uploads=[scan()], scan=True, by=one.head, at=when)
    services.submit(appeal_id=appeal.pk, by=one.head, at=when)
    services.seat(appeal_id=appeal.pk, members=ids(*FIRST_PANEL), by=one.office, at=when)
    voters = [one.as_(code) for code in ("mark2", "office2", "boss", "boss")]
    got = at_once(*[
        lambda by=by: services.vote(
            appeal_id=appeal.pk, choice=Choice.ALLOWED, reason="依据充分可信", by=by, at=when + HOUR
        ).state
        for by in voters
    ])  # fmt: skip
    assert sorted(map(str, got)) == ["sitting", "sitting", "sitting", "voted_already"]
    conclude = {"appeal_id": appeal.pk, "verb": "allow", "conclusion": WORDS, "by": one.office, "at": when + 2 * HOUR}
    got = at_once(*[lambda: services.conclude(**conclude).state] * 2)
    assert sorted(map(str, got)) == ["allowed", "wrong_state"]
    row.refresh_from_db()
    assert row.decisions.count() == 2 and row.final_verdict == "dismissed"
