"""The second wall before posts of the state, and the guard of dated facts."""

from django.db import migrations

SEES = "chibo_sees(scope_path) OR person_id = chibo_person()"
WRITES = "chibo_writes(scope_path)"
SQL = f"""
ALTER TABLE cadres_statepost ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON cadres_statepost FOR SELECT USING ({SEES});
CREATE POLICY adds ON cadres_statepost FOR INSERT WITH CHECK ({WRITES});
CREATE POLICY changes ON cadres_statepost FOR UPDATE USING ({SEES}) WITH CHECK ({WRITES});
CREATE POLICY removes ON cadres_statepost FOR DELETE USING ({WRITES});
CREATE TRIGGER dated_facts_stay BEFORE UPDATE OR DELETE ON cadres_statepost
    FOR EACH ROW EXECUTE FUNCTION chibo_dated_fact_stays();
"""
UNDO = """
DROP TRIGGER dated_facts_stay ON cadres_statepost;
DROP POLICY sees ON cadres_statepost; DROP POLICY adds ON cadres_statepost;
DROP POLICY changes ON cadres_statepost; DROP POLICY removes ON cadres_statepost;
ALTER TABLE cadres_statepost DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("cadres", "0006_state_posts"), ("access", "0003_dated_facts_stay")]
    operations = [migrations.RunSQL(SQL, UNDO)]
