"""The wall before visits' notes, changes tried and scans; and a visit one plans for oneself."""

from django.db import migrations

HERE, WRITES, MINE = "chibo_sees(scope_path)", "chibo_writes(scope_path)", "person_id = chibo_person()"
TABLES = [
    ("meetings_observationnote", f"{HERE} OR {MINE}", f"{WRITES} OR {MINE}"),
    ("meetings_changetried", HERE, WRITES),
    ("meetings_changeeffect", HERE, WRITES),
    ("meetings_signedscan", HERE, WRITES),
]
FACTS = ["meetings_observationnote", "meetings_changetried", "meetings_changeeffect"]


def policies(table: str, sees: str, writes: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON {table} FOR SELECT USING ({sees});
CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({writes});
CREATE POLICY changes ON {table} FOR UPDATE USING ({sees}) WITH CHECK ({writes});
CREATE POLICY removes ON {table} FOR DELETE USING ({writes});
"""


def undo(table: str) -> str:
    dropped = "".join(f"DROP POLICY {name} ON {table};" for name in ("sees", "adds", "changes", "removes"))
    return dropped + f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


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


def own_visit(writes: str) -> str:
    """Who reads a cell without writing there may still plan to attend it, for themselves only."""
    return f"""
DROP POLICY adds ON meetings_visit;
CREATE POLICY adds ON meetings_visit FOR INSERT WITH CHECK ({writes});
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_visits_changes_scans")]
    operations = [
        *(migrations.RunSQL(policies(*row), undo(row[0])) for row in TABLES),
        migrations.RunSQL(STAY, UNDO_STAY),
        migrations.RunSQL(own_visit(f"{WRITES} OR ({MINE} AND {HERE})"), own_visit(WRITES)),
    ]
