"""Rights come from live posts of people who are on the list of members that day; posts are not rewritten."""

from django.db import migrations

BEFORE = """
CREATE OR REPLACE FUNCTION chibo_held_posts(account bigint, day date)
    RETURNS TABLE (person_id uuid, full_name text, office text, unit_id integer, path text, unit_name text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, p.full_name, coalesce(o.office, ''), coalesce(o.unit_id, 0), coalesce(u.scope_path, ''),
           coalesce(n.name, '')
    FROM membership_person p
    LEFT JOIN cadres_post o ON o.person_id = p.id AND o.during @> day%s
    LEFT JOIN organisation_unit u ON u.id = o.unit_id
    LEFT JOIN organisation_placement n ON n.unit_id = u.id AND n.during @> day
    WHERE p.account_id = account
    ORDER BY length(u.scope_path), o.office, o.id
$$;
"""
LIVE = """ AND o.withdrawn_at IS NULL
        AND EXISTS (SELECT FROM membership_belonging b WHERE b.person_id = p.id AND b.kind = 'official'
                    AND b.during @> day AND b.withdrawn_at IS NULL)"""
GUARD = """
CREATE TRIGGER dated_facts_stay BEFORE UPDATE OR DELETE ON cadres_post
    FOR EACH ROW EXECUTE FUNCTION chibo_dated_fact_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("cadres", "0004_corrections"), ("membership", "0004_who_belonged_here")]
    operations = [
        migrations.RunSQL(BEFORE % LIVE, BEFORE % ""),
        migrations.RunSQL(GUARD, "DROP TRIGGER dated_facts_stay ON cadres_post;"),
    ]
