"""The second wall before mergings of records."""

from django.db import migrations

SEES, WRITES = "chibo_sees(scope_path) OR person_id = chibo_person()", "chibo_writes(scope_path)"
SQL = f"""
ALTER TABLE membership_merging ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON membership_merging FOR SELECT USING ({SEES});
CREATE POLICY adds ON membership_merging FOR INSERT WITH CHECK ({WRITES});
CREATE POLICY changes ON membership_merging FOR UPDATE USING ({SEES}) WITH CHECK ({WRITES});
CREATE POLICY removes ON membership_merging FOR DELETE USING ({WRITES});
"""
UNDO = """
DROP POLICY sees ON membership_merging; DROP POLICY adds ON membership_merging;
DROP POLICY changes ON membership_merging; DROP POLICY removes ON membership_merging;
ALTER TABLE membership_merging DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("membership", "0010_merging"), ("access", "0002_wall")]
    operations = [migrations.RunSQL(SQL, UNDO)]
