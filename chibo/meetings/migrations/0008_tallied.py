"""Meetings planned, closed, and who came, added up for the branches above as they are written (decision 18).

A closure is never taken away. Committees' own meetings, and those of cells right below the root, are few: they are kept
unit by unit.
"""

from django.db import migrations

MEETING, CLOSURE = "meetings_meeting", "meetings_closure"
NUMBERS = ("planned", "closed", "present", "expected", "not_counted")  # the places of a sum
WHOLE = "(m.kind IN ('committee', 'standing') OR length(here.path) <= 14)"
KEY = f"""here.tree, here.path, {WHOLE} AS whole, date_trunc('month', m.planned_on)::date AS month,
        'meetings.' || m.kind AS measure"""
SUMMED = ", ".join(f"sum(sign * {name})" for name in NUMBERS)


def on_both_trees(row: str) -> str:
    return (
        f"CROSS JOIN LATERAL (VALUES (0::smallint, {row}.place_path), (1::smallint, {row}.scope_path)) here(tree, path)"
    )


def planned(sign: int, rows: str) -> str:
    return f"""
        SELECT {sign} AS sign, {KEY}, 1 AS planned, 0 AS closed, 0 AS present, 0 AS expected, 0 AS not_counted
        FROM {rows} m {on_both_trees("m")}"""


def closed(sign: int, rows: str, meetings: str = MEETING) -> str:
    return f"""
        SELECT {sign} AS sign, {KEY}, 0 AS planned, 1 AS closed, c.present, c.expected, c.not_counted
        FROM {rows} c JOIN {meetings} m ON m.id = c.meeting_id {on_both_trees("c")}"""


def added(*parts: str) -> str:
    return f"""
    INSERT INTO figures_pending (tree, path, whole, month, measure, sums)
    SELECT tree, path, whole, month, measure, ARRAY[{SUMMED}]::bigint[] FROM ({" UNION ALL ".join(parts)}) changed
    GROUP BY tree, path, whole, month, measure HAVING ({SUMMED}) <> (0, 0, 0, 0, 0);"""


def trigger(table: str, when: str, rows: str, body: str) -> str:
    name = f"{table}_tallied_{when.lower()}"
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN {body}
    RETURN NULL;
END $$;
CREATE TRIGGER tallied_{when.lower()} AFTER {when} ON {table} REFERENCING {rows}
    FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


def replanned(rows: str) -> str:
    """A closed meeting of another day or kind takes what came of it along."""
    return f"""(SELECT {rows}.* FROM come JOIN gone USING (id)
            WHERE come.planned_on <> gone.planned_on OR come.kind <> gone.kind)"""


NEW, OLD = "NEW TABLE AS come", "OLD TABLE AS gone"
VIEW = f"""
CREATE VIEW meetings_tallied AS
    SELECT tree, path, whole, month, measure, ARRAY[{", ".join(NUMBERS)}]::bigint[] AS sums
    FROM ({planned(1, MEETING)} UNION ALL {closed(1, CLOSURE)}) facts;
"""
TRIGGERS = [
    trigger(MEETING, "INSERT", NEW, added(planned(1, "come"))),
    trigger(MEETING, "DELETE", OLD, added(planned(-1, "gone"))),
    trigger(MEETING, "UPDATE", f"{OLD} {NEW}", added(
        planned(1, "come"), planned(-1, "gone"),
        closed(1, CLOSURE, replanned("come")), closed(-1, CLOSURE, replanned("gone")),
    )),
    trigger(CLOSURE, "INSERT", NEW, added(closed(1, "come"))),
    trigger(CLOSURE, "UPDATE", f"{OLD} {NEW}", added(closed(1, "come"), closed(-1, "gone"))),
]  # fmt: skip
FILLED = """
INSERT INTO figures_pending (tree, path, whole, month, measure, sums)
SELECT tree, path, whole, month, measure, sums FROM meetings_tallied;
SELECT chibo_fold_tallies();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'chibo_app') THEN
        REVOKE ALL ON meetings_tallied FROM chibo_app;
    END IF;
END $$;
"""
UNDO = "".join(
    f"DROP TRIGGER tallied_{when} ON {table}; DROP FUNCTION {table}_tallied_{when}();"
    for table, when in [(MEETING, "insert"), (MEETING, "update"), (MEETING, "delete"), (CLOSURE, "insert"),
                        (CLOSURE, "update")]
)  # fmt: skip
EMPTIED = """
DROP VIEW meetings_tallied;
DELETE FROM figures_pending WHERE starts_with(measure, 'meetings.');
DELETE FROM figures_tally WHERE starts_with(measure, 'meetings.');
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0007_day_of_a_meeting"), ("figures", "0002_sums")]
    operations = [migrations.RunSQL("".join([VIEW, *TRIGGERS, FILLED]), UNDO + EMPTIED)]
