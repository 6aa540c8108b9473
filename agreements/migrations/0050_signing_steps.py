import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agreements", "0021_protect_authority_chains")]

    operations = [
        migrations.AddField(
            model_name="testingagreement",
            name="steps",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(),
                blank=True,
                default=list,
                help_text="The step in which each of them signs; those of one step in any order. Empty: one after the other.",
                size=None,
            ),
        ),
        migrations.AlterModelOptions(
            name="signatory",
            options={"ordering": ("step", "created_at"), "verbose_name_plural": "signatories"},
        ),
        migrations.AlterField(
            model_name="signatory",
            name="step",
            field=models.PositiveSmallIntegerField(help_text="Those of one step sign in any order."),
        ),
    ]
