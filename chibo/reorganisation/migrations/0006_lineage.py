"""The one question of the sign-in also says which ended units the post's unit descends from (decisions 8 and 13)."""

from django.db import migrations

PREDECESSORS = """
-- SECURITY DEFINER: asked before anybody is known. Where an ended unit belongs today, the nearest first; a unit that
-- goes on (a cell that became a committee) is nobody's past, and neither is what came before it.
CREATE FUNCTION chibo_predecessors(unit integer, day date) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH RECURSIVE line(id, far) AS (
        SELECT unit, 0
        UNION
        SELECT d.source_id, l.far + 1 FROM line l
        JOIN reorganisation_descent d ON d.heir_id = l.id
        JOIN reorganisation_decision c ON c.id = d.decision_id AND c.withdrawn_at IS NULL
        WHERE l.far < 16
          AND NOT EXISTS (SELECT FROM organisation_placement p WHERE p.unit_id = d.source_id AND p.during @> day)
    )
    SELECT coalesce(array_agg(u.scope_path ORDER BY l.far, u.id), '{}')
    FROM (SELECT id, min(far) AS far FROM line WHERE far > 0 GROUP BY id) l JOIN organisation_unit u ON u.id = l.id
$$;
"""
HELD = """
DROP FUNCTION chibo_held_posts(bigint, date);
CREATE FUNCTION chibo_held_posts(account bigint, day date)
    RETURNS TABLE (person_id uuid, full_name text, office text, unit_id integer, path text, unit_name text,
                  needs_step boolean, cell_id integer%s)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, p.full_name, coalesce(o.office, ''), coalesce(o.unit_id, 0), coalesce(u.scope_path, ''),
           coalesce(n.name, ''),
           EXISTS (SELECT FROM access_secondstep s WHERE s.office = o.office AND s.during @> day),
           coalesce(b.unit_id, 0)%s
    FROM membership_person p
    LEFT JOIN membership_belonging b ON b.person_id = p.id AND b.kind = 'official' AND b.during @> day
        AND b.withdrawn_at IS NULL
    LEFT JOIN cadres_post o ON o.person_id = p.id AND o.during @> day AND o.withdrawn_at IS NULL AND b.id IS NOT NULL
    LEFT JOIN organisation_unit u ON u.id = o.unit_id
    LEFT JOIN organisation_placement n ON n.unit_id = u.id AND n.during @> day
    WHERE p.account_id = account
    ORDER BY length(u.scope_path), o.office, o.id
$$;
"""
BEFORE = HELD % (", before text[]", ", chibo_predecessors(o.unit_id, day)")


class Migration(migrations.Migration):
    dependencies = [("reorganisation", "0005_limitations"), ("cadres", "0011_own_cell_by_name")]
    operations = [
        migrations.RunSQL(PREDECESSORS, "DROP FUNCTION chibo_predecessors(integer, date)"),
        migrations.RunSQL(BEFORE, HELD % ("", "")),
    ]
