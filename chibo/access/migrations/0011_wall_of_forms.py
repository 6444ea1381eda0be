"""The second wall before the office's forms; every save is a row that stays."""

from django.db import migrations

SQL = """
ALTER TABLE access_filledform ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON access_filledform FOR SELECT USING (chibo_sees(scope_path));
CREATE POLICY adds ON access_filledform FOR INSERT WITH CHECK (chibo_writes(scope_path));
CREATE POLICY changes ON access_filledform FOR UPDATE USING (chibo_sees(scope_path))
    WITH CHECK (chibo_writes(scope_path));
CREATE POLICY removes ON access_filledform FOR DELETE USING (chibo_writes(scope_path));
CREATE TRIGGER what_was_said_stays BEFORE UPDATE OR DELETE ON access_filledform
    FOR EACH ROW EXECUTE FUNCTION chibo_only_scope_moves();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'chibo_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON access_filledform FROM chibo_app;
    END IF;
END $$;
"""
UNDO = (
    "DROP TRIGGER what_was_said_stays ON access_filledform;"
    + "".join(f"DROP POLICY {name} ON access_filledform;" for name in ("sees", "adds", "changes", "removes"))
    + "ALTER TABLE access_filledform DISABLE ROW LEVEL SECURITY;"
)


class Migration(migrations.Migration):
    dependencies = [("access", "0010_forms_of_the_office")]
    operations = [migrations.RunSQL(SQL, UNDO)]
