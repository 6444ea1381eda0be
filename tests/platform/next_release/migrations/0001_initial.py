import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("organisation", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("unit", models.ForeignKey("organisation.Unit", on_delete=django.db.models.deletion.PROTECT)),
                ("text", models.TextField()),
            ],
        )
    ]
