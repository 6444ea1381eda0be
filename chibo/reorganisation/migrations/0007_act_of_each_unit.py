"""Of a sheet of acts each unit says which act it was: figures count it as they count an act of its own."""

from django.db import migrations, models

ACTS = [
    ("found", "Thành lập"),
    ("rename", "Đổi tên"),
    ("kind", "Chuyển loại"),
    ("upgrade", "Nâng cấp"),
    ("move", "Chuyển cấp trên trực tiếp"),
    ("end", "Kết thúc hoạt động"),
    ("split", "Chia tách"),
    ("merge", "Sáp nhập, hợp nhất"),
    ("reform", "Sắp xếp theo bảng"),
]
FILL = """
UPDATE reorganisation_decisionunit u SET act = d.act FROM reorganisation_decision d WHERE d.id = u.decision_id
"""


class Migration(migrations.Migration):
    dependencies = [("reorganisation", "0006_lineage")]
    operations = [
        migrations.AddField(
            model_name="decisionunit",
            name="act",
            field=models.CharField(choices=ACTS, default="", max_length=8),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
