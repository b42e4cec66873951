"""The three steps in order, and the window's incidents: one owner, a response clock, nobody takes over from themselves."""

from datetime import timedelta

import pytest

from longzhong.cases.petitioners import selectors, services
from longzhong.cases.petitioners.models import Incident, Occasion, ScriptStep
from longzhong.cases.petitioners.rules import Level
from longzhong.cases.petitioners.services import NewIncident
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit.errors import Refused
from tests.cases.petitioners.make import MORNING, PHONE, a_file, an_incident, hall, other_hall, tags

pytestmark = pytest.mark.django_db


def test_the_steps_go_in_order_each_with_who_and_when(county):
    row, by = a_file(county), hall(county)
    with pytest.raises(Refused, match="script_not_running"):
        services.log_step(petitioner_id=row.pk, position=1, by=by, at=MORNING)
    services.start_script(petitioner_id=row.pk, by=by, at=MORNING)
    with pytest.raises(Refused, match="script_running"):
        services.start_script(petitioner_id=row.pk, by=by, at=MORNING)
    for wrong in (0, 2, 3):
        with pytest.raises(Refused, match="step_out_of_order"):
            services.log_step(petitioner_id=row.pk, position=wrong, by=by, at=MORNING)
    services.log_step(petitioner_id=row.pk, position=1, text="倒了杯白开水", by=by, at=MORNING)
    with pytest.raises(Refused, match="step_out_of_order"):
        services.log_step(petitioner_id=row.pk, position=1, by=by, at=MORNING)
    with pytest.raises(Refused, match="reason_missing"):
        services.log_step(petitioner_id=row.pk, position=2, skipped=True, by=by, at=MORNING)
    with pytest.raises(Refused, match="script_unfinished"):
        services.end_script(petitioner_id=row.pk, outcome="calmer", by=by, at=MORNING)
    services.log_step(petitioner_id=row.pk, position=2, skipped=True, text="他赶时间，主动要谈正事", by=by, at=MORNING)
    services.log_step(petitioner_id=row.pk, position=3, by=by, at=MORNING + timedelta(minutes=20))
    with pytest.raises(Refused, match="step_out_of_order"):
        services.log_step(petitioner_id=row.pk, position=3, by=by, at=MORNING)
    with pytest.raises(Refused, match="outcome_unknown"):
        services.end_script(petitioner_id=row.pk, outcome="party", by=by, at=MORNING)
    services.end_script(petitioner_id=row.pk, outcome="occasional", by=by, at=MORNING)
    row.refresh_from_db()
    assert row.level == Level.OCCASIONAL and "老上访" in tags(county, 1)
    steps = ScriptStep.objects.order_by("position").values_list("position", "skipped", "staff_id")
    assert list(steps) == [(1, False, by.staff_id), (2, True, by.staff_id), (3, False, by.staff_id)]
    (run,) = services.look(petitioner_id=row.pk, by=by, at=MORNING).runs
    assert (run.outcome, run.steps) == ("老上访变少上访", "当成 VIP、先唠家常（跳过）、心平气和再解释")


def test_who_leaves_early_ends_the_run(county):
    row, by = a_file(county), hall(county)
    services.start_script(petitioner_id=row.pk, by=by, at=MORNING)
    services.end_script(petitioner_id=row.pk, outcome="broken", text="接了电话就走了", by=by, at=MORNING)
    row.refresh_from_db()
    assert row.level == Level.FREQUENT
    services.start_script(petitioner_id=row.pk, by=by, at=MORNING)


def test_a_friend_at_last(county):
    row, by = a_file(county), hall(county)
    services.start_script(petitioner_id=row.pk, by=by, at=MORNING)
    for position in (1, 2, 3):
        services.log_step(petitioner_id=row.pk, position=position, by=by, at=MORNING)
    services.end_script(petitioner_id=row.pk, outcome="friend", by=by, at=MORNING)
    assert "老上访" not in tags(county, 1)


def test_a_call_for_help_runs_its_clock_until_somebody_takes_it(county):
    row = an_incident(county)
    assert row.due_at == MORNING + timedelta(minutes=5)
    with pytest.raises(Refused, match="own_call"):
        services.move_incident(incident_id=row.pk, verb="take", by=hall(county, "li"), at=MORNING)
    head = hall(county, "head", "station")
    taken = services.move_incident(incident_id=row.pk, verb="take", by=head, at=MORNING + timedelta(minutes=2))
    assert (taken.owner_id, taken.due_at) == (head.staff_id, None)
    with pytest.raises(Refused, match="wrong_state"):
        services.move_incident(incident_id=row.pk, verb="take", by=hall(county, "zhang"), at=MORNING)
    assert matters.steps(selectors.incident_label(row.pk))[0].data["clocks"] == {"respond": "met"}


def test_a_late_takeover_says_so(county):
    row = an_incident(county)
    services.move_incident(incident_id=row.pk, verb="take", by=hall(county, "head"), at=MORNING + timedelta(minutes=6))
    assert matters.steps(selectors.incident_label(row.pk))[0].data["clocks"] == {"respond": "late"}
    assert "接手超时" in matters.timeline(selectors.incident_label(row.pk))[0].text


def test_only_the_owner_settles_and_the_file_remembers(county):
    file = a_file(county)
    row = an_incident(county, phone=PHONE)
    assert row.petitioner_id == file.pk
    with pytest.raises(Refused, match="incident_open"):
        an_incident(county, phone=PHONE, window="5号窗口")
    head, colleague = hall(county, "head"), hall(county, "zhang")
    services.move_incident(incident_id=row.pk, verb="take", by=head, at=MORNING)
    with pytest.raises(Refused, match="not_owner"):
        services.move_incident(incident_id=row.pk, verb="settle", outcome="calmed", by=colleague, at=MORNING)
    with pytest.raises(Refused, match="outcome_unknown"):
        services.move_incident(incident_id=row.pk, verb="settle", by=head, at=MORNING)
    run = services.start_script(petitioner_id=file.pk, incident_id=row.pk, by=head, at=MORNING)
    assert run.incident_id == row.pk
    services.move_incident(incident_id=row.pk, verb="settle", outcome="solved", text="请到会客室", by=head, at=MORNING)
    (seen,) = Occasion.objects.filter(petitioner=file)
    assert (seen.channel, seen.mood, seen.staff_id) == ("hall", "furious", head.staff_id)
    assert not selectors.desk(head).exists()


def test_handing_on_starts_the_clock_again(county):
    row = an_incident(county)
    services.move_incident(incident_id=row.pk, verb="take", by=hall(county, "head"), at=MORNING)
    later = MORNING + timedelta(minutes=10)
    with pytest.raises(Refused, match="not_owner"):
        services.move_incident(incident_id=row.pk, verb="release", text="换人", by=hall(county, "zhang"), at=later)
    with pytest.raises(Refused, match="reason_missing"):
        services.move_incident(incident_id=row.pk, verb="release", by=hall(county, "head"), at=later)
    back = services.move_incident(
        incident_id=row.pk, verb="release", text="客户要见所长", by=hall(county, "head"), at=later
    )
    assert (back.owner_id, back.due_at) == (None, later + timedelta(minutes=5))


def test_who_called_withdraws(county):
    row = an_incident(county)
    with pytest.raises(Refused, match="not_caller"):
        services.move_incident(incident_id=row.pk, verb="withdraw", text="已平静", by=hall(county, "zhang"), at=MORNING)
    gone = services.move_incident(incident_id=row.pk, verb="withdraw", text="已平静", by=hall(county, "li"), at=MORNING)
    assert (gone.state, gone.ended_at) == ("withdrawn", MORNING)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"window": " "}, "incident_unclear"),
        ({"mood": "green"}, "incident_unclear"),
        ({"unit_id": 0}, "unit_not_yours"),
        ({"text": f"电话 {PHONE}"}, "personal_data_in_text"),
        ({"petitioner_id": 999_999}, "not_found"),
    ],
)
def test_what_is_no_call_for_help(county, changes, code):
    with pytest.raises(Refused, match=code):
        an_incident(county, **changes)
    assert not Incident.objects.exists()


def test_the_desk_shows_who_waits_the_loudest_first(county):
    calm = an_incident(county, mood="calm", window="1号窗口")
    furious = an_incident(county, window="2号窗口", when=MORNING + timedelta(minutes=1))
    taken = an_incident(county, window="3号窗口")
    services.move_incident(incident_id=taken.pk, verb="take", by=hall(county, "head"), at=MORNING)
    assert [row.pk for row in selectors.desk(hall(county))] == [furious.pk, calm.pk, taken.pk]
    assert not selectors.desk(other_hall(county)).exists()
    with pytest.raises(Refused, match="not_found"):
        services.move_incident(incident_id=calm.pk, verb="take", by=other_hall(county), at=MORNING)
    with pytest.raises(Refused, match="not_found"):
        selectors.incident_of(other_hall(county), calm.pk)
    with pytest.raises(Refused, match="not_allowed"):
        new = NewIncident(unit_id=county.county.station, window="1号窗口")
        services.escalate(new=new, by=county.county.actor("zhang", "grid"), at=MORNING)


def test_a_script_of_another_visitors_incident_is_refused(county):
    row, other = a_file(county), an_incident(county)
    with pytest.raises(Refused, match="incident_unknown"):
        services.start_script(petitioner_id=row.pk, incident_id=other.pk, by=hall(county), at=MORNING)
