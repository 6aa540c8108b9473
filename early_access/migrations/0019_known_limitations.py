"""What a model is for and what it is weak in, as the developer says: words that stay out of the record."""

from django.db import migrations, models

from audit.operations import Track

REQUEST, WORDS = "early_access_earlyaccessrequest", "question,answer,ended_reason,changes_since"
TRACKED = (
    f"CREATE TRIGGER audit_capture AFTER INSERT OR UPDATE OR DELETE ON {REQUEST}"
    f" FOR EACH ROW EXECUTE FUNCTION audit_capture('{WORDS}', '{{developer_id}}')"
)
UNTRACK = f"DROP TRIGGER audit_capture ON {REQUEST}"


class Migration(migrations.Migration):
    dependencies = [("early_access", "0018_documents")]

    operations = [
        migrations.AddField(
            model_name="earlyaccessrequest",
            name="intended_uses",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="earlyaccessrequest",
            name="limitations",
            field=models.TextField(blank=True, help_text="Known limitations and weaknesses."),
        ),
        migrations.RunSQL(UNTRACK, TRACKED),
        Track(REQUEST, (*WORDS.split(","), "intended_uses", "limitations"), parties=("developer_id",)),
    ]
