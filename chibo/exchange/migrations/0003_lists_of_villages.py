"""One more kind of list: villages, schools, health stations."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_wall")]
    operations = [
        migrations.AlterField(
            model_name="intake",
            name="kind",
            field=models.CharField(
                choices=[
                    ("members", "đảng viên"),
                    ("units", "tổ chức đảng"),
                    ("posts", "chức vụ"),
                    ("villages", "thôn, bản, trường, trạm"),
                ],
                max_length=10,
            ),
        ),
    ]
