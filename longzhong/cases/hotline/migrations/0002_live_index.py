from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hotline", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ["taken", "dispatched", "handling", "following", "replied", "calling"])
                ),
                fields=["due_at", "id"],
                include=("unit", "grid", "owner", "first_asked", "offered_to", "state"),
                name="hotline_case_live",
            ),
        ),
    ]
