"""The guard of dated facts: they end, they are withdrawn, they follow their unit; they are not rewritten."""

from django.db import migrations

SQL = """
-- What a dated fact said stays (decision 12). It may end, or be withdrawn by a correction, once; the paths say where
-- it belongs today. Further columns a table may settle when a fact ends are the arguments of its trigger.
CREATE FUNCTION chibo_dated_fact_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['scope_path', 'home_path'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.withdrawn_at IS NULL THEN
            free := free || ARRAY['during', 'withdrawn_at', 'withdrawn_by', 'withdrawn_why'] || TG_ARGV;
        END IF;
        IF (to_jsonb(NEW) - free) = (to_jsonb(OLD) - free) AND lower(NEW.during) = lower(OLD.during) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% of % refused: a correction withdraws the row and adds one', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_wall")]
    operations = [migrations.RunSQL(SQL, "DROP FUNCTION chibo_dated_fact_stays();")]
