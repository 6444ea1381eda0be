"""The second wall before limitations; what was said stays; nothing closes before a second person has looked."""

from django.db import migrations

HERE, WRITES, MINE = "chibo_sees(scope_path)", "chibo_writes(scope_path)", "owner_id = chibo_person()"
TABLES = [
    ("issues_limitation", HERE, WRITES),
    ("issues_cause", HERE, WRITES),
    ("issues_remedy", f"{HERE} OR {MINE}", WRITES),
    ("issues_remedyreport", f"{HERE} OR {MINE}", f"{WRITES} OR {MINE}"),
    ("issues_remedycheck", f"{HERE} OR {MINE}", WRITES),
    ("issues_turn", HERE, WRITES),
]
FACTS = ["issues_remedyreport", "issues_remedycheck", "issues_turn"]


def policies(table: str, sees: str, writes: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON {table} FOR SELECT USING ({sees});
CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({writes});
CREATE POLICY changes ON {table} FOR UPDATE USING ({sees}) WITH CHECK ({WRITES});
CREATE POLICY removes ON {table} FOR DELETE USING ({WRITES});
"""


def undo(table: str) -> str:
    dropped = "".join(f"DROP POLICY {name} ON {table};" for name in ("sees", "adds", "changes", "removes"))
    return dropped + f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


STAY = "".join(
    f"""
CREATE TRIGGER facts_stay BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION chibo_only_scope_moves();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'chibo_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM chibo_app;
    END IF;
END $$;
"""
    for table in FACTS
)
UNDO_STAY = "".join(f"DROP TRIGGER facts_stay ON {table};" for table in FACTS)

WORDS = """
-- Arguments: the columns that may change; those a reorganisation may rewrite besides.
CREATE FUNCTION chibo_keeps_its_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := string_to_array(TG_ARGV[0], ',');
BEGIN
    IF current_setting('chibo.reorganises', true) = 'on' THEN
        free := free || string_to_array(TG_ARGV[1], ',');
    END IF;
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - free) = (to_jsonb(OLD) - free) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of % refused: what was written is not rewritten', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER words_stay BEFORE UPDATE OR DELETE ON issues_limitation FOR EACH ROW
    EXECUTE FUNCTION chibo_keeps_its_words('scope_path,closed_on,reopened', 'unit_id,place_path');
CREATE TRIGGER words_stay BEFORE UPDATE OR DELETE ON issues_cause FOR EACH ROW
    EXECUTE FUNCTION chibo_keeps_its_words('scope_path,withdrawn_at,withdrawn_by,withdrawn_why', '');
CREATE TRIGGER words_stay BEFORE UPDATE OR DELETE ON issues_remedy FOR EACH ROW
    EXECUTE FUNCTION chibo_keeps_its_words(
        'scope_path,owner_id,confirmed_on,withdrawn_at,withdrawn_by,withdrawn_why', '');
"""
UNDO_WORDS = (
    "".join(f"DROP TRIGGER words_stay ON {t};" for t in ("issues_limitation", "issues_cause", "issues_remedy"))
    + "DROP FUNCTION chibo_keeps_its_words();"
)

# SECURITY DEFINER: an owner without a post may not read the limitation whose remedy they report.
PROMISES = """
CREATE FUNCTION chibo_remedy_report() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM issues_remedy r WHERE r.id = NEW.remedy_id AND r.limitation_id = NEW.limitation_id
        AND r.confirmed_on IS NULL AND r.withdrawn_at IS NULL FOR UPDATE;
    IF NOT FOUND OR EXISTS (
        SELECT FROM issues_remedyreport p WHERE p.remedy_id = NEW.remedy_id
            AND NOT EXISTS (SELECT FROM issues_remedycheck c WHERE c.report_id = p.id)
    ) THEN
        RAISE EXCEPTION 'a remedy is reported once at a time, and only while it is open'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER one_at_a_time BEFORE INSERT ON issues_remedyreport
    FOR EACH ROW EXECUTE FUNCTION chibo_remedy_report();

CREATE FUNCTION chibo_second_person() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM issues_remedyreport p JOIN issues_remedy r ON r.id = p.remedy_id WHERE p.id = NEW.report_id
            AND (p.by_person = NEW.by_person OR p.owner_id = NEW.by_person OR r.owner_id = NEW.by_person
                 OR p.limitation_id <> NEW.limitation_id)
    ) THEN
        RAISE EXCEPTION 'another person than who did it confirms a remedy'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER second_person BEFORE INSERT ON issues_remedycheck
    FOR EACH ROW EXECUTE FUNCTION chibo_second_person();

CREATE FUNCTION chibo_remedy_in_order() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM issues_limitation l WHERE l.id = NEW.limitation_id AND l.closed_on IS NULL
                       AND l.reopened = NEW.round)
           OR NOT EXISTS (SELECT FROM issues_cause c WHERE c.limitation_id = NEW.limitation_id
                          AND c.withdrawn_at IS NULL)
        THEN
            RAISE EXCEPTION 'a remedy answers an open limitation whose cause is known'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        NEW.confirmed_on := NULL;
    ELSIF NEW.confirmed_on IS DISTINCT FROM OLD.confirmed_on AND NOT EXISTS (
        SELECT FROM issues_remedyreport p JOIN issues_remedycheck c ON c.report_id = p.id
        WHERE p.remedy_id = NEW.id AND c.verdict = 'confirmed' AND c.on_day = NEW.confirmed_on
    ) THEN
        RAISE EXCEPTION 'a remedy is confirmed by a check' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER in_order BEFORE INSERT OR UPDATE ON issues_remedy
    FOR EACH ROW EXECUTE FUNCTION chibo_remedy_in_order();

CREATE FUNCTION chibo_turn_in_order() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held issues_limitation;
BEGIN
    SELECT * INTO held FROM issues_limitation l WHERE l.id = NEW.limitation_id FOR UPDATE;
    IF NEW.kind = 'closed' AND (
        held.closed_on IS NOT NULL OR held.reopened <> NEW.round
        OR NOT EXISTS (SELECT FROM issues_remedy r WHERE r.limitation_id = held.id AND r.round = NEW.round
                       AND r.withdrawn_at IS NULL)
        OR EXISTS (SELECT FROM issues_remedy r WHERE r.limitation_id = held.id AND r.round = NEW.round
                   AND r.withdrawn_at IS NULL AND r.confirmed_on IS NULL)
    ) OR NEW.kind = 'reopened' AND (held.closed_on IS NULL OR NEW.round <> held.reopened + 1) THEN
        RAISE EXCEPTION 'a limitation closes when every remedy is confirmed, and reopens when it is closed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER in_order BEFORE INSERT ON issues_turn FOR EACH ROW EXECUTE FUNCTION chibo_turn_in_order();

-- At the end of the transaction the columns say what the newest turn says.
CREATE FUNCTION chibo_limitation_follows_its_turns() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held issues_limitation;
    closed date;
    came_back integer;
BEGIN
    IF TG_TABLE_NAME = 'issues_turn' THEN
        SELECT * INTO held FROM issues_limitation l WHERE l.id = NEW.limitation_id;
    ELSE
        SELECT * INTO held FROM issues_limitation l WHERE l.id = NEW.id;
    END IF;
    SELECT count(*) INTO came_back FROM issues_turn t WHERE t.limitation_id = held.id AND t.kind = 'reopened';
    SELECT t.on_day INTO closed FROM issues_turn t
        WHERE t.limitation_id = held.id AND t.kind = 'closed' AND t.round = came_back;
    IF held.closed_on IS DISTINCT FROM closed OR held.reopened <> came_back THEN
        RAISE EXCEPTION 'a limitation is closed by a turn' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows_its_turns AFTER INSERT OR UPDATE OF closed_on, reopened ON issues_limitation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION chibo_limitation_follows_its_turns();
CREATE CONSTRAINT TRIGGER moves_the_limitation AFTER INSERT ON issues_turn
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION chibo_limitation_follows_its_turns();
"""
UNDO_PROMISES = """
DROP TRIGGER moves_the_limitation ON issues_turn; DROP TRIGGER follows_its_turns ON issues_limitation;
DROP FUNCTION chibo_limitation_follows_its_turns();
DROP TRIGGER in_order ON issues_turn; DROP FUNCTION chibo_turn_in_order();
DROP TRIGGER in_order ON issues_remedy; DROP FUNCTION chibo_remedy_in_order();
DROP TRIGGER second_person ON issues_remedycheck; DROP FUNCTION chibo_second_person();
DROP TRIGGER one_at_a_time ON issues_remedyreport; DROP FUNCTION chibo_remedy_report();
"""


class Migration(migrations.Migration):
    dependencies = [("issues", "0001_initial"), ("access", "0003_dated_facts_stay")]
    operations = [
        *(migrations.RunSQL(policies(*row), undo(row[0])) for row in TABLES),
        migrations.RunSQL(STAY, UNDO_STAY),
        migrations.RunSQL(WORDS, UNDO_WORDS),
        migrations.RunSQL(PROMISES, UNDO_PROMISES),
    ]
