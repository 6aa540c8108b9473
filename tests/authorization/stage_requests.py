"""What the stage of the access matrix has of early access: requests, keys, weights, inquiries, trusted partners."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from agreements.standing import in_force_of
from core import page_keys
from developers.models import ModelCheckpoint
from early_access import actions as early_access
from early_access.actions import answering
from early_access.models import (
    VETTING,
    AccessCredential,
    CredentialOpening,
    EarlyAccessRequest,
    RevocationProof,
    TrustedPartnerNomination,
)
from tests.early_access import factories as request_in
from tests.early_access import test_weights as weights_in
from tests.world import World, acting


class Requests:
    """The part of the stage that early access is asked about."""

    world: World

    def _inquiries(self, key: str, checkpoint: ModelCheckpoint) -> dict[str, Any]:
        """One that NSA works on, and a draft about the same checkpoint."""
        asked: dict[str, Any] = {"checkpoint": checkpoint.pk, "classified_reply": "known", "note": "Trained on code."}
        with acting(self.world.person(key, "drafter")) as by:
            home = self.world.organisations[key]
            sent, draft = (early_access.ask(developer=home, by=by, **asked) for _ in range(2))
            early_access.submit_inquiry(inquiry=sent, by=by)
        with acting(self.world.person("defense-nsa", "designator")) as by:
            early_access.acknowledge_inquiry(inquiry=sent, by=by)
            early_access.begin_benchmark(inquiry=sent, by=by)
        return {"inquiry": sent.reference, "draft_inquiry": draft.reference}

    def _request(self, key: str, checkpoint: ModelCheckpoint, **changes: dict[str, Any]) -> EarlyAccessRequest:
        """A filled draft."""
        with acting(self.world.person(key, "drafter")) as by:
            request = early_access.create(developer=self.world.organisations[key], by=by)
            for name, data in request_in.sections(checkpoint, **changes).items():
                early_access.save_section(request=request, section=name, data=data, row_version=0, by=by)
        return request

    def _partners(self, request: EarlyAccessRequest) -> dict[str, Any]:
        """Nominated by Commerce: one that is vetted and has the developer's consent, one agreed, one whose access is active."""
        found, met = {}, dict.fromkeys(VETTING, "met")
        key = next(k for k, o in self.world.organisations.items() if o.pk == request.developer_id)
        officer, lead = self.world.person("commerce", "intake"), self.world.person(key, "drafter")
        for name in ("partner", "agreed_partner", "active_partner"):
            with acting(officer) as by:
                row = early_access.nominate(
                    request=request, agency=self.world.agency("commerce"), name=f"Harbor Grid {name}", kind="operator",
                    country="United States", purpose="defend", why="It runs pumps.", by=by,
                    access_from=request.trusted_partner_on,
                )  # fmt: skip
            with acting(lead) as by:
                row = early_access.begin_vetting(nomination=row, by=by)
                early_access.save_vetting(nomination=row, row_version=row.row_version, checks=met, note="Read.", by=by)
                row.refresh_from_db()
                early_access.consent_to_partner(nomination=row, row_version=row.row_version, by=by)
                row.refresh_from_db()
            if name != "partner":
                with acting(officer) as by:
                    early_access.consent_to_partner(nomination=row, row_version=row.row_version, by=by)
            if name == "active_partner":
                with acting(lead) as by:
                    under = in_force_of(request.developer_id, self.world.agency("commerce"), by)[0].reference
                    early_access.record_terms(nomination=row, agreement=under, signed_on=request_in.today(), by=by)
                    TrustedPartnerNomination.objects.filter(pk=row.pk).update(
                        status="access_active", active_at=timezone.now()
                    )
            found[name] = row.reference
        return found

    def _weights(self, key: str, checkpoint: ModelCheckpoint) -> str:
        """A submitted request by weights, with its signed manifest."""
        request = self._request(key, checkpoint, access={"method": "weights_by_agency_channel"})
        with acting(self.world.person(key, "drafter")) as by:
            early_access.register_signer(request=request, pem=weights_in.PEM, by=by)
            early_access.register_manifest(request=request, bundle=weights_in.BUNDLE, location=weights_in.WHERE, by=by)
            early_access.submit(request=request, by=by)
        return str(request.reference)

    def _proof(self, row: EarlyAccessRequest, by: User) -> UUID:
        """What is kept of a key that CAISI opened and that was replaced then. In the drafter's context."""
        opened = AccessCredential.objects.get(request=row)
        CredentialOpening.objects.create(
            request=row, credential=opened, developer=row.developer, agency=self.world.agency("commerce-caisi"),
            reason="First calls.",
        )  # fmt: skip
        early_access.replace_key(request=row, secret="sk-second-one", expires_on=None, by=by)
        return RevocationProof.objects.get(request=row).pk

    def _answer(self, row: EarlyAccessRequest, by: User) -> UUID:
        """An opening that CAISI's worker has not answered yet, and that lasts as long as the matrix takes. In its
        evaluator's context."""
        live = AccessCredential.objects.get(request=row, revoked_at=None)
        with patch.object(answering, "LASTS", timedelta(hours=1)):
            return early_access.ask_opening(
                credential=live, by=by, agency=self.world.agency("commerce-caisi"), reason="First calls.",
                public_key=page_keys.public_of(page_keys.new_key()), stepped_up_at=timezone.now(),
            ).pk  # fmt: skip
