"""The second wall before documents and their study; what a unit said it received, and marks, are not rewritten."""

from django.db import migrations

SENT = """EXISTS (SELECT FROM directives_delivery sent
    WHERE sent.document_id = directives_documentfile.document_id AND sent.withdrawn_at IS NULL
    AND chibo_sees(sent.scope_path))"""
SEES = {"directives_documentfile": f"chibo_sees(scope_path) OR {SENT}"}
TABLES = ["document", "heading", "link", "documentfile", "delivery", "receipt", "studysession", "qualitymark"]
FACTS = ["directives_receipt", "directives_qualitymark"]


def policies(table: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON {table} FOR SELECT USING ({SEES.get(table, "chibo_sees(scope_path)")});
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
    dependencies = [("directives", "0001_initial"), ("access", "0002_wall")]
    operations = [
        *(migrations.RunSQL(policies(f"directives_{name}"), undo(f"directives_{name}")) for name in TABLES),
        migrations.RunSQL(STAY, UNDO_STAY),
    ]
