"""The second wall before lists on their way in; and one question that may look over it, which answers yes or no."""

from django.db import migrations


def policies(table: str) -> str:
    sees, writes = "chibo_sees(scope_path)", "chibo_writes(scope_path)"
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON {table} FOR SELECT USING ({sees});
CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({writes});
CREATE POLICY changes ON {table} FOR UPDATE USING ({sees}) WITH CHECK ({writes});
CREATE POLICY removes ON {table} FOR DELETE USING ({writes});
"""


def undo(table: str) -> str:
    dropped = "".join(f"DROP POLICY {name} ON {table};" for name in ("sees", "adds", "changes", "removes"))
    return dropped + f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


# Which of these numbers belong to a member of another branch: that they do, never whose they are (decision 9). Asked
# only by somebody who may write in the branch they name.
ELSEWHERE = """
CREATE FUNCTION chibo_numbers_elsewhere(codes text[], numbers text[], branch text)
    RETURNS TABLE (code text, number text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT asked.code, asked.number
    FROM unnest(codes, numbers) AS asked (code, number)
    JOIN membership_particular p ON p.field = asked.code AND p.value = asked.number
    WHERE p.withdrawn_at IS NULL AND upper_inf(p.during) AND chibo_writes(branch)
      AND NOT (p.scope_path >= branch AND p.scope_path < left(branch, -1) || '0')
$$;
REVOKE ALL ON FUNCTION chibo_numbers_elsewhere(text[], text[], text) FROM PUBLIC;
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'chibo_app') THEN
        GRANT EXECUTE ON FUNCTION chibo_numbers_elsewhere(text[], text[], text) TO chibo_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial"), ("membership", "0006_wall_of_particulars"), ("access", "0002_wall")]
    operations = [
        *(migrations.RunSQL(policies(t), undo(t)) for t in ("exchange_intake", "exchange_columnsaid")),
        migrations.RunSQL(ELSEWHERE, "DROP FUNCTION chibo_numbers_elsewhere(text[], text[], text);"),
    ]
