import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("membership", "0012_walking"), ("access", "0011_wall_of_forms")]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=24)),
                ("on", models.DateField(db_column="on_day")),
                ("at", models.DateTimeField()),
                ("paper", models.CharField(blank=True, max_length=200)),
                ("by_account", models.BigIntegerField(null=True)),
                ("scope_path", models.CharField(db_collation="C", db_index=True, max_length=140)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="erasures", to="membership.person"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasures",
                        to="access.datarequest",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "field"), name="a_field_is_erased_once")],
            },
        ),
    ]
