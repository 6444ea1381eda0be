"""The second wall before pairs of persons: whoever sees both sides."""

from django.db import migrations

SEES = "chibo_sees(scope_path) AND chibo_sees(home_path)"
WRITES = "chibo_writes(scope_path) AND chibo_writes(home_path)"
FOLLOWS = "chibo_writes(scope_path) OR chibo_writes(home_path)"  # one of the two may move away
SQL = f"""
ALTER TABLE membership_apart ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON membership_apart FOR SELECT USING ({SEES});
CREATE POLICY adds ON membership_apart FOR INSERT WITH CHECK ({WRITES});
CREATE POLICY changes ON membership_apart FOR UPDATE USING ({SEES}) WITH CHECK ({FOLLOWS});
CREATE POLICY removes ON membership_apart FOR DELETE USING ({WRITES});
"""
UNDO = """
DROP POLICY sees ON membership_apart; DROP POLICY adds ON membership_apart;
DROP POLICY changes ON membership_apart; DROP POLICY removes ON membership_apart;
ALTER TABLE membership_apart DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("membership", "0008_apart"), ("access", "0002_wall")]
    operations = [migrations.RunSQL(SQL, UNDO)]
