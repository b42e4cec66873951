from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hotline", "0002_live_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="governed",
            field=models.BooleanField(default=False),
        ),
    ]
