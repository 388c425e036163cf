"""Append-only tables: a database trigger refuses UPDATE and DELETE, whoever tries."""

from __future__ import annotations

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;
END;
$$ LANGUAGE plpgsql
"""


def append_only(table: str) -> migrations.RunSQL:
    """A migration operation that guards the table."""
    name = f"{table}_append_only"
    return migrations.RunSQL(
        sql=[
            FUNCTION,
            f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        ],
        reverse_sql=[f"DROP TRIGGER {name} ON {table}"],
    )
