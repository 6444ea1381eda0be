"""The second wall before localities, and the guard of their dated facts."""

from django.db import migrations

HERE, WRITES = "chibo_sees(scope_path)", "chibo_writes(scope_path)"
GUARDED = ["organisation_siting", "organisation_areatag", "organisation_service"]
TABLES = ["organisation_locality", *GUARDED]


def policies(table: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON {table} FOR SELECT USING ({HERE});
CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({WRITES});
CREATE POLICY changes ON {table} FOR UPDATE USING ({HERE}) WITH CHECK ({WRITES});
CREATE POLICY removes ON {table} FOR DELETE USING ({WRITES});
"""


def undo(table: str) -> str:
    dropped = "".join(f"DROP POLICY {name} ON {table};" for name in ("sees", "adds", "changes", "removes"))
    return dropped + f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


GUARDS = "".join(
    f"CREATE TRIGGER dated_facts_stay BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION chibo_dated_fact_stays();\n"
    for table in GUARDED
)
UNDO_GUARDS = "".join(f"DROP TRIGGER dated_facts_stay ON {table};" for table in GUARDED)


class Migration(migrations.Migration):
    dependencies = [("organisation", "0003_localities"), ("access", "0003_dated_facts_stay")]
    operations = [
        *(migrations.RunSQL(policies(table), undo(table)) for table in TABLES),
        migrations.RunSQL(GUARDS, UNDO_GUARDS),
    ]
