"""The second wall before particulars: the sensitive ones behind a question of their own."""

from django.db import migrations

SLOTS = range(4)
INSIDE = " OR ".join(
    f"(path >= current_setting('chibo.s{n}_low', true) AND path < current_setting('chibo.s{n}_high', true))"
    for n in SLOTS
)
HERE = "CASE WHEN sensitive THEN chibo_opens(scope_path) ELSE chibo_sees(scope_path) END"
SEES = f"({HERE}) OR person_id = chibo_person()"
WRITES = "chibo_writes(scope_path) AND (NOT sensitive OR chibo_opens(scope_path))"
SQL = f"""
CREATE FUNCTION chibo_opens(path text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT {INSIDE} $$;
ALTER TABLE membership_particular ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON membership_particular FOR SELECT USING ({SEES});
CREATE POLICY adds ON membership_particular FOR INSERT WITH CHECK ({WRITES});
CREATE POLICY changes ON membership_particular FOR UPDATE USING ({SEES}) WITH CHECK ({WRITES});
CREATE POLICY removes ON membership_particular FOR DELETE USING ({WRITES});
CREATE TRIGGER dated_facts_stay BEFORE UPDATE OR DELETE ON membership_particular
    FOR EACH ROW EXECUTE FUNCTION chibo_dated_fact_stays();
"""
UNDO = """
DROP TRIGGER dated_facts_stay ON membership_particular;
DROP POLICY sees ON membership_particular; DROP POLICY adds ON membership_particular;
DROP POLICY changes ON membership_particular; DROP POLICY removes ON membership_particular;
ALTER TABLE membership_particular DISABLE ROW LEVEL SECURITY;
DROP FUNCTION chibo_opens(text);
"""


class Migration(migrations.Migration):
    dependencies = [("membership", "0005_particulars"), ("access", "0003_dated_facts_stay")]
    operations = [migrations.RunSQL(SQL, UNDO)]
