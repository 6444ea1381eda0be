"""The second wall before congresses and bodies, and the guard of dated facts."""

from django.db import migrations

HERE, WRITES = "chibo_sees(scope_path)", "chibo_writes(scope_path)"
OWN = f"{HERE} OR person_id = chibo_person()"
SITS = f"{HERE} OR EXISTS (SELECT 1 FROM cadres_seat s WHERE s.body_id = id AND s.person_id = chibo_person())"
TABLES = {"cadres_congress": HERE, "cadres_closedpost": HERE, "cadres_seat": OWN, "cadres_body": SITS}
GUARDED = ["cadres_term", "cadres_congress", "cadres_body", "cadres_seat"]


def policies(table: str, sees: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON {table} FOR SELECT USING ({sees});
CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({WRITES});
CREATE POLICY changes ON {table} FOR UPDATE USING ({sees}) WITH CHECK ({WRITES});
CREATE POLICY removes ON {table} FOR DELETE USING ({WRITES});
"""


def undo(table: str) -> str:
    dropped = "".join(f"DROP POLICY {name} ON {table};" for name in ("sees", "adds", "changes", "removes"))
    return dropped + f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


GUARDS = "".join(
    f"CREATE TRIGGER dated_facts_stay BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION chibo_dated_fact_stays();\n"
    for table in GUARDED
)
UNDO_GUARDS = "".join(f"DROP TRIGGER dated_facts_stay ON {table};" for table in GUARDED)


class Migration(migrations.Migration):
    dependencies = [("cadres", "0008_congress_and_bodies"), ("access", "0003_dated_facts_stay")]
    operations = [
        *(migrations.RunSQL(policies(table, sees), undo(table)) for table, sees in TABLES.items()),
        migrations.RunSQL(GUARDS, UNDO_GUARDS),
    ]
