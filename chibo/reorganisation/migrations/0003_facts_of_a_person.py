"""How many facts a record has, wherever they are: a merging that sees fewer would leave some behind."""

from django.db import migrations

FACTS = ("membership_belonging", "membership_standing", "membership_absence", "membership_particular", "cadres_post",
         "cadres_statepost", "cadres_seat")  # fmt: skip
LIVE = " + ".join(
    f"(SELECT count(*) FROM {table} f WHERE f.person_id = person AND f.withdrawn_at IS NULL)" for table in FACTS
)
SQL = f"""
-- SECURITY DEFINER: it answers a number, to whoever may write about the person; the rows are read through the wall.
-- `goes` asks for what the record would pass on besides: open tasks, charges, themes to prepare.
CREATE FUNCTION chibo_facts_of(person uuid, goes boolean) RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM chibo_must_write((SELECT p.scope_path FROM membership_person p WHERE p.id = person));
    RETURN {LIVE} + CASE WHEN goes THEN
        (SELECT count(*) FROM meetings_task t WHERE t.owner_id = person AND t.settled_on IS NULL)
        + (SELECT count(*) FROM meetings_charge c WHERE c.person_id = person)
        + (SELECT count(*) FROM meetings_meeting m WHERE m.presenter_id = person
           AND NOT EXISTS (SELECT FROM meetings_closure c WHERE c.meeting_id = m.id))
    ELSE 0 END;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reorganisation", "0002_second_wall"),
        ("membership", "0011_wall_of_merging"),
        ("cadres", "0009_wall_of_bodies"),
        ("meetings", "0007_day_of_a_meeting"),
    ]
    operations = [migrations.RunSQL(SQL, "DROP FUNCTION chibo_facts_of(uuid, boolean);")]
