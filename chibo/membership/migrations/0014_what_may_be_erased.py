"""The wall of erasures; and the one way in which what a particular said may change: it becomes empty, once it is
recorded that the person asked for that."""

from django.db import migrations

SQL = """
ALTER TABLE membership_erasure ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON membership_erasure FOR SELECT USING (chibo_sees(scope_path) OR person_id = chibo_person());
CREATE POLICY adds ON membership_erasure FOR INSERT WITH CHECK (chibo_writes(scope_path));
CREATE POLICY changes ON membership_erasure FOR UPDATE USING (chibo_sees(scope_path))
    WITH CHECK (chibo_writes(scope_path));
CREATE POLICY removes ON membership_erasure FOR DELETE USING (chibo_writes(scope_path));
CREATE TRIGGER what_was_erased_stays BEFORE UPDATE OR DELETE ON membership_erasure
    FOR EACH ROW EXECUTE FUNCTION chibo_only_scope_moves();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'chibo_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON membership_erasure FROM chibo_app;
    END IF;
END $$;

-- SECURITY DEFINER: an erasure goes where the person goes, and nobody rewrites it otherwise.
CREATE FUNCTION chibo_erasures_follow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE membership_erasure SET scope_path = NEW.scope_path
        WHERE person_id = NEW.id AND scope_path <> NEW.scope_path;
    RETURN NULL;
END $$;
CREATE TRIGGER erasures_follow AFTER UPDATE OF scope_path ON membership_person FOR EACH ROW
    WHEN (OLD.scope_path <> NEW.scope_path) EXECUTE FUNCTION chibo_erasures_follow();

-- SECURITY DEFINER: whoever writes about the person is held to it, whether they may read the erasure or not.
-- What was erased of a record is erased of the one it was merged into, for as long as it is.
CREATE FUNCTION chibo_erased(person uuid, code text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    WITH RECURSIVE records (id) AS (
        SELECT person
        UNION
        SELECT m.merged_id FROM membership_merging m JOIN records r ON r.id = m.person_id WHERE m.taken_back_at IS NULL
    )
    SELECT EXISTS (SELECT FROM membership_erasure e JOIN records r ON r.id = e.person_id WHERE e.field = code)
$$;

CREATE FUNCTION chibo_particular_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT chibo_erased(NEW.person_id, NEW.field) THEN
        RAISE EXCEPTION '% of % refused: only what the person asked to erase becomes empty', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (to_jsonb(NEW) - 'value') <> (to_jsonb(OLD) - 'value') THEN
        RAISE EXCEPTION '% of % refused: erasing changes nothing else', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION chibo_erased_stays_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF chibo_erased(NEW.person_id, NEW.field) THEN
        RAISE EXCEPTION '% of % refused: the person asked to erase it', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER dated_facts_stay ON membership_particular;
CREATE TRIGGER dated_facts_stay BEFORE UPDATE ON membership_particular FOR EACH ROW
    WHEN (NEW.value <> '' OR OLD.value = '') EXECUTE FUNCTION chibo_dated_fact_stays();
CREATE TRIGGER dated_facts_are_not_deleted BEFORE DELETE ON membership_particular
    FOR EACH ROW EXECUTE FUNCTION chibo_dated_fact_stays();
CREATE TRIGGER only_what_was_asked_is_erased BEFORE UPDATE ON membership_particular FOR EACH ROW
    WHEN (NEW.value = '' AND OLD.value <> '') EXECUTE FUNCTION chibo_particular_stays();
CREATE TRIGGER erased_stays_erased BEFORE INSERT ON membership_particular FOR EACH ROW
    WHEN (NEW.value <> '') EXECUTE FUNCTION chibo_erased_stays_erased();
"""
UNDO = """
DROP TRIGGER erased_stays_erased ON membership_particular;
DROP TRIGGER only_what_was_asked_is_erased ON membership_particular;
DROP TRIGGER dated_facts_are_not_deleted ON membership_particular;
DROP TRIGGER dated_facts_stay ON membership_particular;
CREATE TRIGGER dated_facts_stay BEFORE UPDATE OR DELETE ON membership_particular
    FOR EACH ROW EXECUTE FUNCTION chibo_dated_fact_stays();
DROP FUNCTION chibo_erased_stays_erased(); DROP FUNCTION chibo_particular_stays();
DROP FUNCTION chibo_erased(uuid, text);
DROP TRIGGER erasures_follow ON membership_person; DROP FUNCTION chibo_erasures_follow();
DROP TRIGGER what_was_erased_stays ON membership_erasure;
DROP POLICY sees ON membership_erasure; DROP POLICY adds ON membership_erasure;
DROP POLICY changes ON membership_erasure; DROP POLICY removes ON membership_erasure;
ALTER TABLE membership_erasure DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("membership", "0013_erasures")]
    operations = [migrations.RunSQL(SQL, UNDO)]
