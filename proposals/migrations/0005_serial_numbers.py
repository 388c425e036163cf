from django.db import migrations


def number_what_was_submitted(apps, schema_editor):
    """Serial numbers for proposals handed in before there were any, in the order of submission."""
    Proposal = apps.get_model("proposals", "Proposal")
    Counter = apps.get_model("proposals", "SerialCounter")
    last = {}
    rows = Proposal.objects.filter(submitted_at__isnull=False).order_by("submitted_at", "pk")
    for row in rows.only("pk", "session_id").iterator():
        last[row.session_id] = last.get(row.session_id, 0) + 1
        Proposal.objects.filter(pk=row.pk).update(serial_no=last[row.session_id])
    Counter.objects.bulk_create(Counter(session_id=session, last=number) for session, number in last.items())


class Migration(migrations.Migration):
    dependencies = [("proposals", "0004_whole_life")]

    operations = [migrations.RunPython(number_what_was_submitted, migrations.RunPython.noop)]
