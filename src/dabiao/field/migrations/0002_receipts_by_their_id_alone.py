"""Receipts are found by their whole id: PostgreSQL's second index over it, for beginnings of texts, goes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("field", "0001_receipts")]
    operations = [
        migrations.AlterField("receipt", "uuid", models.CharField(max_length=36)),
        migrations.AddConstraint(
            "receipt", models.UniqueConstraint(fields=("uuid",), name="field_receipt_once")
        ),
    ]
