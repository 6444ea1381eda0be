"""The second wall before meetings; and facts of the past that nobody rewrites."""

from django.db import migrations


def policies(table: str, sees: str, writes: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON {table} FOR SELECT USING ({sees});
CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({writes});
CREATE POLICY changes ON {table} FOR UPDATE USING ({sees}) WITH CHECK ({writes});
CREATE POLICY removes ON {table} FOR DELETE USING ({writes});
"""


HERE, WRITES = "chibo_sees(scope_path)", "chibo_writes(scope_path)"
TABLES = [
    ("meetings_habit", HERE, WRITES),
    ("meetings_meeting", HERE, WRITES),
    ("meetings_sheetentry", HERE, WRITES),
    ("meetings_closure", HERE, WRITES),
    ("meetings_rollexception", f"{HERE} OR person_id = chibo_person()", WRITES),
    ("meetings_minutes", HERE, WRITES),
    ("meetings_minutesnote", HERE, WRITES),
    ("meetings_task", f"{HERE} OR owner_id = chibo_person()", WRITES),
    ("meetings_taskresult", f"{HERE} OR owner_id = chibo_person()", f"{WRITES} OR owner_id = chibo_person()"),
    ("meetings_postponement", HERE, WRITES),
    ("meetings_notheld", HERE, WRITES),
    ("meetings_help", HERE, WRITES),
    ("meetings_confirmation", HERE, WRITES),
    ("meetings_resolution", HERE, WRITES),
    ("meetings_invitation", f"{HERE} OR person_id = chibo_person()", WRITES),
    ("meetings_absencenotice", f"{HERE} OR person_id = chibo_person()", f"{WRITES} OR person_id = chibo_person()"),
    ("meetings_charge", f"{HERE} OR person_id = chibo_person()", WRITES),
    ("meetings_visit", f"{HERE} OR person_id = chibo_person()", WRITES),
    ("meetings_observation", f"{HERE} OR person_id = chibo_person()", f"{WRITES} OR person_id = chibo_person()"),
]

FACTS = [
    "meetings_sheetentry", "meetings_closure", "meetings_rollexception", "meetings_minutes", "meetings_minutesnote",
    "meetings_taskresult", "meetings_postponement", "meetings_help", "meetings_confirmation", "meetings_resolution",
    "meetings_invitation", "meetings_absencenotice", "meetings_visit", "meetings_observation",
]  # fmt: skip
MORE = "".join(
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
UNDO_MORE = "".join(f"DROP TRIGGER facts_stay ON {table};" for table in FACTS)


def undo(table: str) -> str:
    dropped = "".join(f"DROP POLICY {name} ON {table};" for name in ("sees", "adds", "changes", "removes"))
    return dropped + f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("access", "0002_wall")]
    operations = [
        *(migrations.RunSQL(policies(*row), undo(row[0])) for row in TABLES),
        migrations.RunSQL(MORE, UNDO_MORE),
    ]
