"""The ledger only grows: by grant for the application, by trigger for everybody."""

from django.db import migrations

TABLES = ["ledger_entry", "ledger_touch", "ledger_seal"]

SQL = """
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % refused: the ledger only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
"""
    for table in TABLES
)

GRANTS = (
    "DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'chibo_app') THEN "
    + "".join(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM chibo_app; " for table in TABLES)
    # a salt is erased with the content it hides, but never exchanged
    + "REVOKE UPDATE, TRUNCATE ON ledger_salt FROM chibo_app; END IF; END $$;"
)
UNDO = "".join(f"DROP TRIGGER append_only ON {table};" for table in TABLES) + "DROP FUNCTION ledger_is_append_only();"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(SQL, UNDO), migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]
