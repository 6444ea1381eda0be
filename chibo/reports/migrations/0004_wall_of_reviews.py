"""The second wall before reviews; what was written and issued is not rewritten."""

from django.db import migrations

TABLES = ["reports_review", "reports_reviewtext", "reports_issuedreview"]
FACTS = ["reports_reviewtext", "reports_issuedreview"]


def policies(table: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON {table} FOR SELECT USING (chibo_sees(scope_path));
CREATE POLICY adds ON {table} FOR INSERT WITH CHECK (chibo_writes(scope_path));
CREATE POLICY changes ON {table} FOR UPDATE USING (chibo_sees(scope_path)) WITH CHECK (chibo_writes(scope_path));
CREATE POLICY removes ON {table} FOR DELETE USING (chibo_writes(scope_path));
"""


def undo(table: str) -> str:
    dropped = "".join(f"DROP POLICY {name} ON {table};" for name in ("sees", "adds", "changes", "removes"))
    return dropped + f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


STAY = "".join(
    f"""
CREATE TRIGGER facts_stay BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION chibo_only_scope_moves();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'chibo_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM chibo_app;
    END IF;
END $$;
"""
    for table in FACTS
)
UNDO_STAY = "".join(f"DROP TRIGGER facts_stay ON {table};" for table in FACTS)


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_reviews")]
    operations = [
        *(migrations.RunSQL(policies(table), undo(table)) for table in TABLES),
        migrations.RunSQL(STAY, UNDO_STAY),
    ]
