"""Finding people in a wide scope: an index of letter triples, and the question that may use it (decision 8)."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

SQL = """
CREATE INDEX people_by_letters ON membership_person USING gin (translate(folded_name, 'y', 'i') gin_trgm_ops);

-- SECURITY DEFINER: behind a policy the planner may not look at names before scopes, so no index of names would serve.
-- The scope is repeated here, and what comes back are ids only: the rows are read through the wall afterwards.
-- `longest` is the pattern the index looks up; the first 2,000 hits are put in order, whoever needs more types more.
CREATE FUNCTION chibo_people_named(longest text, patterns text[], lows text[], highs text[], me uuid)
    RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id FROM membership_person p
    WHERE translate(p.folded_name, 'y', 'i') LIKE longest
      AND translate(p.folded_name, 'y', 'i') LIKE ALL (patterns)
      AND (p.id = me OR EXISTS (
          SELECT FROM unnest(lows, highs) AS r(low, high)
          WHERE (p.scope_path >= r.low AND p.scope_path < r.high) OR (p.guest_path >= r.low AND p.guest_path < r.high)))
    LIMIT 2000
$$;
"""
UNDO = """
DROP FUNCTION chibo_people_named(text, text[], text[], text[], uuid);
DROP INDEX people_by_letters;
"""


class Migration(migrations.Migration):
    dependencies = [("membership", "0006_wall_of_particulars")]
    operations = [TrigramExtension(), migrations.RunSQL(SQL, UNDO)]
