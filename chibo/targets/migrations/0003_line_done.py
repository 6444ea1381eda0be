"""A line that nothing measures is reported done."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("targets", "0002_second_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="LineDone",
            fields=[
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.BigIntegerField(null=True)),
                (
                    "withdrawn_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("typed_wrong", "gõ nhầm"),
                            ("paper_differs", "văn bản ghi khác"),
                            ("entered_twice", "ghi hai lần"),
                            ("did_not_happen", "việc không diễn ra"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by_account", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(blank=True, max_length=80)),
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("on", models.DateField(db_column="on_day")),
                ("result", models.CharField(max_length=400)),
                ("scope_path", models.CharField(db_collation="C", db_index=True, max_length=140)),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="done", to="targets.planline"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)), fields=("line",), name="a_line_is_done_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("result", ""), _negated=True), name="what_was_done_is_said"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None), ("withdrawn_why", "")),
                            models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="withdrawn_lines_done_are_whole",
                    ),
                ],
            },
        ),
    ]
