"""Types that were there before they had a measure word: those whose shipped unit is not 次, and the shipped rule."""

from django.db import migrations

UNITS = {"training": "期", "good_deed": "件", "mediation": "件", "materials": "期"}


def give(apps, schema_editor):
    types = apps.get_model("activities", "ActivityType").objects
    for code, unit in UNITS.items():
        types.filter(code=code).update(unit=unit)
    types.filter(code="chair_talk").update(invitees_min=4, invitees_max=6, notice_days=14)


class Migration(migrations.Migration):
    dependencies = [("activities", "0007_materials")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
