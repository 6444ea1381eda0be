"""What the next release might keep."""

from django.db import models


class Remark(models.Model):
    """Something told about a unit."""

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT)
    text = models.TextField()
    weight = models.IntegerField(default=1)

    class Meta:
        app_label = "next_release"

    def __str__(self) -> str:
        return self.text
