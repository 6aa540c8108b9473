"""The only writer of developers' profiles, models, checkpoints and their audiences."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.actions import INVITATION_DAYS, token_hash
from accounts.models import Invitation, Organisation, User
from audit import actions as audit
from core import rls
from core.decisions import Conflict, Invalid, Problem
from developers import notices, policies
from developers.models import (
    CheckpointAudience,
    Developer,
    FrontierModel,
    ModelAudience,
    ModelCheckpoint,
    ModelVariant,
)

SHA256 = re.compile(r"[0-9a-f]{64}")
FIRST_ROLES = ["administrator", "drafter"]


def register(*, legal_name: str, jurisdiction: str, website: str, email: str) -> tuple[Developer, str]:
    """Make an organisation whose first administrator is whoever holds the mailbox: returns the profile and the token of
    an invitation that has to be mailed. Registering proves nothing yet; Commerce verifies."""
    organisation = Organisation(kind=Organisation.Kind.DEVELOPER, name=legal_name.strip())
    commerce = Organisation.objects.get(slug="commerce")
    token = secrets.token_urlsafe(32)
    with rls.context(organisations=(organisation.pk,), actor="anonymous"):
        organisation.save(force_insert=True)
        profile = Developer.objects.create(
            organisation=organisation,
            verifier=commerce,
            legal_name=organisation.name,
            jurisdiction=jurisdiction.strip(),
            website=website,
        )
        Invitation.objects.create(
            organisation=organisation,
            email=email.strip().lower(),
            roles=FIRST_ROLES,
            token_hash=token_hash(token),
            expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
        )
        audit.record("developers.registered", profile, parties=[organisation.pk, commerce.pk])
        notices.registered(profile)
    return profile, token


def ensure_profile(*, organisation: Organisation) -> Developer:
    """The profile of an organisation that was loaded as data (the demo), registered now if it has none."""
    found = Developer.objects.filter(organisation=organisation).first()
    if found:
        return found
    commerce = Organisation.objects.get(slug="commerce")
    return Developer.objects.create(
        organisation=organisation, verifier=commerce, legal_name=organisation.name, jurisdiction="Delaware"
    )


def _locked(developer: Developer) -> Developer:
    return Developer.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=developer.pk)


@transaction.atomic
def verify(*, developer: Developer, by: User) -> Developer:
    """Confirm the organisation."""
    row = _locked(developer)
    policies.may_verify(by, row).require()
    row.status, row.refused_reason = "verified", ""
    return _decided(row, "developers.verify", by)


@transaction.atomic
def refuse(*, developer: Developer, reason: str, by: User) -> Developer:
    """Refuse to confirm it, with a reason that the developer reads."""
    row = _locked(developer)
    policies.may_refuse(by, row).require()
    if not reason.strip():
        raise Invalid([Problem("reason", "Write the reason: the developer reads it.")])
    row.status, row.refused_reason = "refused", reason.strip()
    return _decided(row, "developers.refuse", by)


def _decided(row: Developer, verb: str, by: User) -> Developer:
    row.decided_by, row.decided_at = by, timezone.now()
    row.save(update_fields=["status", "refused_reason", "decided_by", "decided_at"])
    parties = [row.organisation_id, row.verifier_id]
    audit.record(verb, row, by=by, parties=parties, reason=row.refused_reason)
    notices.decided(row, by)
    return row


@transaction.atomic
def register_model(
    *,
    developer: Organisation,
    codename: str,
    by: User,
    family: str = "",
    public_name: str = "",
    public_name_embargoed_until: date | None = None,
) -> FrontierModel:
    """Register a model under its codename."""
    policies.may_register_model(by, developer).require()
    name = codename.strip()
    if not name:
        raise Invalid([Problem("codename", "Give the model a codename.")])
    if FrontierModel.objects.filter(developer=developer, codename=name).exists():
        raise Invalid([Problem("codename", "You already registered a model with this codename. Choose another.")])
    row = FrontierModel.objects.create(
        developer=developer,
        codename=name,
        family=family.strip(),
        public_name=public_name.strip(),
        public_name_embargoed_until=public_name_embargoed_until,
    )
    audit.record("developers.model_registered", row, by=by, parties=[developer.pk])
    return row


@transaction.atomic
def register_checkpoint(
    *,
    model: FrontierModel,
    label: str,
    configuration_sha256: str,
    variants: Iterable[str],
    by: User,
    configuration_note: str = "",
) -> ModelCheckpoint:
    """Register a checkpoint and the variants in which it can be served."""
    row = FrontierModel.objects.select_for_update(of=("self",)).select_related("developer").get(pk=model.pk)
    policies.may_register_checkpoint(by, row).require()
    digest, kinds = configuration_sha256.strip().lower(), list(dict.fromkeys(variants))
    problems = _checkpoint_problems(row, label.strip(), digest, kinds)
    if problems:
        raise Invalid(problems)
    made = ModelCheckpoint.objects.create(
        developer=row.developer,
        model=row,
        label=label.strip(),
        configuration_sha256=digest,
        configuration_note=configuration_note.strip(),
    )
    for kind in kinds:
        ModelVariant.objects.create(developer=row.developer, checkpoint=made, kind=kind)
    audit.record("developers.checkpoint_registered", made, by=by, parties=[row.developer_id])
    return made


def _checkpoint_problems(model: FrontierModel, label: str, digest: str, kinds: list[str]) -> list[Problem]:
    found = []
    if not label:
        found.append(Problem("label", "Give the checkpoint a label that your team recognises."))
    elif ModelCheckpoint.objects.filter(model=model, label=label).exists():
        found.append(Problem("label", "This model already has a checkpoint with this label. Choose another."))
    if not SHA256.fullmatch(digest):
        found.append(Problem("configuration_sha256", "Enter the SHA-256 of the configuration: 64 digits 0–9 and a–f."))
    if not kinds or not set(kinds) <= set(ModelVariant.Kind.values):
        found.append(Problem("variants", "Choose at least one variant from the list."))
    return found


def share(*, checkpoint: ModelCheckpoint, organisations: Iterable[Organisation]) -> None:
    """Show a checkpoint and its model to organisations; called by the request that names them, in its transaction."""
    if checkpoint.model.developer_id != checkpoint.developer_id:
        raise Conflict("The checkpoint belongs to another developer's model.")
    for organisation in organisations:
        for audience, target in ((ModelAudience, checkpoint.model), (CheckpointAudience, checkpoint)):
            shown = {"developer_id": checkpoint.developer_id, "created_at": target.created_at}  # pages order by it
            audience.objects.get_or_create(target=target, organisation=organisation, defaults=shown)  # type: ignore[attr-defined]  # a model class
