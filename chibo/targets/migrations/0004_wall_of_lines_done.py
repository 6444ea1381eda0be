"""The second wall before lines that were reported done."""

from django.db import migrations

TABLE = "targets_linedone"
POLICIES = f"""
ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON {TABLE} FOR SELECT USING (chibo_sees(scope_path));
CREATE POLICY adds ON {TABLE} FOR INSERT WITH CHECK (chibo_writes(scope_path));
CREATE POLICY changes ON {TABLE} FOR UPDATE USING (chibo_sees(scope_path)) WITH CHECK (chibo_writes(scope_path));
CREATE POLICY removes ON {TABLE} FOR DELETE USING (chibo_writes(scope_path));
"""
UNDO = "".join(f"DROP POLICY {name} ON {TABLE};" for name in ("sees", "adds", "changes", "removes"))


class Migration(migrations.Migration):
    dependencies = [("targets", "0003_line_done"), ("access", "0002_wall")]
    operations = [migrations.RunSQL(POLICIES, UNDO + f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY;")]
