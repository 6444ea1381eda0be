"""How sums are read, and how what was written since is folded into them; behind two functions, never by hand."""

from django.db import migrations

SLOTS = 6  # places of a sum; a measure uses as many as it needs
TALLY_LOCK = 1413565516
ADDED = ", ".join(f"coalesce(sum(sums[{n}]), 0)" for n in range(1, SLOTS + 1))
ODD = " OR ".join(f"coalesce(sum(sign * sums[{n}]), 0) <> 0" for n in range(1, SLOTS + 1))

SQL = f"""
-- Where a fact at this path counts: below each unit above it, and under the last of all either by itself or, for one of
-- the many cells, together with the other cells there. A unit that is kept by itself has facts of its own, too.
CREATE FUNCTION chibo_tally_places(path text, whole boolean) RETURNS TABLE (parent text, child text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT substr(path, 7 * n + 1, 6),
           CASE WHEN whole OR n < length(path) / 7 - 2 THEN substr(path, 7 * n + 8, 6) ELSE '' END
    FROM generate_series(0, length(path) / 7 - 2) n
    UNION ALL SELECT left(right(path, 7), 6), left(right(path, 7), 6) WHERE whole
$$;

-- SECURITY DEFINER: a sum has no place of its own in the tree, so the scope of the branch is asked here. What stood in
-- a branch once may belong elsewhere today: the tree of those days is summed for whoever sees the whole of today's.
CREATE FUNCTION chibo_tallies(which smallint, branch text, measures text[], first date, after date)
RETURNS TABLE (child text, measure text, sums bigint[]) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT s.child, s.measure, ARRAY[{ADDED}]::bigint[] FROM (
        SELECT t.child, t.measure, t.sums FROM figures_tally t
        WHERE t.tree = which AND t.parent = left(right(branch, 7), 6) AND t.measure = ANY (measures)
          AND t.month >= first AND t.month < after
        UNION ALL
        SELECT e.child, p.measure, p.sums FROM figures_pending p, chibo_tally_places(p.path, p.whole) e
        WHERE p.tree = which AND p.path LIKE '%' || right(branch, 7) || '%' AND p.measure = ANY (measures)
          AND p.month >= first AND p.month < after AND e.parent = left(right(branch, 7), 6)
    ) s
    WHERE current_setting('role') <> 'chibo_app' AND session_user <> 'chibo_app'
       OR chibo_sees(CASE which WHEN 1 THEN branch ELSE left(branch, 7) END)
    GROUP BY s.child, s.measure
$$;

-- One at a time: what one has taken out, another must not miss. A reader sees it either pending or folded in.
CREATE FUNCTION chibo_fold_tallies() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE folded bigint;
BEGIN
    IF NOT pg_try_advisory_xact_lock({TALLY_LOCK}) THEN RETURN 0; END IF;
    WITH taken AS (DELETE FROM figures_pending RETURNING tree, path, whole, month, measure, sums),
    added AS (
        SELECT t.tree, e.parent, e.child, t.month, t.measure, ARRAY[{ADDED}]::bigint[] AS sums
        FROM taken t, chibo_tally_places(t.path, t.whole) e GROUP BY 1, 2, 3, 4, 5
    ),
    put AS (
        INSERT INTO figures_tally AS kept (tree, parent, child, month, measure, sums)
        SELECT tree, parent, child, month, measure, sums FROM added
        ON CONFLICT (tree, parent, measure, month, child) DO UPDATE SET sums = (
            SELECT array_agg(a + b ORDER BY place)
            FROM unnest(kept.sums, EXCLUDED.sums) WITH ORDINALITY AS u(a, b, place))
    )
    SELECT count(*) INTO folded FROM taken;
    RETURN folded;
END $$;

-- Every sum once more from the registers; the measures with other sums than those kept, and how many of each.
CREATE FUNCTION chibo_tallies_differ(facts regclass, prefix text) RETURNS TABLE (measure text, places bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (session_user = 'chibo_app' OR current_setting('role') = 'chibo_app') AND NOT coalesce(chibo_sees(''), false)
    THEN RETURN; END IF;
    RETURN QUERY EXECUTE format($sql$
        SELECT measure::text, count(*) FROM (
            SELECT measure FROM (
                SELECT 1 AS sign, f.tree::smallint AS tree, e.parent, e.child, f.month, f.measure, f.sums
                FROM %s f, chibo_tally_places(f.path, f.whole) e
                UNION ALL
                SELECT -1, t.tree, t.parent, t.child, t.month, t.measure, t.sums FROM figures_tally t
                WHERE starts_with(t.measure, $1)
                UNION ALL
                SELECT -1, p.tree, e.parent, e.child, p.month, p.measure, p.sums
                FROM figures_pending p, chibo_tally_places(p.path, p.whole) e WHERE starts_with(p.measure, $1)
            ) each GROUP BY tree, parent, child, month, measure HAVING {ODD}
        ) odd GROUP BY measure ORDER BY measure $sql$, facts) USING prefix;
END $$;

-- What is folded leaves dead rows behind at every tick.
ALTER TABLE figures_pending SET (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'chibo_app') THEN
        REVOKE ALL ON figures_tally, figures_pending FROM chibo_app;
    END IF;
END $$;
"""
UNDO = """
DROP FUNCTION chibo_tallies_differ(regclass, text);
DROP FUNCTION chibo_fold_tallies(); DROP FUNCTION chibo_tallies(smallint, text, text[], date, date);
DROP FUNCTION chibo_tally_places(text, boolean);
"""


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial"), ("access", "0002_wall")]
    operations = [migrations.RunSQL(SQL, UNDO)]
