"""What this room tells people: the request's reference and a link, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse

from accounts.models import Organisation, User
from early_access.models import DesignationInquiry, EarlyAccessRequest, TrustedPartnerNomination
from notifications import actions as notify
from notifications import kinds

# What people may switch off: news after which nothing is asked of them.
NEWS = (
    "acknowledged", "blocked_ended", "extension_withdrawn", "scheduled", "closed", "returned", "release_issued",
    "inquiry_acknowledged", "inquiry_withdrawn", "key_refused", "document_added", "weights_received", "variant_consented",
    "result_stated", "result_taken_back",
)  # fmt: skip
DEVELOPER = ("drafter", "security")
AGENCY = ("intake", "router", "evaluator")
PARTNERS = ("intake", "router")

KINDS = {
    "section_owner": "A section of a draft was handed over",
    "section_asked": "A colleague asks something in a section",
    "section_answered": "My question in a section was answered",
    "submitted": "A request arrived",
    "acknowledged": "Your request was acknowledged",
    "needs_information": "An intake officer asks for information",
    "answered": "A question was answered",
    "accepted": "Your request was accepted for testing",
    "declined": "Your request was declined",
    "schedule_proposed": "Dates were proposed",
    "scheduled": "Dates are agreed",
    "window_opened": "A window opened",
    "window_closed": "A window closed",
    "key_replaced": "The access key of a request was replaced",
    "key_revoked": "The access key of a request was taken back",
    "key_refused": "A revoked access key is refused by its endpoint",
    "key_still_taken": "A revoked access key is still taken by its endpoint",
    "key_unchecked": "A revoked access key could not be checked",
    "variant_withheld": "Consent to a variant was taken back",
    "variant_consented": "Consent to a variant was given",
    "weights_manifest": "A signed manifest of weights was registered",
    "weights_received": "An agency received the weights as signed",
    "weights_differ": "An agency received other weights than were signed",
    "key_ends": "The access key of our request ends soon",
    "access_rests": "Access rests under an agreement",
    "access_goes_on": "Access goes on under an agreement",
    "access_ended": "Access ended under an agreement",
    "extension_proposed": "A longer window was proposed",
    "extended": "A window was lengthened",
    "extension_refused": "A longer window was refused",
    "extension_withdrawn": "A proposal of a longer window was taken back",
    "key_too_short": "The access key ends before the window does",
    "blocked_reported": "Blocked time in a window was reported",
    "blocked_ended": "Blocked time in a window ended",
    "blocked_corrected": "A report of blocked time was corrected",
    "change_announced": "What is served under a request has changed",
    "document_added": "A document of a request was uploaded",
    "result_stated": "A developer stated a result of its own",
    "result_taken_back": "A developer took a result of its own back",
    "return_due": "Something has to be returned or destroyed",
    "reported": "No further report is owed",
    "closed": "A request was closed",
    "withdrawn": "A request was withdrawn",
    "returned": "An agency answered what it returned or destroyed",
    "release_issued": "A release notice was issued, amended or cancelled",
    "inquiry_submitted": "A designation inquiry arrived",
    "inquiry_acknowledged": "NSA acknowledged our designation inquiry",
    "inquiry_ended": "NSA replied to our designation inquiry",
    "inquiry_withdrawn": "A designation inquiry was withdrawn",
    "partner_nominated": "A trusted partner was nominated",
    "partner_vetting": "The vetting of a trusted partner goes on",
    "partner_consented": "The other side consented to a trusted partner",
    "partner_decided": "Both sides agreed on a trusted partner, or one did not",
    "partner_terms": "The terms of a trusted partner were recorded",
    "partner_access": "The access of a trusted partner changed",
}


def register() -> None:
    """The kinds of notices of this room."""
    for name, label in KINDS.items():
        kinds.register(f"early_access.{name}", label=label, optional=name in NEWS, personal=name.startswith("section_"))


def to_developer(name: str, request: EarlyAccessRequest, by: User | None) -> None:
    """To the developer's policy and security leads."""
    _tell(name, request, [(request.developer_id, DEVELOPER)], by)


def to_intake(name: str, request: EarlyAccessRequest, by: User | None) -> None:
    """To the intake officers who handle the request."""
    if request.intake_agency_id:
        _tell(name, request, [(request.intake_agency_id, ("intake",))], by)


def to_agencies(name: str, request: EarlyAccessRequest, agencies: Iterable[Organisation], by: User | None) -> None:
    """To everybody at the agencies who works on the request, and at their parents."""
    ids = dict.fromkeys(pk for a in agencies for pk in (a.pk, a.parent_id) if pk)
    if request.intake_agency_id:
        ids[request.intake_agency_id] = None
    _tell(name, request, [(pk, AGENCY) for pk in ids], by)


def to_readers(name: str, request: EarlyAccessRequest, agencies: Iterable[Organisation], by: User | None) -> None:
    """To everybody at these agencies who works on the request, and to no other agency."""
    _tell(name, request, [(agency.pk, AGENCY) for agency in agencies], by)


def to_one_agency(name: str, request: EarlyAccessRequest, agency: Organisation) -> None:
    """To everybody at one agency who works on the request."""
    _tell(name, request, [(agency.pk, AGENCY)], None)


def to_people(name: str, request: EarlyAccessRequest, people: Iterable[User], by: User) -> None:
    """To some of the developer's people by name."""
    _tell(name, request, [], by, people)


def inquiry(name: str, row: DesignationInquiry, organisation: UUID, by: User) -> None:
    """To the developer's policy and security leads, or to NSA's designation authorities and nobody else there. The words
    are the same for every reply."""
    roles = DEVELOPER if organisation == row.developer_id else ("designator",)
    notify.tell(
        f"early_access.{name}", about=row, to=[(organisation, roles)], url=row.get_absolute_url(),
        context={"reference": row.reference}, by=by,
    )  # fmt: skip


def partner(name: str, row: TrustedPartnerNomination, by: User | None) -> None:
    """To the people of both sides who act in a nomination, and to no other agency."""
    notify.tell(
        f"early_access.{name}", about=row, to=[(row.developer_id, DEVELOPER), (row.agency_id, PARTNERS)],
        url=row.get_absolute_url(), context={"reference": row.reference}, by=by,
    )  # fmt: skip


def _tell(
    name: str, request: EarlyAccessRequest, to: Sequence[tuple[UUID, Sequence[str]]], by: User | None,
    people: Iterable[User] = (),
) -> None:  # fmt: skip
    notify.tell(
        f"early_access.{name}",
        about=request,
        to=to,
        people=people,
        url=reverse("early_access:request", args=[request.reference]),
        context={"reference": request.reference},
        by=by,
    )
