from django.db import migrations


def fill(apps, _editor):
    units, remarks = apps.get_model("organisation", "Unit"), apps.get_model("next_release", "Remark")
    remarks.objects.bulk_create(remarks(unit_id=pk, text="đã có") for pk in units.objects.values_list("pk", flat=True))


class Migration(migrations.Migration):
    dependencies = [("next_release", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
