"""Answers are found by sheet and line, whose index finds those of a sheet as well: the index of its own goes."""

import django.db.models.deletion
from django.db import migrations, models

SHEET = models.ForeignKey(
    db_index=False,
    on_delete=django.db.models.deletion.PROTECT,
    related_name="answers",
    to="sheets.sheet",
)


class Migration(migrations.Migration):
    dependencies = [("sheets", "0006_devices_given_up")]
    operations = [migrations.AlterField("answer", "sheet", SHEET)]
