"""The second wall before changes of tasks; a task keeps its words; the newest result says whether it is settled."""

from django.db import migrations

SEES = "chibo_sees(scope_path) OR from_owner_id = chibo_person() OR to_owner_id = chibo_person()"
WRITES = "chibo_writes(scope_path)"

SQL = f"""
ALTER TABLE meetings_taskchange ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON meetings_taskchange FOR SELECT USING ({SEES});
CREATE POLICY adds ON meetings_taskchange FOR INSERT WITH CHECK ({WRITES});
CREATE POLICY changes ON meetings_taskchange FOR UPDATE USING ({SEES}) WITH CHECK ({WRITES});
CREATE POLICY removes ON meetings_taskchange FOR DELETE USING ({WRITES});
CREATE TRIGGER facts_stay BEFORE UPDATE OR DELETE ON meetings_taskchange
    FOR EACH ROW EXECUTE FUNCTION chibo_only_scope_moves();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'chibo_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON meetings_taskchange FROM chibo_app;
    END IF;
END $$;

-- SECURITY DEFINER: an owner without a post may note a result, but may not write the task itself.
CREATE FUNCTION chibo_task_settled() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE meetings_task SET settled_on = (
        SELECT CASE WHEN r.state IN ('done', 'dropped') THEN r.on_day END
        FROM meetings_taskresult r WHERE r.task_id = NEW.task_id ORDER BY r.on_day DESC, r.id DESC LIMIT 1
    ) WHERE id = NEW.task_id;
    RETURN NULL;
END $$;
CREATE TRIGGER result_settles AFTER INSERT ON meetings_taskresult
    FOR EACH ROW EXECUTE FUNCTION chibo_task_settled();

-- Owner, day and settling may change, each with a row that says so; what was given may not.
CREATE FUNCTION chibo_task_keeps_its_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - '{{scope_path,owner_id,due,settled_on}}'::text[])
                          = (to_jsonb(OLD) - '{{scope_path,owner_id,due,settled_on}}'::text[]) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of meetings_task refused: what was given is not rewritten', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER words_stay BEFORE UPDATE OR DELETE ON meetings_task
    FOR EACH ROW EXECUTE FUNCTION chibo_task_keeps_its_words();
"""

UNDO = """
DROP TRIGGER words_stay ON meetings_task; DROP FUNCTION chibo_task_keeps_its_words();
DROP TRIGGER result_settles ON meetings_taskresult; DROP FUNCTION chibo_task_settled();
DROP TRIGGER facts_stay ON meetings_taskchange;
DROP POLICY sees ON meetings_taskchange; DROP POLICY adds ON meetings_taskchange;
DROP POLICY changes ON meetings_taskchange; DROP POLICY removes ON meetings_taskchange;
ALTER TABLE meetings_taskchange DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_tasks_between_meetings")]
    operations = [migrations.RunSQL(SQL, UNDO)]
