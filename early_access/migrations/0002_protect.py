"""Who reads what: the developer always, its audience from submission on, each agency its own key and items only."""

from django.db import migrations

from audit.operations import Track
from core.operations import GuardStatus, Immutable, ProtectTable, any_of
from core.rls import audience, seats, through

OWN = seats("developer_id")
REQUEST = "early_access_earlyaccessrequest"
PARTS = (
    "requestvariant", "requesteddomain", "agencyconsent", "confidentialitymarking", "contact", "accessspecification",
    "accesswindow", "withdrawal",
)  # fmt: skip
# No recursion: the wrap's policy names only its own columns, and the credential's asks the wrap's.
SECRET = ("ciphertext", "wrapped_key")


class Migration(migrations.Migration):
    dependencies = [
        ("early_access", "0001_initial"), ("accounts", "0002_row_level_security"), ("audit", "0002_capture"),
    ]  # fmt: skip

    operations = [
        ProtectTable("early_access_requestaudience", seats("developer_id", "organisation_id"), OWN),
        ProtectTable(REQUEST, any_of(OWN, audience("early_access_requestaudience"))),
        ProtectTable("early_access_requestsection", OWN),
        *[ProtectTable(f"early_access_{p}", any_of(OWN, through(REQUEST, "request_id"))) for p in PARTS],
        ProtectTable("early_access_credentialwrap", any_of(OWN, f"({seats('organisation_id')}) AND released_at IS NOT NULL")),
        ProtectTable("early_access_accesscredential", any_of(OWN, audience("early_access_credentialwrap"))),
        ProtectTable("early_access_credentialopening", seats("developer_id", "agency_id")),
        ProtectTable("early_access_returnitem", seats("developer_id", "agency_id")),
        ProtectTable(
            "early_access_releasenotice", any_of(OWN, f"status <> 'planned' AND {through(REQUEST, 'request_id')}")
        ),
        GuardStatus("early_access.workflow.EARLY_ACCESS_REQUEST", REQUEST),
        GuardStatus("early_access.workflow.RELEASE_NOTICE", "early_access_releasenotice"),
        Immutable("early_access_accessspecification"),
        Immutable("early_access_credentialopening"),
        Track(REQUEST, redact=("question", "answer", "ended_reason", "changes_since"), parties=("developer_id",)),
        Track("early_access_requestsection", redact=("data",), parties=("developer_id",)),
        *[
            Track(f"early_access_{p}", redact=("statement", "name", "email", "phone", "base_url", "reason"),
                  parties=("developer_id",))
            for p in PARTS
        ],
        Track("early_access_requestaudience", parties=("developer_id",)),
        Track("early_access_accesscredential", redact=SECRET, parties=("developer_id",)),
        Track("early_access_credentialwrap", redact=SECRET, parties=("developer_id",)),
        Track("early_access_credentialopening", redact=("reason",)),
        Track("early_access_returnitem", redact=("statement",)),
        Track("early_access_releasenotice", redact=("rationale", "open_findings"), parties=("developer_id",)),
    ]  # fmt: skip
