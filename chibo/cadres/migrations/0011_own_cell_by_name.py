"""The one question of the sign-in also says where the person belongs: one's own cell is not «another organisation»."""

from django.db import migrations

HELD = """
DROP FUNCTION chibo_held_posts(bigint, date);
CREATE FUNCTION chibo_held_posts(account bigint, day date)
    RETURNS TABLE (person_id uuid, full_name text, office text, unit_id integer, path text, unit_name text,
                   needs_step boolean%s)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, p.full_name, coalesce(o.office, ''), coalesce(o.unit_id, 0), coalesce(u.scope_path, ''),
           coalesce(n.name, ''),
           EXISTS (SELECT FROM access_secondstep s WHERE s.office = o.office AND s.during @> day)%s
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


class Migration(migrations.Migration):
    dependencies = [("cadres", "0010_second_step_of_posts")]
    operations = [migrations.RunSQL(HELD % (", cell_id integer", ", coalesce(b.unit_id, 0)"), HELD % ("", ""))]
