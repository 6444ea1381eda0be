"""Tasks given and settled between meetings: who gave them, where, when settled; changes of owner and day."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

PLACES = """
UPDATE meetings_task t SET place_path = coalesce(m.place_path, t.scope_path)
FROM meetings_task o LEFT JOIN meetings_meeting m ON m.id = o.given_at_id WHERE o.id = t.id
"""
SETTLED = """
UPDATE meetings_task t SET settled_on = (
    SELECT CASE WHEN r.state IN ('done', 'dropped') THEN r.on_day END
    FROM meetings_taskresult r WHERE r.task_id = t.id ORDER BY r.on_day DESC, r.id DESC LIMIT 1
)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0002_second_wall"),
        ("membership", "0002_second_wall"),
        ("organisation", "0002_second_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="TaskChange",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("from_due", models.DateField(null=True)),
                ("to_due", models.DateField(null=True)),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("by_account", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(blank=True, max_length=80)),
                ("scope_path", models.CharField(db_collation="C", db_index=True, max_length=140)),
            ],
        ),
        migrations.AddField(
            model_name="task",
            name="given_by",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="task",
            name="place_path",
            field=models.CharField(db_collation="C", default="", max_length=140),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="task",
            name="settled_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.RunSQL(PLACES, migrations.RunSQL.noop),
        migrations.RunSQL(SETTLED, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="taskresult",
            name="key",
            field=models.UUIDField(null=True, unique=True),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("settled_on", None)), fields=["scope_path", "due"], name="open_tasks_of_a_branch"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["place_path", "given_on"], name="tasks_as_they_were"),
        ),
        migrations.AddField(
            model_name="taskchange",
            name="from_owner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tasks_passed_on",
                to="membership.person",
            ),
        ),
        migrations.AddField(
            model_name="taskchange",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="meetings.task"
            ),
        ),
        migrations.AddField(
            model_name="taskchange",
            name="to_owner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tasks_taken_over",
                to="membership.person",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="a_task_change_has_a_reason"
            ),
        ),
    ]
