"""The second wall before decisions; what a reorganisation may rewrite, and nobody else."""

from django.db import migrations

WRITES, HERE = "chibo_writes(scope_path)", "chibo_sees(scope_path)"
NAMED = (
    f"{HERE} OR EXISTS (SELECT 1 FROM reorganisation_decisionunit u"
    " WHERE u.decision_id = reorganisation_decision.id AND chibo_sees(u.scope_path))"
)
TABLES = {
    "reorganisation_decision": NAMED, "reorganisation_decisionunit": HERE, "reorganisation_descent": HERE,
}  # fmt: skip


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


def only_scope_moves(more: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION chibo_only_scope_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['scope_path'];
BEGIN
    {more}
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - free) = (to_jsonb(OLD) - free) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of % refused: what happened is not rewritten', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def task_keeps_its_words(more: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION chibo_task_keeps_its_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := '{{scope_path,owner_id,due,settled_on}}';
BEGIN
    {more}
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - free) = (to_jsonb(OLD) - free) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of meetings_task refused: what was given is not rewritten', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


BY_A_DECISION = "IF current_setting('chibo.reorganises', true) = 'on' THEN free := free || ARRAY[{}]; END IF;"

FUNCTIONS = """
-- SECURITY DEFINER: facts nobody rewrites still follow their unit (decision 7). Every table with such a column, those
-- of rooms that come later too: a column called scope_path is a promise.
CREATE FUNCTION chibo_must_write(path text) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    -- the owner of the tables (commands of the machine) stands in front of the wall anyway
    IF (session_user = 'chibo_app' OR current_setting('role') = 'chibo_app') AND NOT coalesce(chibo_writes(path), false)
    THEN
        RAISE EXCEPTION 'beyond the wall' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

CREATE FUNCTION chibo_rehang(low text, high text, hung text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    each record;
    moved bigint := 0;
    rows bigint;
BEGIN
    PERFORM chibo_must_write(low), chibo_must_write(hung);
    FOR each IN
        SELECT c.oid::regclass AS tab, a.attname AS col FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT a.attisdropped
          AND a.attname IN ('scope_path', 'home_path', 'guest_path') ORDER BY c.relname, a.attname
    LOOP
        EXECUTE format('UPDATE %s SET %I = $3 || substr(%I, length($1) + 1) WHERE %I >= $1 AND %I < $2',
                       each.tab, each.col, each.col, each.col, each.col) USING low, high, hung;
        GET DIAGNOSTICS rows = ROW_COUNT;
        moved := moved + rows;
    END LOOP;
    RETURN moved;
END $$;

-- SECURITY DEFINER: a decision written after its day places anew what happened in between (decision 12).
CREATE FUNCTION chibo_place_anew(low text, high text, hung text, since date) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moved bigint := 0;
    rows bigint;
BEGIN
    PERFORM set_config('chibo.reorganises', 'on', true);
    UPDATE meetings_closure c SET place_path = hung || substr(c.place_path, length(low) + 1) FROM meetings_meeting m
        WHERE m.id = c.meeting_id AND m.planned_on >= since AND c.place_path >= low AND c.place_path < high
          AND (current_setting('role') <> 'chibo_app' AND session_user <> 'chibo_app' OR chibo_writes(c.scope_path));
    UPDATE meetings_meeting m SET place_path = hung || substr(m.place_path, length(low) + 1)
        WHERE m.planned_on >= since AND m.place_path >= low AND m.place_path < high
          AND (current_setting('role') <> 'chibo_app' AND session_user <> 'chibo_app' OR chibo_writes(m.scope_path));
    GET DIAGNOSTICS rows = ROW_COUNT;
    moved := moved + rows;
    UPDATE meetings_task t SET place_path = hung || substr(t.place_path, length(low) + 1)
        WHERE t.given_on >= since AND t.place_path >= low AND t.place_path < high
          AND (current_setting('role') <> 'chibo_app' AND session_user <> 'chibo_app' OR chibo_writes(t.scope_path));
    GET DIAGNOSTICS rows = ROW_COUNT;
    PERFORM set_config('chibo.reorganises', 'off', true);
    RETURN moved + rows;
END $$;

-- SECURITY DEFINER: what hangs on a meeting or a task goes where the meeting or the task went.
CREATE FUNCTION chibo_follow_row(parent regclass, row_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    each record;
    path text;
BEGIN
    IF parent NOT IN ('meetings_meeting'::regclass, 'meetings_task'::regclass) THEN
        RAISE EXCEPTION 'only meetings and tasks are passed on';
    END IF;
    EXECUTE format('SELECT scope_path FROM %s WHERE id = $1', parent) INTO path USING row_id;
    PERFORM chibo_must_write(path);
    FOR each IN
        SELECT k.conrelid::regclass AS tab, a.attname AS col FROM pg_constraint k
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
        WHERE k.contype = 'f' AND k.confrelid = parent
          AND NOT (parent = 'meetings_meeting'::regclass
                   AND k.conrelid IN ('meetings_task'::regclass, 'meetings_taskresult'::regclass))
          AND EXISTS (SELECT FROM pg_attribute s WHERE s.attrelid = k.conrelid AND s.attname = 'scope_path')
    LOOP
        EXECUTE format('UPDATE %s SET scope_path = $1 WHERE %I = $2', each.tab, each.col) USING path, row_id;
    END LOOP;
END $$;
"""

UNDO_FUNCTIONS = """
DROP FUNCTION chibo_follow_row(regclass, uuid); DROP FUNCTION chibo_place_anew(text, text, text, date);
DROP FUNCTION chibo_rehang(text, text, text); DROP FUNCTION chibo_must_write(text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reorganisation", "0001_initial"),
        ("access", "0003_dated_facts_stay"),
        ("meetings", "0007_day_of_a_meeting"),
    ]
    operations = [
        *(migrations.RunSQL(policies(table, sees), undo(table)) for table, sees in TABLES.items()),
        migrations.RunSQL(only_scope_moves(BY_A_DECISION.format("'place_path'")), only_scope_moves("")),
        migrations.RunSQL(
            task_keeps_its_words(BY_A_DECISION.format("'unit_id', 'place_path'")), task_keeps_its_words("")
        ),
        migrations.RunSQL(FUNCTIONS, UNDO_FUNCTIONS),
    ]
