"""Open limitations go on with an heir; a merging of two records passes on the remedies somebody still owes."""

from django.db import migrations

MAY = "(current_setting('role') <> 'chibo_app' AND session_user <> 'chibo_app' OR chibo_writes({0}.scope_path))"


def place_anew(more: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION chibo_place_anew(low text, high text, hung text, since date) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moved bigint := 0;
    rows bigint;
BEGIN
    PERFORM set_config('chibo.reorganises', 'on', true);
    UPDATE meetings_closure c SET place_path = hung || substr(c.place_path, length(low) + 1) FROM meetings_meeting m
        WHERE m.id = c.meeting_id AND m.planned_on >= since AND c.place_path >= low AND c.place_path < high
          AND {MAY.format("c")};
    UPDATE meetings_meeting m SET place_path = hung || substr(m.place_path, length(low) + 1)
        WHERE m.planned_on >= since AND m.place_path >= low AND m.place_path < high AND {MAY.format("m")};
    GET DIAGNOSTICS rows = ROW_COUNT;
    moved := moved + rows;
    UPDATE meetings_task t SET place_path = hung || substr(t.place_path, length(low) + 1)
        WHERE t.given_on >= since AND t.place_path >= low AND t.place_path < high AND {MAY.format("t")};
    GET DIAGNOSTICS rows = ROW_COUNT;
    moved := moved + rows;
    {more}
    PERFORM set_config('chibo.reorganises', 'off', true);
    RETURN moved;
END $$;
"""


LIMITATIONS = f"""
    UPDATE issues_limitation l SET place_path = hung || substr(l.place_path, length(low) + 1)
        WHERE l.entered_on >= since AND l.place_path >= low AND l.place_path < high AND {MAY.format("l")};
    GET DIAGNOSTICS rows = ROW_COUNT;
    moved := moved + rows;
    UPDATE issues_turn u SET place_path = hung || substr(u.place_path, length(low) + 1)
        WHERE u.on_day >= since AND u.place_path >= low AND u.place_path < high AND {MAY.format("u")};
"""


def follow_row(parents: str, words: str, stays: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION chibo_follow_row(parent regclass, row_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    each record;
    path text;
BEGIN
    IF parent NOT IN ({parents}) THEN
        RAISE EXCEPTION 'only {words} are passed on';
    END IF;
    EXECUTE format('SELECT scope_path FROM %s WHERE id = $1', parent) INTO path USING row_id;
    PERFORM chibo_must_write(path);
    FOR each IN
        SELECT k.conrelid::regclass AS tab, a.attname AS col FROM pg_constraint k
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
        WHERE k.contype = 'f' AND k.confrelid = parent
          AND NOT (parent = 'meetings_meeting'::regclass AND k.conrelid IN ({stays}))
          AND EXISTS (SELECT FROM pg_attribute s WHERE s.attrelid = k.conrelid AND s.attname = 'scope_path')
    LOOP
        EXECUTE format('UPDATE %s SET scope_path = $1 WHERE %I = $2', each.tab, each.col) USING path, row_id;
    END LOOP;
END $$;
"""


def of(*tables: str) -> str:
    return ", ".join(f"'{table}'::regclass" for table in tables)


BEFORE = follow_row(
    of("meetings_meeting", "meetings_task"), "meetings and tasks", of("meetings_task", "meetings_taskresult")
)
AFTER = follow_row(
    of("meetings_meeting", "meetings_task", "issues_limitation"), "meetings, tasks and limitations",
    of("meetings_task", "meetings_taskresult", "issues_limitation"),
)  # fmt: skip

FACTS = ("membership_belonging", "membership_standing", "membership_absence", "membership_particular", "cadres_post",
         "cadres_statepost", "cadres_seat")  # fmt: skip
LIVE = " + ".join(
    f"(SELECT count(*) FROM {table} f WHERE f.person_id = person AND f.withdrawn_at IS NULL)" for table in FACTS
)


def facts_of(more: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION chibo_facts_of(person uuid, goes boolean) RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM chibo_must_write((SELECT p.scope_path FROM membership_person p WHERE p.id = person));
    RETURN {LIVE} + CASE WHEN goes THEN
        (SELECT count(*) FROM meetings_task t WHERE t.owner_id = person AND t.settled_on IS NULL)
        + (SELECT count(*) FROM meetings_charge c WHERE c.person_id = person)
        + (SELECT count(*) FROM meetings_meeting m WHERE m.presenter_id = person
           AND NOT EXISTS (SELECT FROM meetings_closure c WHERE c.meeting_id = m.id)){more}
    ELSE 0 END;
END $$;
"""


REMEDIES = """
        + (SELECT count(*) FROM issues_remedy r WHERE r.owner_id = person AND r.confirmed_on IS NULL
           AND r.withdrawn_at IS NULL)"""


class Migration(migrations.Migration):
    dependencies = [("reorganisation", "0004_decided_by_a_sheet"), ("issues", "0002_second_wall")]
    operations = [
        migrations.RunSQL(place_anew(LIMITATIONS), place_anew("")),
        migrations.RunSQL(AFTER, BEFORE),
        migrations.RunSQL(facts_of(REMEDIES), facts_of("")),
    ]
