"""The second wall before the log of readings: the file's owner, who reads there, and everybody writes as themselves."""

from django.db import migrations

SQL = """
ALTER TABLE access_reading ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON access_reading FOR SELECT USING (chibo_sees(scope_path) OR person_id = chibo_person());
CREATE POLICY adds ON access_reading FOR INSERT WITH CHECK (chibo_writes(scope_path) OR by_person = chibo_person());
CREATE POLICY changes ON access_reading FOR UPDATE USING (chibo_sees(scope_path)) WITH CHECK (chibo_writes(scope_path));
CREATE POLICY removes ON access_reading FOR DELETE USING (chibo_writes(scope_path));
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'chibo_app') THEN
        REVOKE UPDATE, TRUNCATE ON access_reading FROM chibo_app;
    END IF;
END $$;
"""
UNDO = (
    "".join(f"DROP POLICY {name} ON access_reading;" for name in ("sees", "adds", "changes", "removes"))
    + "ALTER TABLE access_reading DISABLE ROW LEVEL SECURITY;"
)


class Migration(migrations.Migration):
    dependencies = [("access", "0006_who_opened")]
    operations = [migrations.RunSQL(SQL, UNDO)]
