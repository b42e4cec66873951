"""After a whole flow, no personal value stands in plain in any column, in the journal, or in the logs."""

import logging

import pytest
from django.db import connection

from longzhong.register.customers import selectors, services
from longzhong.register.customers.models import Contact
from longzhong.register.customers.rules.contacts import Purpose, Relation
from longzhong.register.customers.rules.priority import Basis, Grade
from longzhong.register.customers.services import ContactForm, PriorityForm
from tests.register.customers.make import DAY, NOW, PLAIN, ROWS, Town, grid_manager, town

SECRETS = (*PLAIN, "诸葛孔明", "13612345678", "家用呼吸机")


def whole_flow(made: Town) -> None:
    by, account = grid_manager(made.net), made.ids[1]
    friend = ContactForm(phone="13612345678", name="诸葛孔明", relation=Relation.NEIGHBOUR)
    contact = services.set_contact(account_id=account, contact=friend, by=by, at=NOW)
    services.give_consent(contact_id=contact.pk, purpose=Purpose.HEALTH, separate=True, by=by, at=NOW)
    mark = PriorityForm(grade=Grade.MEDICAL_DEVICE, from_on=DAY, basis=Basis.CONSENT, note="家用呼吸机")
    services.mark_priority(account_id=account, mark=mark, by=by, at=NOW)
    for field in ("name", "address", "phone", f"contact_name:{contact.pk}", "id_number", "note"):
        services.reveal(account_id=account, field=field, reason="上门核对停电", by=by, at=NOW)
    services.tag_account(account_id=account, tag="早出晚归", by=by, at=NOW)
    services.move_account(account_id=account, verb="begin_closing", by=by, at=NOW)
    services.end_contact(contact_id=contact.pk, by=by, at=NOW)
    for text in SECRETS:
        selectors.find(by, text)


def text_columns() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name from information_schema.columns where table_schema = 'public' and "
            "(data_type in ('text', 'character varying', 'jsonb', 'ARRAY', 'json'))"
        )
        return cursor.fetchall()


@pytest.mark.django_db
def test_no_personal_value_is_in_plain_anywhere(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    made = town()
    with caplog.at_level(logging.DEBUG), connection.cursor() as cursor:
        whole_flow(made)
        columns = [one for one in text_columns() if not one[0].startswith(("pg_", "org_staff"))]
        assert ("customers_account", "name_sealed") in columns
        for table, column in columns:
            cursor.execute(
                f'select count(*) from "{table}" where "{column}"::text like any(%s)',
                [[f"%{text}%" for text in SECRETS]],
            )
            assert cursor.fetchone() == (0,), f"a personal value in plain in {table}.{column}"
    said = "".join(capfd.readouterr()) + "".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("django.db")
    )
    assert not any(text in said for text in SECRETS)


@pytest.mark.django_db
def test_the_plain_values_are_there_once_unsealed() -> None:
    """The test above would pass on an empty table: this one shows that the values are kept."""
    made = town()
    by = grid_manager(made.net)
    assert services.reveal(account_id=made.ids[1], field="phone", reason="上门核对停电", by=by, at=NOW) == ROWS[0].phone
    assert Contact.objects.exclude(phone_sealed="").count() == len(ROWS)
