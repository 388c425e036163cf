"""What surrounds the text of a manuscript; frozen with it."""

from django.db import migrations, models

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_thaw() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an approved manuscript is never deleted';
    END IF;
    IF ROW(NEW.title, NEW.passages::text, NEW.figures::text, NEW.frame::text, NEW.as_of, NEW.frozen_at, NEW.digest,
           NEW.state, NEW.doc_word, NEW.doc_year, NEW.doc_number, NEW.edition, NEW.year, NEW.part, NEW.document)
       IS DISTINCT FROM
       ROW(OLD.title, OLD.passages::text, OLD.figures::text, OLD.frame::text, OLD.as_of, OLD.frozen_at, OLD.digest,
           OLD.state, OLD.doc_word, OLD.doc_year, OLD.doc_number, OLD.edition, OLD.year, OLD.part, OLD.document) THEN
        RAISE EXCEPTION 'an approved manuscript never changes';
    END IF;
    IF OLD.report_id IS NOT NULL AND NEW.report_id IS DISTINCT FROM OLD.report_id THEN
        RAISE EXCEPTION 'the file of an approved manuscript never changes';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_archives")]

    operations = [
        migrations.AddField(
            model_name="manuscript",
            name="frame",
            field=models.JSONField(default=dict, help_text="office, date and sheet around the text"),
        ),
        migrations.RunSQL(sql=FUNCTION, reverse_sql=migrations.RunSQL.noop),
    ]
