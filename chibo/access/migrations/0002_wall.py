"""The two questions every policy asks, and the guard of facts that are never rewritten."""

from django.db import migrations

SLOTS = range(4)


def inside(letter: str) -> str:
    """Bare current_setting() calls: the planner turns them into index conditions, a sub-select would not."""
    return " OR ".join(
        f"(path >= current_setting('chibo.{letter}{n}_low', true)"
        f" AND path < current_setting('chibo.{letter}{n}_high', true))"
        for n in SLOTS
    )


SQL = f"""
CREATE FUNCTION chibo_sees(path text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT {inside("r")} $$;
CREATE FUNCTION chibo_writes(path text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT {inside("w")} $$;
CREATE FUNCTION chibo_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT NULLIF(current_setting('chibo.person', true), '')::uuid $$;
CREATE FUNCTION chibo_names(unit integer) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT unit = ANY (NULLIF(current_setting('chibo.named', true), '')::integer[]) $$;

-- A fact of the past keeps everything but the place it belongs to today (reorganisation rewrites that one).
CREATE FUNCTION chibo_only_scope_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'scope_path') = (to_jsonb(OLD) - 'scope_path') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of % refused: what happened is not rewritten', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""

UNDO = """
DROP FUNCTION chibo_only_scope_moves(); DROP FUNCTION chibo_names(integer); DROP FUNCTION chibo_person();
DROP FUNCTION chibo_writes(text); DROP FUNCTION chibo_sees(text);
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [migrations.RunSQL(SQL, UNDO)]
