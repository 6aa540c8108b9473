"""What the actions leave empty gets its canary here; what can hold none is listed with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from core import rls
from tests.canary.house import House

# Place → (readers besides the developer, filter of the rows). Written past the triggers, at the end.
ROWS_OF_DEVELOPER: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "developers.Developer.refused_reason": (("commerce",), {"organisation": None}),
    "agreements.TestingAgreement.ended_reason": (("treasury", "commerce", "homeland", "guest"), {"developer": None}),
    "agreements.SignatureAuthority.number": (("treasury", "commerce", "guest"), {"organisation": None}),
    "agreements.SignatureAuthority.under": (("treasury", "commerce", "guest"), {"organisation": None}),
    "agreements.SignatureAuthority.revoked_reason": ((), {"organisation": None}),
    "agreements.OwnCertificate.subject": ((), {"organisation": None}),
    "agreements.OwnCertificate.issuer": ((), {"organisation": None}),
    "agreements.AgreementClause.heading": (
        ("treasury", "commerce", "homeland", "homeland-cisa", "guest"),
        {"version__developer": None, "clause_id": "purpose"},
    ),
    "agreements.AmendmentOperation.heading": (
        ("treasury", "commerce"),
        {"version__developer": None, "clause_id": "purpose"},
    ),
    "early_access.EarlyAccessRequest.ended_reason": (("treasury", "commerce", "commerce-caisi"), {"developer": None}),
    "evaluations.EvaluationRun.harness": (("attested",), {"developer": None}),
    "evaluations.EvaluationRun.sandbox_kind": (("attested",), {"developer": None}),
    "evaluations.EvaluationRun.warnings": (("attested",), {"developer": None}),
    "evaluations.EvaluationRun.provenance": (("attested",), {"developer": None}),
    "evaluations.EvaluationRun.limits": (("attested",), {"developer": None}),
    "evaluations.EvaluationRun.reason_for_import": (("attested",), {"developer": None}),
    "evaluations.RunLaunch.note": (("attested",), {"developer": None}),
    "evaluations.Result.metric": (("attested",), {"developer": None}),
    "evaluations.Result.slice": (("attested",), {"developer": None}),
    "evaluations.RoutingAttempt.cause": (("commerce", "treasury"), {"developer": None}),
    "evaluations.RoutingDecision.sentence": (("commerce", "treasury", "commerce-caisi"), {"attempt__developer": None}),
    "evaluations.RoutingDecision.reason": (("commerce", "treasury", "commerce-caisi"), {"attempt__developer": None}),
    "evaluations.EvaluationAssignment.ended_reason": (
        ("treasury", "commerce", "commerce-caisi"),
        {"developer": None, "agency__slug": "treasury"},
    ),
    "evaluations.Attestation.statement": (("attested", "commerce-caisi", "commerce"), {"developer": None}),
    "evaluations.SharedRun.label": (("attested",), {"developer": None}),
    "accounts.User.email": (("guest",), {"memberships__organisation": None}),
    "notifications.Notice.subject": ((), {"user__memberships__organisation": None}),
}
OF_THE_AGENCY = (
    "evaluations.EvaluationRun.", "evaluations.RunLaunch.", "evaluations.Result.", "evaluations.Routing",
    "evaluations.Attestation.",
)  # fmt: skip

WITHOUT = {
    "a digest, made from what is sealed or tested": (
        "accounts.Invitation.token_hash", "notifications.CalendarFeed.token_hash",
        "accounts.ApiToken.token_hash", "accounts.IdempotencyRecord.digest",
        "early_access.DesignationInquiry.configuration_sha256",
        "developers.ModelCheckpoint.configuration_sha256", "early_access.PinnedState.configuration_sha256",
        "early_access.WeightsSigner.fingerprint", "early_access.WeightsManifest.root_sha256",
        "early_access.WeightsManifest.sha256", "early_access.WeightsManifest.sums_sha256",
        "early_access.RequestDocument.sha256", "early_access.RequestDocument.html_sha256",
        "early_access.WeightsReceipt.root_sha256", "early_access.DestructionCertificate.sha256",
        "agreements.AgreementVersion.text_hash",
        "agreements.AgreementClause.text_hash", "agreements.ClauseReview.text_hash", "agreements.IssuedFile.sha256",
        "agreements.Deviation.text_hash",
        "agreements.Signature.certificate_sha256", "agreements.OwnCertificate.sha256", "evaluations.AccessCheck.fingerprint",
        "evaluations.EvaluationRun.configuration_sha256", "evaluations.EvaluationRun.endpoint_fingerprint",
        "agreements.Consolidation.text_hash", "agreements.CompletionCertificate.sha256", "transparency.PublishedProof.sha256",
        "transparency.PublishedProof.certificate_sha256", "evaluations.RunLog.sha256",
        "evaluations.RunNotes.prompt_sha256",
        "evaluations.EvaluationReport.sha256", "accounts.User.password",
    ),
    "random or the product's own; ids and references are searched for as such": (
        "developers.FrontierModel.reference", "agreements.TestingAgreement.reference", "accounts.ApiToken.hint",
        "early_access.EarlyAccessRequest.reference", "evaluations.EvaluationAssignment.reference",
        "evaluations.Finding.reference", "evaluations.EvaluationIncident.reference",
        "evaluations.EvaluationReport.reference", "evaluations.RunLog.stored_as", "evaluations.LogView.public_key",
        "evaluations.EvaluationReport.stored_as", "early_access.ListedFinding.reference",
        "early_access.ListedFinding.url", "agreements.Signatory.field_name", "agreements.SigningKey.key_id",
        "early_access.DesignationInquiry.reference", "early_access.Designation.pointer",
        "early_access.TrustedPartnerNomination.reference",
        "early_access.AccessHold.sentence", "agreements.Concurrence.rule",
        "early_access.CredentialWrap.key_id", "early_access.RevocationProof.key_id", "early_access.HeldAnswer.public_key",
        "agencies.KeyCustody.public_key", "agencies.KeyCustody.key_id",
        "webhooks.Secret.key_id", "webhooks.Delivery.reference",
        "agreements.SignatureAuthority.document_sha256", "agreements.Incumbency.document_sha256",
        "jobs.Job.organisations", "audit.Event.parties",
        "agreements.TestingAgreement.order", "agreements.TestingAgreement.steps",
        "agreements.AgreementTemplate.clause_ids", "audit.Event.object_id",
        "audit.Event.request_id", "audit.Event.nonce", "audit.Event.body_hash", "sessions.Session.session_key",
        "usersessions.UserSession.session_key", "account.EmailConfirmation.key",
    ),
    "an amount in dollars": (
        "early_access.AccessSpecification.price_per_million", "early_access.AccessSpecification.budget_usd",
    ),
    "one of a fixed list": (
        "accounts.Membership.roles", "accounts.Invitation.roles", "accounts.User.time_zone", "audit.Event.verb",
        "audit.Event.object_type", "audit.Event.actor", "developers.Developer.status",
        "agreements.TestingAgreement.status", "agreements.AgreementParty.status", "agreements.Obligation.clause_id",
        "agreements.Obligation.options", "agreements.TestingAgreement.concurrence_order",
        "agreements.ConcurrencePlan.order",
        "agreements.AgreementClause.clause_id", "agreements.ClauseComment.clause_id", "agreements.ClauseReview.clause_id",
        "agreements.Presence.clause_id",
        "agreements.ClauseSuggestion.clause_id", "agreements.Concurrence.clause_ids",
        "agreements.Concurrence.basis", "agreements.SignatureAuthority.instruments", "agreements.Signatory.meaning",
        "agreements.SignatureAuthority.barred_clauses", "agreements.Deviation.clause_id", "agreements.Deviation.role",
        "agreements.AmendmentOperation.clause_id", "agreements.AmendmentOperation.after", "agreements.AgreementVersion.marking",
        "agreements.AmendmentOperation.name", "agreements.Consolidation.duties",
        "agreements.Signature.level", "agreements.Signatory.tier", "agreements.OwnCertificate.key_use",
        "agreements.OwnCertificate.key_at",
        "agreements.SigningTurn.ending", "early_access.EarlyAccessRequest.status", "early_access.RequestAudience.status",
        "early_access.RequestSection.name", "early_access.SectionTask.name",
        "early_access.RequestStatement.name", "early_access.ReturnItem.parts",
        "early_access.AccessSpecification.authentication",
        "early_access.ConfidentialityMarking.scope", "early_access.Contact.purpose",
        "early_access.AccessSpecification.reasoning_traces", "early_access.AccessSpecification.safeguard_behaviour",
        "early_access.AccessCredential.revoked_because", "early_access.RevocationProof.revoked_because",
        "early_access.Withdrawal.from_status",
        "early_access.ReleaseNotice.status", "early_access.BlockedTime.cause", "early_access.WindowExtension.status",
        "early_access.DesignationInquiry.status", "early_access.TrustedPartnerNomination.status",
        "evaluations.EvaluationAssignment.status", "evaluations.RoutingDecision.status",
        "evaluations.EvaluationAssignment.domains", "evaluations.PlaceTurn.domains", "evaluations.EvaluationRun.status",
        "evaluations.EvaluationRun.variant", "evaluations.RunLog.variant", "evaluations.Result.ci_method",
        "evaluations.RunLaunch.status",
        "evaluations.RunLaunch.suite", "evaluations.RunLaunch.variant",
        "evaluations.Baseline.kind", "evaluations.RunLog.kind", "evaluations.ReportingDetail.criterion",
        "early_access.HeldAnswer.refused",
        "evaluations.LogView.refused", "evaluations.Finding.status", "evaluations.EvaluationIncident.status",
        "evaluations.EvaluationIncident.measures", "evaluations.FindingEntry.move",
        "webhooks.Endpoint.kinds", "webhooks.Endpoint.switched_off_because", "webhooks.Delivery.kind",
        "notifications.Notice.kind", "notifications.Notice.url", "notifications.MailPreference.kind",
    ),
    "sealed: a cipher text": (
        "agreements.SigningKey.ciphertext", "agreements.SigningKey.wrapped", "agreements.SigningKey.certificate",
        "webhooks.Secret.ciphertext", "webhooks.Secret.wrapped",
        "early_access.RevocationProof.ciphertext", "early_access.RevocationProof.wrapped_key",
        "early_access.HeldAnswer.sealed",
        "evaluations.LogView.sealed", "early_access.AccessCredential.ciphertext", "early_access.CredentialWrap.wrapped_key",
    ),
    "read by the product, which gives no page the whole of it: subject and issuer hold the canaries": (
        "agreements.OwnCertificate.certificate",
    ),
    "read by the product: a key holds no words, and names in a manifest are under its signature": (
        "early_access.WeightsSigner.pem", "early_access.WeightsManifest.pickled",
    ),
    "sentences and names of formats of the product's own": (
        "early_access.RequestDocument.checked", "early_access.RequestDocument.unchecked",
        "early_access.RequestDocument.format", "early_access.RequestDocument.ending",
    ),
    "prepared for a device, by the product; its person's name, and why there is no signature, from a fixed list": (
        "agreements.RemoteSigning.",
    ),
    "the name of whoever attested, of the agency": ("evaluations.Attestation.typed_name",),
    "the address of whoever it is sent to": ("notifications.Mail.address",),
    "ids only and never a name: the crawl asserts that no canary stands in a job or a mail": (
        "jobs.Job.kind", "jobs.Job.queue", "jobs.Job.key", "jobs.Job.payload", "jobs.Job.error", "jobs.Echo.role",
        "jobs.Echo.process", "notifications.Mail.subject", "notifications.Mail.body",
        "webhooks.Delivery.body",
    ),
    "agencies and oversight only have it": (
        "accounts.Organisation.slug", "accounts.Organisation.database_role", "agreements.ClauseDraft.",
    ),
    "words of a clause, which holds the canary itself, beside digests": (
        "agreements.AgreementClause.terms", "agreements.ClauseReview.terms",
    ),
    "reference data, the same for everybody": (
        "agreements.Clause.", "agreements.ClauseAlternative.", "agreements.AgreementTemplate.",
        "evaluations.RoutingRuleSet.",
        "jobs.Schedule.", "contenttypes.", "auth.", "guardian.",
    ),
    "concerns the person at the keyboard alone": (
        "sessions.Session.", "usersessions.UserSession.", "mfa.Authenticator.", "account.EmailAddress.",
        "admin.LogEntry.",
    ),
}  # fmt: skip


@contextmanager
def past_the_triggers() -> Iterator[None]:
    """As the owner of the tables, with no trigger firing; who may see the rows is decided as ever."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        cursor.execute(f"SET LOCAL ROLE {cursor.fetchone()[0]}")
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("SET LOCAL ROLE concord_web")


def stamp(house: House) -> None:
    """Fill the fields that no action of the stage fills."""
    staff = house.world.staff
    for place, (readers, where) in ROWS_OF_DEVELOPER.items():
        label, name = place.rsplit(".", 1)
        model: Any = apps.get_model(label)
        agency = place.startswith(OF_THE_AGENCY)
        words = readers if agency else (house.key, *readers)
        text = house.say(place, *words, home="commerce-caisi" if agency else "")
        rows = {key: house.home if value is None else value for key, value in where.items()}
        people = house.people if label == "notifications.Notice" else [staff]
        for person in people:
            with rls.context(user=person.pk), past_the_triggers():
                for row in model._default_manager.filter(**rows):
                    value = _added(getattr(row, name), text, name)
                    model._default_manager.filter(pk=row.pk).update(**{name: value})


def _added(old: Any, text: str, name: str) -> Any:
    if name == "email":
        return f"{text}-{str(old).partition('@')[0]}@x.example".lower()
    if isinstance(old, list):
        return [*old, text]
    return {**old, "note": text} if isinstance(old, dict) else text


def fields() -> list[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every column that can hold a text, a JSON value, bytes or a file."""
    kinds = (models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField, ArrayField)
    return [
        (model, field)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, kinds) and not isinstance(field, models.UUIDField)
    ]


def reason(model: type[models.Model], field: models.Field[Any, Any]) -> str | None:
    """Why this column holds no canary."""
    base = getattr(field, "base_field", field)
    if field.choices or base.choices:
        return "one of a fixed list"
    place = f"{model._meta.label}.{field.name}"
    exact = [why for why, places in WITHOUT.items() if place in places]
    whole = [why for why, places in WITHOUT.items() for p in places if p.endswith(".") and place.startswith(p)]
    return (exact + whole or [None])[0]


def holders(house: House) -> set[str]:
    """Places of which a row holds a canary, as staff and as one of the developer's own people find them."""
    found = set()
    for person in (house.world.staff, house.drafter):
        with rls.context(user=person.pk), connection.cursor() as cursor:
            for model, field in fields():
                table = connection.ops.quote_name(model._meta.db_table)
                column = connection.ops.quote_name(str(field.column))
                cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
                if cursor.fetchone()[0]:
                    cursor.execute(f"SELECT 1 FROM {table} WHERE {column}::text ILIKE '%cnry-%' LIMIT 1")
                    found |= {f"{model._meta.label}.{field.name}"} if cursor.fetchone() else set()
    return found


def unnamed(held: set[str]) -> list[str]:
    """Columns that hold no canary and name no reason."""
    return sorted(
        place for model, field in fields()
        if (place := f"{model._meta.label}.{field.name}") not in held and reason(model, field) is None
    )  # fmt: skip
