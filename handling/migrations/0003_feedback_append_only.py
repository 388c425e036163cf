"""Answers of proposers are only ever added: the database refuses anything else."""

from django.db import migrations

from core.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("handling", "0002_follow_up_reports")]

    operations = [append_only("handling_feedback")]
