import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnitProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(blank=True, null=True)),
                ("area_km2", models.FloatField()),
                ("population", models.PositiveIntegerField()),
                ("customers", models.PositiveIntegerField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="profiles", to="org.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("unit"),
                                    models.F("unit"),
                                    function="int8range",
                                    template="%(function)s(%(expressions)s, '[]')",
                                ),
                                "&&",
                            ),
                            (models.Func(models.F("from_on"), models.F("to_on"), function="daterange"), "&&"),
                        ],
                        name="org_one_profile_a_day",
                    )
                ],
            },
        ),
    ]
