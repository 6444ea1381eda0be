"""The second wall before posts, terms and numbers; and the one question asked before anybody is known."""

from django.db import migrations


def policies(table: str, sees: str, writes: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON {table} FOR SELECT USING ({sees});
CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({writes});
CREATE POLICY changes ON {table} FOR UPDATE USING ({sees}) WITH CHECK ({writes});
CREATE POLICY removes ON {table} FOR DELETE USING ({writes});
"""


HERE, WRITES = "chibo_sees(scope_path)", "chibo_writes(scope_path)"
TABLES = [
    ("cadres_term", HERE, WRITES),
    ("cadres_post", f"{HERE} OR person_id = chibo_person()", WRITES),
    ("cadres_papernumber", HERE, WRITES),
]

MORE = """
-- SECURITY DEFINER: at sign-in nobody is known yet, so no policy could let the question through (decision 6).
CREATE FUNCTION chibo_held_posts(account bigint, day date)
    RETURNS TABLE (person_id uuid, full_name text, office text, unit_id integer, path text, unit_name text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, p.full_name, coalesce(o.office, ''), coalesce(o.unit_id, 0), coalesce(u.scope_path, ''),
           coalesce(n.name, '')
    FROM membership_person p
    LEFT JOIN cadres_post o ON o.person_id = p.id AND o.during @> day
    LEFT JOIN organisation_unit u ON u.id = o.unit_id
    LEFT JOIN organisation_placement n ON n.unit_id = u.id AND n.during @> day
    WHERE p.account_id = account
    ORDER BY length(u.scope_path), o.office, o.id
$$;
CREATE TRIGGER numbers_stay BEFORE UPDATE OR DELETE ON cadres_papernumber
    FOR EACH ROW EXECUTE FUNCTION chibo_only_scope_moves();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'chibo_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON cadres_papernumber FROM chibo_app;
    END IF;
END $$;
"""
UNDO_MORE = "DROP TRIGGER numbers_stay ON cadres_papernumber; DROP FUNCTION chibo_held_posts(bigint, date);"


def undo(table: str) -> str:
    dropped = "".join(f"DROP POLICY {name} ON {table};" for name in ("sees", "adds", "changes", "removes"))
    return dropped + f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


class Migration(migrations.Migration):
    dependencies = [("cadres", "0001_initial"), ("access", "0002_wall")]
    operations = [
        *(migrations.RunSQL(policies(*row), undo(row[0])) for row in TABLES),
        migrations.RunSQL(MORE, UNDO_MORE),
    ]
