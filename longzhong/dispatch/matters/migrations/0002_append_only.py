"""The database itself refuses to change or delete steps and anchors."""

from django.db import migrations

TABLES = ("matters_step", "matters_anchor", "matters_anchorhead")
FUNCTION = """
create function matters_append_only() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
"""
TRIGGER = """
create trigger append_only before update or delete on {table}
for each row execute function matters_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "drop function matters_append_only();"),
        *(migrations.RunSQL(TRIGGER.format(table=table), f"drop trigger append_only on {table};") for table in TABLES),
    ]
