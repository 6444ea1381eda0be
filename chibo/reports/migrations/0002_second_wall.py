"""The second wall before reports; what was issued is not rewritten."""

from django.db import migrations

SQL = """
ALTER TABLE reports_monthreport ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON reports_monthreport FOR SELECT USING (chibo_sees(scope_path));
CREATE POLICY adds ON reports_monthreport FOR INSERT WITH CHECK (chibo_writes(scope_path));
CREATE POLICY changes ON reports_monthreport FOR UPDATE
    USING (chibo_sees(scope_path)) WITH CHECK (chibo_writes(scope_path));
CREATE POLICY removes ON reports_monthreport FOR DELETE USING (chibo_writes(scope_path));
CREATE TRIGGER facts_stay BEFORE UPDATE OR DELETE ON reports_monthreport
    FOR EACH ROW EXECUTE FUNCTION chibo_only_scope_moves();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'chibo_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON reports_monthreport FROM chibo_app;
    END IF;
END $$;
"""

UNDO = """
DROP TRIGGER facts_stay ON reports_monthreport;
DROP POLICY sees ON reports_monthreport; DROP POLICY adds ON reports_monthreport;
DROP POLICY changes ON reports_monthreport; DROP POLICY removes ON reports_monthreport;
ALTER TABLE reports_monthreport DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("access", "0002_wall")]
    operations = [migrations.RunSQL(SQL, UNDO)]
