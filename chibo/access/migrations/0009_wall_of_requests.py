"""The second wall before requests and their answers: the person asks for themselves, the keepers of the book answer."""

from django.db import migrations

TABLES = ("access_datarequest", "access_dataanswer")


def wall(table: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON {table} FOR SELECT USING (chibo_sees(scope_path) OR person_id = chibo_person());
CREATE POLICY adds ON {table} FOR INSERT WITH CHECK (chibo_writes(scope_path) OR person_id = chibo_person());
CREATE POLICY changes ON {table} FOR UPDATE USING (chibo_sees(scope_path)) WITH CHECK (chibo_writes(scope_path));
CREATE POLICY removes ON {table} FOR DELETE USING (chibo_writes(scope_path));
CREATE TRIGGER what_was_said_stays BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION chibo_only_scope_moves();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'chibo_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM chibo_app;
    END IF;
END $$;
"""


def open_again(table: str) -> str:
    dropped = "".join(f"DROP POLICY {name} ON {table};" for name in ("sees", "adds", "changes", "removes"))
    return f"DROP TRIGGER what_was_said_stays ON {table};{dropped}ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


class Migration(migrations.Migration):
    dependencies = [("access", "0008_requests_about_data")]
    operations = [migrations.RunSQL(wall(table), open_again(table)) for table in TABLES]
