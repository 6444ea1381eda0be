"""The second wall before units: a branch, and the names of the line above it."""

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
    ("organisation_unit", f"{HERE} OR chibo_names(id)", WRITES),
    ("organisation_placement", f"{HERE} OR chibo_names(unit_id)", WRITES),
    ("organisation_pathversion", f"{HERE} OR chibo_names(unit_id)", WRITES),
]


def undo(table: str) -> str:
    dropped = "".join(f"DROP POLICY {name} ON {table};" for name in ("sees", "adds", "changes", "removes"))
    return dropped + f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial"), ("access", "0002_wall")]
    operations = [
        *(migrations.RunSQL(policies(*row), undo(row[0])) for row in TABLES),
    ]
