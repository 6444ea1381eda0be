"""The wall before the months whose minutes are kept elsewhere."""

from django.db import migrations

TABLE = "meetings_writtenelsewhere"
SQL = f"""
ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON {TABLE} FOR SELECT USING (chibo_sees(scope_path));
CREATE POLICY adds ON {TABLE} FOR INSERT WITH CHECK (chibo_writes(scope_path));
CREATE POLICY changes ON {TABLE} FOR UPDATE USING (chibo_sees(scope_path)) WITH CHECK (chibo_writes(scope_path));
CREATE POLICY removes ON {TABLE} FOR DELETE USING (chibo_writes(scope_path));
"""
UNDO = (
    "".join(f"DROP POLICY {name} ON {TABLE};" for name in ("sees", "adds", "changes", "removes"))
    + f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY;"
)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0009_written_elsewhere")]
    operations = [migrations.RunSQL(SQL, UNDO)]
