from django.db import migrations, models


class Migration(migrations.Migration):
    """Alters the table the one before has just filled: its deferred checks must be over by then."""

    dependencies = [("next_release", "0002_one_for_each_unit")]
    operations = [migrations.AddField("Remark", "weight", models.IntegerField(default=1))]
