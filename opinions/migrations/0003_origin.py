from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("opinions", "0002_newest_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="opinionreport",
            name="is_converted",
            field=models.BooleanField(default=False, verbose_name="转来"),
        ),
        migrations.AddField(
            model_name="opinionreport",
            name="origin",
            field=models.CharField(blank=True, max_length=200, verbose_name="来源"),
        ),
        migrations.AddField(
            model_name="opinionreport",
            name="origin_url",
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
