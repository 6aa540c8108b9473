"""/api/v1/partners/: trusted partners, over the same actions as the pages."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, RoomAPIView, StrictSerializer, page_of, plain
from accounts.api.schema import Timeline
from audit.queries import timeline
from core.decisions import Invalid, Problem
from core.workflow import Workflow
from early_access import actions, partners, policies
from early_access.api.steps import step
from early_access.api.views import Room as OfRequest
from early_access.models import VETTING, TrustedPartner, TrustedPartnerNomination
from early_access.workflow import TRUSTED_PARTNER

RELATED = ("developer", "agency", "partner", "request", "nominator", "denied_for", "suspended_for")
COLUMNS = ("reference", "status", "developer", "agency", "access_from")
Check = TrustedPartnerNomination.Check


class NominationRow(serializers.Serializer):
    """One nomination in a list."""

    reference = serializers.CharField()
    status = serializers.CharField()
    developer = serializers.UUIDField()
    agency = serializers.UUIDField()
    access_from = serializers.DateField()


class NominationIn(StrictSerializer):
    """Whom, with which agency, for what, from when."""

    agency = serializers.SlugField(help_text="Of the request's agencies.")
    name = serializers.CharField(max_length=120)
    kind = serializers.ChoiceField(choices=TrustedPartner.Kind.choices)
    country = serializers.CharField(max_length=60)
    purpose = serializers.ChoiceField(choices=TrustedPartnerNomination.Purpose.choices)
    why = serializers.CharField(max_length=400)
    access_from = serializers.DateField(help_text="Not before the planned release to trusted partners.")


class ChecksIn(StrictSerializer):
    """The checks; one that is left out stays open."""

    ownership = serializers.ChoiceField(choices=Check.choices, allow_blank=True, default="")
    confidentiality = serializers.ChoiceField(choices=Check.choices, allow_blank=True, default="")
    cybersecurity = serializers.ChoiceField(choices=Check.choices, allow_blank=True, default="")
    insider_risk = serializers.ChoiceField(choices=Check.choices, allow_blank=True, default="")
    ip_protection = serializers.ChoiceField(choices=Check.choices, allow_blank=True, default="")
    use = serializers.ChoiceField(choices=Check.choices, allow_blank=True, default="")


class VettingIn(StrictSerializer):
    """What the vetting found, and the version it was read at."""

    row_version = serializers.IntegerField(min_value=1)
    checks = ChecksIn()
    note = serializers.CharField(max_length=4000, allow_blank=True, default="")


class PartnerConsentIn(StrictSerializer):
    """To which version of the nomination the consent is given."""

    row_version = serializers.IntegerField(min_value=1)


class PartnerDenialIn(StrictSerializer):
    """Why one's side does not agree."""

    denial = serializers.ChoiceField(choices=TrustedPartnerNomination.Denial.choices)
    reason = serializers.CharField(max_length=4000)


class PartnerTermsIn(StrictSerializer):
    """Under which agreement, and when the partner signed."""

    agreement = serializers.CharField(max_length=20, help_text="Reference of an agreement in force between both sides.")
    signed_on = serializers.DateField()


class PartnerSuspensionIn(StrictSerializer):
    """Why access is suspended."""

    reason = serializers.CharField(max_length=4000)


class PartnerEndingIn(StrictSerializer):
    """A reason, if there is one to give."""

    reason = serializers.CharField(max_length=4000, allow_blank=True, default="")


class NominationOut(serializers.Serializer):
    """One nomination, for the developer and the one agency. Access needs two consents and approves no release."""

    reference = serializers.CharField()
    status = serializers.CharField()
    request = serializers.CharField(source="request.reference")
    developer = serializers.UUIDField(source="developer_id")
    agency = serializers.CharField(source="agency.slug")
    nominated_by_developer = serializers.SerializerMethodField()
    name = serializers.CharField(source="partner.name")
    kind = serializers.CharField(source="partner.kind")
    country = serializers.CharField(source="partner.country")
    purpose = serializers.CharField()
    why = serializers.CharField()
    access_from = serializers.DateField()
    row_version = serializers.IntegerField(help_text="Send it back with a consent, and with the vetting.")
    checks = serializers.SerializerMethodField()
    vetting_note = serializers.CharField(allow_blank=True)
    developer_consented_at = serializers.DateTimeField(allow_null=True)
    agency_consented_at = serializers.DateTimeField(allow_null=True)
    denial = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    agreement = serializers.SerializerMethodField(help_text="Null: none yet, or the caller does not read it.")
    terms_signed_on = serializers.DateField(allow_null=True)
    active_at = serializers.DateTimeField(allow_null=True)
    next = serializers.SerializerMethodField(help_text="Whose move it is, in a sentence.")

    def get_nominated_by_developer(self, row: TrustedPartnerNomination) -> bool:
        """Which side began."""
        return row.nominator_id == row.developer_id

    def get_checks(self, row: TrustedPartnerNomination) -> dict[str, str]:
        """Name → outcome; "" is open."""
        return {name: getattr(row, name) for name in VETTING}

    def get_agreement(self, row: TrustedPartnerNomination) -> str | None:
        """Its reference."""
        found = partners.agreement_of(row)
        return found.reference if found else None

    def get_next(self, row: TrustedPartnerNomination) -> str:
        """The heading of its page."""
        return partners.WHOSE[row.status][0]


class DenialsOut(serializers.Serializer):
    """Counts of one agency. No developer and no partner is named."""

    agency = serializers.CharField()
    nominated = serializers.IntegerField()
    agreed = serializers.IntegerField(help_text="Both sides consented at some time.")
    not_agreed = serializers.IntegerField()
    reasons = serializers.SerializerMethodField(help_text="Reason → how many.")

    def get_reasons(self, row: dict[str, Any]) -> dict[str, int]:
        """As the list of reasons has them."""
        return {name: count for name, _, count in row["reasons"]}


class Room(RoomAPIView):
    """Finds the nomination by its reference."""

    def one(self, reference: str) -> TrustedPartnerNomination:
        """The nomination if the caller may see it, else 404."""
        row: TrustedPartnerNomination = self.visible(TrustedPartnerNomination, *RELATED, reference=reference)
        return row

    def again(self, row: TrustedPartnerNomination, status: int = 200) -> Response:
        """The nomination as it is now."""
        return Response(NominationOut(self.one(row.reference)).data, status=status)


class Partners(Room):
    """All nominations of the caller."""

    paged: ClassVar[bool] = True
    states: ClassVar[Workflow | None] = TRUSTED_PARTNER
    access: ClassVar[dict[str, str]] = {"get": "early_access.visible"}

    @extend_schema(operation_id="partners_list", responses=page_of(NominationRow))
    def get(self, request: Request) -> Response:
        """Nominations that the caller's organisation reads, newest first."""
        return self.page(TrustedPartnerNomination, columns=COLUMNS, show=plain(NominationRow))


class Denials(RoomAPIView):
    """How many were not agreed."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.may_see_denials"}

    @extend_schema(operation_id="partners_denials", responses=page_of(DenialsOut))
    def get(self, request: Request) -> Response:
        """Counts per agency and reason over what the caller's organisation reads. For administrators."""
        policies.may_see_denials(self.person).require()
        return self.listed(DenialsOut, partners.denials(self.person))


class Nominations(OfRequest):
    """Nominations under one request."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible", "post": "early_access.may_nominate"}

    @extend_schema(operation_id="partners_of_request", responses=page_of(NominationRow))
    def get(self, request: Request, reference: str) -> Response:
        """Nominations under the request that the caller's side reads, newest first."""
        rows = partners.nominations(self.one(reference), self.person)
        shown = [
            {**{n: getattr(r, n) for n in ("reference", "status", "access_from")},
             "developer": r.developer_id, "agency": r.agency_id} for r in rows
        ]  # fmt: skip
        return self.listed(NominationRow, shown)

    @extend_schema(operation_id="partners_nominate", request=NominationIn, responses={201: NominationOut})
    def post(self, request: Request, reference: str) -> Response:
        """Nominate a trusted partner. Nothing is given before both sides have consented."""
        row, sent = self.one(reference), self.read(NominationIn)
        slug = sent.pop("agency")
        agency = next((a for a in policies.nomination_agencies(row) if a.slug == slug), None)
        if agency is None:
            policies.may_nominate(self.person, row).require()
            raise Invalid([Problem("agency", "Choose an agency of this request.")])
        made = actions.nominate(request=row, agency=agency, by=self.person, **sent)
        found = TrustedPartnerNomination.objects.select_related(*RELATED).get(pk=made.pk)
        return Response(NominationOut(found).data, status=201)


class One(Room):
    """One nomination."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible"}

    @extend_schema(operation_id="partners_read", responses=NominationOut)
    def get(self, request: Request, reference: str) -> Response:
        """Who, for what, the vetting, the consents, the terms, access."""
        return self.again(self.one(reference))


class Vetting(Room):
    """The checks."""

    access: ClassVar[dict[str, str]] = {"put": "early_access.may_vet"}

    @extend_schema(operation_id="partners_vet", request=VettingIn, responses={200: NominationOut})
    def put(self, request: Request, reference: str) -> Response:
        """Record what the vetting found. Where a side has consented, another finding takes that consent off."""
        row = self.one(reference)
        return self.again(actions.save_vetting(nomination=row, by=self.person, **self.read(VettingIn)))


class TimelineOf(Room):
    """What happened."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible"}

    @extend_schema(operation_id="partners_timeline", responses=page_of(Timeline))
    def get(self, request: Request, reference: str) -> Response:
        """The nomination's timeline, newest first, at most 200 entries."""
        return self.listed(Timeline, timeline(self.one(reference), self.person))


STEPS = {
    verb: step(
        Room,
        f"{verb.title().replace('_', '')}PartnerStep",
        f"partners_{verb}",
        guard,
        "nomination",
        reads,
        NominationOut,
        act,
    )
    for verb, guard, reads, act in (
        ("begin_vetting", "may_begin_vetting", NothingIn, actions.begin_vetting),
        ("consent", "may_consent_to_partner", PartnerConsentIn, actions.consent_to_partner),
        ("take_consent_back", "may_take_consent_back", NothingIn, actions.take_consent_back),
        ("decline", "may_decline_partner", PartnerDenialIn, actions.decline_partner),
        ("record_terms", "may_record_terms", PartnerTermsIn, actions.record_terms),
        ("activate", "may_activate_partner", NothingIn, actions.activate_partner),
        ("suspend", "may_suspend_partner", PartnerSuspensionIn, actions.suspend_partner),
        ("resume", "may_resume_partner", NothingIn, actions.resume_partner),
        ("revoke", "may_revoke_partner", PartnerEndingIn, actions.revoke_partner),
        ("end", "may_end_partner", PartnerEndingIn, actions.end_partner),
    )
}
