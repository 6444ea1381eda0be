"""The second wall before what is said of a village; what was said stays."""

from django.db import migrations

TABLE = "cadres_villagestep"
SQL = f"""
ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON {TABLE} FOR SELECT USING (chibo_sees(scope_path));
CREATE POLICY adds ON {TABLE} FOR INSERT WITH CHECK (chibo_writes(scope_path));
CREATE POLICY changes ON {TABLE} FOR UPDATE USING (chibo_sees(scope_path)) WITH CHECK (chibo_writes(scope_path));
CREATE POLICY removes ON {TABLE} FOR DELETE USING (chibo_writes(scope_path));
CREATE TRIGGER facts_stay BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION chibo_only_scope_moves();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'chibo_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON {TABLE} FROM chibo_app;
    END IF;
END $$;
"""
UNDO = (
    f"DROP TRIGGER facts_stay ON {TABLE};"
    + "".join(f"DROP POLICY {name} ON {TABLE};" for name in ("sees", "adds", "changes", "removes"))
    + f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY;"
)


class Migration(migrations.Migration):
    dependencies = [("cadres", "0012_village_steps")]
    operations = [migrations.RunSQL(SQL, UNDO)]
