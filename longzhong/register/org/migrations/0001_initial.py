import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True)),
                ("working", models.BooleanField()),
                ("name", models.CharField(max_length=40)),
                ("source", models.CharField(max_length=200)),
                ("reason", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(unique=True)),
                ("source", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="GridCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=32, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("lat", models.FloatField(blank=True, null=True)),
                ("lon", models.FloatField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Staff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=32, unique=True)),
                ("name", models.CharField(max_length=40)),
                ("phone", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Counterpart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("social_grid", "政府社会治理网格"), ("party_branch", "党支部")], max_length=16
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=80)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "code"), name="org_counterpart_code")],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=32, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("short_name", models.CharField(blank=True, max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("province", "省公司"),
                            ("city", "市公司"),
                            ("county", "县公司"),
                            ("station", "供电所"),
                            ("team", "班组"),
                            ("department", "专业部门"),
                            ("office", "优服办"),
                        ],
                        max_length=12,
                    ),
                ),
                ("lat", models.FloatField(blank=True, null=True)),
                ("lon", models.FloatField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["province", "city", "county", "station", "team", "department", "office"])
                        ),
                        name="org_unit_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GridPairing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("social_grid", "政府社会治理网格"), ("party_branch", "党支部")], max_length=16
                    ),
                ),
                (
                    "counterpart",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pairings", to="org.counterpart"
                    ),
                ),
                (
                    "grid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pairings", to="org.gridcell"
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind", "social_grid")),
                        expressions=[
                            (
                                models.Func(
                                    models.F("grid"),
                                    models.F("grid"),
                                    function="int8range",
                                    template="%(function)s(%(expressions)s, '[]')",
                                ),
                                "&&",
                            ),
                            (models.Func(models.F("from_on"), models.F("to_on"), function="daterange"), "&&"),
                        ],
                        name="org_grid_one_social_grid",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind", "social_grid")),
                        expressions=[
                            (
                                models.Func(
                                    models.F("counterpart"),
                                    models.F("counterpart"),
                                    function="int8range",
                                    template="%(function)s(%(expressions)s, '[]')",
                                ),
                                "&&",
                            ),
                            (models.Func(models.F("from_on"), models.F("to_on"), function="daterange"), "&&"),
                        ],
                        name="org_social_grid_one_grid",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind", "social_grid"), _negated=True),
                        expressions=[
                            (
                                models.Func(
                                    models.F("grid"),
                                    models.F("grid"),
                                    function="int8range",
                                    template="%(function)s(%(expressions)s, '[]')",
                                ),
                                "&&",
                            ),
                            (models.Func(models.F("from_on"), models.F("to_on"), function="daterange"), "&&"),
                        ],
                        name="org_grid_one_branch",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GridManager",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(blank=True, null=True)),
                (
                    "grid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="managers", to="org.gridcell"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="managed_grids", to="org.staff"
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("grid"),
                                    models.F("grid"),
                                    function="int8range",
                                    template="%(function)s(%(expressions)s, '[]')",
                                ),
                                "&&",
                            ),
                            (models.Func(models.F("from_on"), models.F("to_on"), function="daterange"), "&&"),
                        ],
                        name="org_grid_one_manager_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StandIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(blank=True, null=True)),
                (
                    "absent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="absences", to="org.staff"
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stand_ins", to="org.staff"
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("absent"),
                                    models.F("absent"),
                                    function="int8range",
                                    template="%(function)s(%(expressions)s, '[]')",
                                ),
                                "&&",
                            ),
                            (models.Func(models.F("from_on"), models.F("to_on"), function="daterange"), "&&"),
                        ],
                        name="org_one_stand_in_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("absent", models.F("stand_in")), _negated=True),
                        name="org_stand_in_is_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(blank=True, null=True)),
                ("category", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="org.category")),
                (
                    "department_unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"),
                ),
                (
                    "lead_unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="responsibilities", to="org.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("category"),
                                    models.F("category"),
                                    function="int8range",
                                    template="%(function)s(%(expressions)s, '[]')",
                                ),
                                "&&",
                            ),
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
                        name="org_one_responsibility_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(blank=True, null=True)),
                ("title", models.CharField(max_length=40)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("grid", "台区经理"),
                            ("desk", "值班坐席"),
                            ("crew", "抢修运维"),
                            ("station", "供电所长"),
                            ("quality", "优服办"),
                            ("dept", "专业部门"),
                            ("leader", "分管领导"),
                            ("partner", "物业与村组"),
                            ("public", "客户"),
                            ("admin", "系统管理员"),
                            ("security", "安全管理员"),
                            ("auditor", "审计员"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="org.staff"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="org.unit"),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("staff"),
                                    models.F("staff"),
                                    function="int8range",
                                    template="%(function)s(%(expressions)s, '[]')",
                                ),
                                "&&",
                            ),
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
                        name="org_one_post_a_unit_and_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GridUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(blank=True, null=True)),
                (
                    "grid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stations", to="org.gridcell"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grid_cells", to="org.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("grid"),
                                    models.F("grid"),
                                    function="int8range",
                                    template="%(function)s(%(expressions)s, '[]')",
                                ),
                                "&&",
                            ),
                            (models.Func(models.F("from_on"), models.F("to_on"), function="daterange"), "&&"),
                        ],
                        name="org_grid_one_station_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="org.staff"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="org.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["unit", "starts_at"], name="org_duty_unit_start")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("staff"), models.F("staff"), models.Value("[]"), function="int8range"
                                ),
                                "&&",
                            ),
                            (models.Func(models.F("starts_at"), models.F("ends_at"), function="tstzrange"), "&&"),
                        ],
                        name="org_one_duty_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="org_duty_ends_after_start"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(blank=True, null=True)),
                ("path", models.CharField(max_length=200)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="child_places",
                        to="org.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="places", to="org.unit"
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
                        name="org_unit_one_place_a_day",
                    )
                ],
            },
        ),
    ]
