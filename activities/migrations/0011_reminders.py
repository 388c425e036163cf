from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0010_checkin")]

    operations = [
        migrations.AddField("attendance", "reminded_at", models.DateTimeField(null=True)),
    ]
