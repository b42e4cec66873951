import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("login", models.CharField(max_length=40, unique=True)),
                ("title", models.CharField(blank=True, max_length=40)),
                ("is_active", models.BooleanField(default=True)),
                ("must_change_password", models.BooleanField(default=True)),
                ("password_set_at", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
                (
                    "staff",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="user", to="org.staff"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("login", django.db.models.functions.text.Lower("login"))),
                        name="access_login_lower_case",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(blank=True, null=True)),
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
                ("reason", models.CharField(max_length=200)),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("role__in", ["admin", "auditor", "security"])),
                        expressions=[
                            (
                                models.Func(
                                    models.F("user"),
                                    models.F("user"),
                                    function="int8range",
                                    template="%(function)s(%(expressions)s, '[]')",
                                ),
                                "&&",
                            ),
                            (models.Func(models.F("from_on"), models.F("to_on"), function="daterange"), "&&"),
                        ],
                        name="access_one_administrator_office",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="GrantGrid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="grids", to="access.grant"
                    ),
                ),
                (
                    "grid",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.gridcell"),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("grant", "grid"), name="access_grant_grid_once")]},
        ),
        migrations.CreateModel(
            name="PastPassword",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128)),
                ("set_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="past_passwords",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("login_index", models.CharField(max_length=64)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("ok", "ok"),
                            ("wrong", "wrong"),
                            ("locked", "locked"),
                            ("inactive", "inactive"),
                            ("unlocked", "unlocked"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("address", models.GenericIPAddressField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["login_index", "-id"], name="access_signin_login")]},
        ),
    ]
