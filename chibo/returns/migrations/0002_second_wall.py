"""The second wall before returns; what was typed, said and accepted stays; of a sheet only where it stands moves."""

from django.db import migrations

HERE, WRITES = "chibo_sees(scope_path)", "chibo_writes(scope_path)"
NAMED = "EXISTS (SELECT FROM returns_form asked WHERE asked.id = form_id AND chibo_names(asked.unit_id))"
SEES = {
    "form": f"{HERE} OR chibo_names(unit_id)",  # what the line above asks for is filled in below
    "line": f"{HERE} OR {NAMED}",
    "linecheck": f"{HERE} OR {NAMED}",
}
TABLES = ["form", "line", "linecheck", "sheet", "entry", "step", "remark", "value"]
FACTS = [f"returns_{name}" for name in ("entry", "step", "remark", "value")]
MOVES = {
    "form": "scope_path,ends",
    "line": "scope_path,ends",
    "linecheck": "scope_path,ends",
    "sheet": "scope_path,state,handed_in_on,accepted_id",
}


def policies(name: str) -> str:
    table = f"returns_{name}"
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON {table} FOR SELECT USING ({SEES.get(name, HERE)});
CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({WRITES});
CREATE POLICY changes ON {table} FOR UPDATE USING ({HERE}) WITH CHECK ({WRITES});
CREATE POLICY removes ON {table} FOR DELETE USING ({WRITES});
"""


def undo(name: str) -> str:
    dropped = "".join(f"DROP POLICY {policy} ON returns_{name};" for policy in ("sees", "adds", "changes", "removes"))
    return dropped + f"ALTER TABLE returns_{name} DISABLE ROW LEVEL SECURITY;"


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

# The argument names the columns that may change.
KEEPS = """
CREATE FUNCTION chibo_return_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
       AND (to_jsonb(NEW) - string_to_array(TG_ARGV[0], ',')) = (to_jsonb(OLD) - string_to_array(TG_ARGV[0], ','))
    THEN RETURN NEW; END IF;
    RAISE EXCEPTION '% of % refused: what was asked or handed in is not rewritten', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
""" + "".join(
    f"CREATE TRIGGER words_stay BEFORE UPDATE OR DELETE ON returns_{name} FOR EACH ROW"
    f" EXECUTE FUNCTION chibo_return_keeps('{columns}');"
    for name, columns in MOVES.items()
)
UNDO_KEEPS = "".join(f"DROP TRIGGER words_stay ON returns_{name};" for name in MOVES) + (
    "DROP FUNCTION chibo_return_keeps();"
)


class Migration(migrations.Migration):
    dependencies = [("returns", "0001_initial"), ("access", "0002_wall")]
    operations = [
        *(migrations.RunSQL(policies(name), undo(name)) for name in TABLES),
        migrations.RunSQL(STAY, UNDO_STAY),
        migrations.RunSQL(KEEPS, UNDO_KEEPS),
    ]
