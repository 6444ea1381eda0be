"""The second wall before persons: their cell, the cell they are guests of, themselves."""

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
# a guest's standing decides whether they vote: the cell they visit may know it
GUEST = "EXISTS (SELECT 1 FROM membership_person g WHERE g.id = person_id AND chibo_sees(g.guest_path))"
TABLES = [
    ("membership_person", f"{HERE} OR chibo_sees(guest_path) OR id = chibo_person()", WRITES),
    (
        "membership_belonging",
        f"{HERE} OR chibo_sees(home_path) OR person_id = chibo_person()",
        f"{WRITES} OR chibo_writes(home_path)",
    ),
    ("membership_standing", f"{HERE} OR person_id = chibo_person() OR {GUEST}", WRITES),
    ("membership_absence", f"{HERE} OR person_id = chibo_person() OR {GUEST}", WRITES),
]


def undo(table: str) -> str:
    dropped = "".join(f"DROP POLICY {name} ON {table};" for name in ("sees", "adds", "changes", "removes"))
    return dropped + f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


class Migration(migrations.Migration):
    dependencies = [("membership", "0001_initial"), ("access", "0002_wall")]
    operations = [
        *(migrations.RunSQL(policies(*row), undo(row[0])) for row in TABLES),
    ]
