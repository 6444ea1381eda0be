"""The second wall before plans and targets; what was said, and that a plan was issued, is not rewritten."""

from django.db import migrations

SEES = "chibo_sees(scope_path)"
TABLES = ["plan", "planissue", "planline", "linesaid", "target", "targetsaid", "reportedvalue"]
FACTS = ["targets_planissue", "targets_linesaid", "targets_targetsaid"]


def policies(table: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON {table} FOR SELECT USING ({SEES});
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
    dependencies = [("targets", "0001_initial"), ("access", "0002_wall")]
    operations = [
        *(migrations.RunSQL(policies(f"targets_{name}"), undo(f"targets_{name}")) for name in TABLES),
        migrations.RunSQL(STAY, UNDO_STAY),
    ]
