"""A cell goes on reading who belonged to it and what held of them then; dated facts are not rewritten.

Without this a member who moved today would be missing from the roll of last week's meeting, without a word.
"""

from django.db import migrations

FUNCTION = """
-- SECURITY DEFINER: the policy of belongings may not ask belongings again. It answers yes or no, never rows.
CREATE FUNCTION chibo_belonged(person uuid, during daterange) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM membership_belonging b
        WHERE b.person_id = $1 AND b.during && $2 AND b.withdrawn_at IS NULL AND chibo_sees(b.scope_path)
    )
$$;
"""

HERE, OWN = "chibo_sees(scope_path)", "person_id = chibo_person()"
THEN = "chibo_belonged(person_id, during)"
GUEST = "EXISTS (SELECT 1 FROM membership_person g WHERE g.id = person_id AND chibo_sees(g.guest_path))"
PERSON = f"{HERE} OR chibo_sees(guest_path) OR id = chibo_person()"
SEES = {  # table: as it was, as it is now
    "membership_person": (PERSON, f"{PERSON} OR chibo_belonged(id, '(,)')"),
    "membership_belonging": (
        f"{HERE} OR chibo_sees(home_path) OR {OWN}",
        f"{HERE} OR chibo_sees(home_path) OR {OWN} OR {THEN}",
    ),
    "membership_standing": (f"{HERE} OR {OWN} OR {GUEST}", f"{HERE} OR {OWN} OR {THEN}"),
    "membership_absence": (f"{HERE} OR {OWN} OR {GUEST}", f"{HERE} OR {OWN} OR {THEN}"),
}
FACTS = {"membership_belonging": "'way_out', 'decision_out'", "membership_standing": "", "membership_absence": ""}


def policies(which: int) -> str:
    return "".join(
        f"ALTER POLICY sees ON {table} USING ({sees[which]}); ALTER POLICY changes ON {table} USING ({sees[which]});\n"
        for table, sees in SEES.items()
    )


GUARDS = "".join(
    f"CREATE TRIGGER dated_facts_stay BEFORE UPDATE OR DELETE ON {table}"
    f" FOR EACH ROW EXECUTE FUNCTION chibo_dated_fact_stays({settles});\n"
    for table, settles in FACTS.items()
)
UNDO_GUARDS = "".join(f"DROP TRIGGER dated_facts_stay ON {table};" for table in FACTS)


class Migration(migrations.Migration):
    dependencies = [("membership", "0003_corrections"), ("access", "0003_dated_facts_stay")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION chibo_belonged(uuid, daterange);"),
        migrations.RunSQL(policies(1), policies(0)),
        migrations.RunSQL(GUARDS, UNDO_GUARDS),
    ]
