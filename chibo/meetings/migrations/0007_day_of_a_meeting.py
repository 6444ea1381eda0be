"""A member who may not see the meeting itself may learn whether the day they were asked for still stands."""

from django.db import migrations

SQL = """
-- SECURITY DEFINER: only the day, and only of a meeting the asker was invited to or sees anyway (decision 8).
CREATE FUNCTION chibo_meeting_day(meeting uuid) RETURNS date
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.meets_on FROM meetings_meeting m
    WHERE m.id = $1
      AND (chibo_sees(m.scope_path) OR EXISTS (
          SELECT FROM meetings_invitation i WHERE i.meeting_id = m.id AND i.person_id = chibo_person()))
      AND NOT EXISTS (SELECT FROM meetings_closure c WHERE c.meeting_id = m.id)
      AND NOT EXISTS (SELECT FROM meetings_notheld n WHERE n.meeting_id = m.id AND n.withdrawn_at IS NULL)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_wall_of_visits")]
    operations = [migrations.RunSQL(SQL, "DROP FUNCTION chibo_meeting_day(uuid);")]
