"""What was approved stays as it was approved, whoever tries to change it."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_thaw() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an approved manuscript is never deleted';
    END IF;
    IF ROW(NEW.title, NEW.passages::text, NEW.figures::text, NEW.as_of, NEW.frozen_at, NEW.digest, NEW.state,
           NEW.doc_word, NEW.doc_year, NEW.doc_number, NEW.edition, NEW.year, NEW.part, NEW.document)
       IS DISTINCT FROM
       ROW(OLD.title, OLD.passages::text, OLD.figures::text, OLD.as_of, OLD.frozen_at, OLD.digest, OLD.state,
           OLD.doc_word, OLD.doc_year, OLD.doc_number, OLD.edition, OLD.year, OLD.part, OLD.document) THEN
        RAISE EXCEPTION 'an approved manuscript never changes';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_manuscripts")]

    operations = [
        migrations.RunSQL(
            sql=[
                FUNCTION,
                "CREATE TRIGGER reports_manuscript_frozen BEFORE UPDATE OR DELETE ON reports_manuscript"
                " FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL) EXECUTE FUNCTION refuse_thaw()",
            ],
            reverse_sql=[
                "DROP TRIGGER reports_manuscript_frozen ON reports_manuscript",
                "DROP FUNCTION refuse_thaw()",
            ],
        ),
    ]
