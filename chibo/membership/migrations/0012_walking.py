"""The list of everybody in a province, in the order of names: the index to walk, and the question that walks it."""

from django.db import migrations

SQL = """
CREATE INDEX people_in_order ON membership_person (name_key, id);

-- SECURITY DEFINER: behind a policy the planner expects next to nobody and puts everybody in order before it takes a
-- page; nor does it know from parameters how soon the walk ends, so that every other way is closed to it here.
-- The scope is repeated, and what comes back are ids only: the rows are read through the wall afterwards.
-- Only for a branch that holds most people: in a small one its own people are put in order faster.
CREATE FUNCTION chibo_people_listed(
    branch text, day date, after_key text, after_id uuid, lows text[], highs text[], me uuid, most integer
) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET enable_sort = off SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
    SELECT p.id FROM membership_person p
    WHERE (p.name_key, p.id) > (after_key, after_id)
      AND EXISTS (
          SELECT FROM membership_belonging b
          WHERE b.person_id = p.id AND b.kind = 'official' AND b.withdrawn_at IS NULL AND b.during @> day
            AND b.scope_path >= branch AND b.scope_path < left(branch, -1) || '0')
      AND (p.id = me OR EXISTS (
          SELECT FROM unnest(lows, highs) AS r(low, high)
          WHERE (p.scope_path >= r.low AND p.scope_path < r.high) OR (p.guest_path >= r.low AND p.guest_path < r.high)))
    ORDER BY p.name_key, p.id LIMIT most
$$;
"""
UNDO = """
DROP FUNCTION chibo_people_listed(text, date, text, uuid, text[], text[], uuid, integer);
DROP INDEX people_in_order;
"""


class Migration(migrations.Migration):
    dependencies = [("membership", "0011_wall_of_merging")]
    operations = [migrations.RunSQL(SQL, UNDO)]
