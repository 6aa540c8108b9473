"""What the room says to people: kinds of notices, and to whom each goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from accounts.models import User
from agreements.models import ClauseDraft, Incumbency, OwnCertificate, SignatureAuthority, TestingAgreement
from notifications import actions as notify
from notifications import kinds

LABELS = {
    "agreements.sent": "An agreement was sent to us",
    "agreements.commented": "Comments on an agreement were sent",
    "agreements.returned": "An agreement was returned with comments",
    "agreements.version_proposed": "A new version was proposed",
    "agreements.clearance_opened": "Our concurrence is asked for",
    "agreements.concurred": "An agency concurred",
    "agreements.refused": "An agency did not concur",
    "agreements.ways_set": "An agency set how the agencies concur",
    "agreements.answers_opened": "All agencies have concurred",
    "agreements.lapse_reminder": "Our silence will soon count as concurrence",
    "agreements.lapsed": "Our silence counted as concurrence",
    "agreements.your_turn": "It is my turn to sign",
    "agreements.declined": "A signatory declined",
    "agreements.reassigned": "Another signatory was named",
    "agreements.named": "I am named to sign later",
    "agreements.signature_reminder": "It is still my turn to sign",
    "agreements.file_free": "A file that somebody held can be signed again",
    "agreements.device_answered": "My signing device has answered",
    "agreements.device_failed": "My signing device made no signature",
    "agreements.cannot_sign": "Our signatory has lost the authority to sign",
    "agreements.certificate_enrolled": "A certificate was enrolled for my signatures",
    "agreements.executed": "All parties have signed",
    "agreements.in_force": "An agreement came into force",
    "agreements.amended": "An agreement was amended",
    "agreements.amendment_lapsed": "An amendment lapsed with its agreement",
    "agreements.suspended": "An agreement was suspended",
    "agreements.resumed": "An agreement was resumed",
    "agreements.notice_given": "Notice of termination was given",
    "agreements.notice_taken_back": "A notice was taken back",
    "agreements.leaving": "An agency gave notice that it leaves an agreement",
    "agreements.left": "An agency left an agreement",
    "agreements.ends_soon": "The term of an agreement ends soon",
    "agreements.ended": "An agreement ended",
    "agreements.withdrawn": "An agreement was withdrawn",
    "agreements.concurrence_reminder": "Your agency's concurrence is still asked for",
    "agreements.concurrence_late": "The day for concurrence has passed",
    "agreements.component_plan_set": "Our agency set which components concur first",
    "agreements.component_asked": "Our component's concurrence is asked for",
    "agreements.component_reminder": "Our component's concurrence is still asked for",
    "agreements.component_answered": "A component of our agency has answered",
    "agreements.component_refused": "A component of our agency does not concur",
    "agreements.components_done": "All components of our agency have concurred",
    "agreements.components_late": "The day for our components has passed",
    "agreements.suggested": "Other words for clauses were suggested",
    "agreements.suggestion_answered": "A suggestion was answered",
    "agreements.deviations_asked": "A deviation from approved text waits for our decision",
    "agreements.deviation_decided": "An agency decided on a deviation from approved text",
    "agreements.clause_ready": "A library clause waits for a second reader",
    "agreements.authority_waits": "A delegation to sign waits for counsel",
    "agreements.authority_concurred": "Counsel concurred with my delegation to sign",
    "agreements.authority_revoked": "My delegation to sign was revoked",
    "agreements.incumbency_waits": "An appointment to a post waits for counsel",
    "agreements.incumbency_concurred": "Counsel concurred with my appointment to a post",
    "agreements.incumbency_ended": "My time in a post was ended",
}
# What people may switch off: news after which nothing is asked of them.
NEWS = (
    "agreements.commented",
    "agreements.concurred",
    "agreements.ways_set",
    "agreements.component_plan_set",
    "agreements.component_answered",
    "agreements.in_force",
    "agreements.resumed",
    "agreements.amended",
)
PERSONAL = (
    "agreements.your_turn",
    "agreements.named",
    "agreements.signature_reminder",
    "agreements.authority_concurred",
    "agreements.authority_revoked",
    "agreements.incumbency_concurred",
    "agreements.incumbency_ended",
    "agreements.device_answered",
    "agreements.device_failed",
    "agreements.file_free",
    "agreements.certificate_enrolled",
)  # to one person
DRAFTERS = ("drafter", "counsel")


def register() -> None:
    """Make the kinds known."""
    for name, label in LABELS.items():
        kinds.register(name, label, optional=name in NEWS, personal=name in PERSONAL)


def tell_parties(
    kind: str, agreement: TestingAgreement, *, by: User | None, to: Iterable[UUID] | None = None,
    roles: tuple[str, ...] = DRAFTERS, people: Iterable[User] = (), also: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """A notice to those who draft and negotiate, in all parties or in some, and to some people. The mail names only the
    reference and, where one matters, a day (`also`)."""
    organisations = agreement.party_ids if to is None else list(to)
    notify.tell(
        kind, about=agreement, to=[(o, roles) for o in organisations], people=people, url=agreement.get_absolute_url(),
        context={"reference": agreement.reference, **(also or {})}, by=by,
    )  # fmt: skip


def tell_inside(
    kind: str,
    agreement: TestingAgreement,
    *,
    to: Iterable[UUID],
    by: User | None,
    also: Mapping[str, str] | None = None,
) -> None:
    """Counsel of an agency, or of components of one. It leads to the page that only they read."""
    notify.tell(
        kind, about=agreement, to=[(o, ("counsel",)) for o in to], url=f"{agreement.get_absolute_url()}components/",
        context={"reference": agreement.reference, **(also or {})}, by=by,
    )  # fmt: skip


def tell_signatories(
    agreement: TestingAgreement, people: Iterable[User], *, by: User | None, kind: str = "agreements.your_turn"
) -> None:
    """Those whose turn it is now, or still."""
    notify.tell(
        kind, about=agreement, people=people, url=f"{agreement.get_absolute_url()}sign/",
        context={"reference": agreement.reference}, by=by,
    )  # fmt: skip


def tell_named(agreement: TestingAgreement, person: User, *, by: User) -> None:
    """Somebody who will sign, but not yet."""
    notify.tell(
        "agreements.named", about=agreement, people=[person], url=agreement.get_absolute_url(),
        context={"reference": agreement.reference}, by=by,
    )  # fmt: skip


def tell_library(draft: ClauseDraft, *, by: User, to: Iterable[UUID]) -> None:
    """Counsel of the agencies: a draft of a library clause is ready to be read."""
    notify.tell(
        "agreements.clause_ready", about=draft, to=[(o, ("counsel",)) for o in to],
        url=f"/agreements/library/{draft.key}/", context={"reference": draft.key}, by=by,
    )  # fmt: skip


def tell_of_authority(
    kind: str, row: SignatureAuthority, *, by: User, roles: tuple[str, ...] = (), people: Iterable[User] = ()
) -> None:
    """Its holder, or those with a role in its organisation."""
    notify.tell(
        kind, about=row, to=[(row.organisation_id, roles)] if roles else [], people=people,
        url=row.get_absolute_url(), context={"reference": row.number}, by=by,
    )  # fmt: skip


def tell_of_incumbency(
    kind: str, row: Incumbency, *, by: User, roles: tuple[str, ...] = (), people: Iterable[User] = ()
) -> None:
    """Whose appointment it is, or those with a role in its organisation. The mail names nothing: who holds a post is read here."""
    notify.tell(
        kind, about=row, to=[(row.organisation_id, roles)] if roles else [], people=people,
        url=row.get_absolute_url(), context={}, by=by,
    )  # fmt: skip


def tell_of_lost(agreements: Iterable[TestingAgreement], organisation: UUID, *, by: User | None) -> None:
    """Who can name another signatory: the one who was named could not sign any more."""
    for agreement in agreements:
        roles = (*DRAFTERS, "administrator")
        tell_parties("agreements.cannot_sign", agreement, by=by, to=[organisation], roles=roles)


def tell_of_device(kind: str, agreement: TestingAgreement, person: User) -> None:
    """Who asked their signing device: it has answered, or made no signature."""
    notify.tell(
        kind, about=agreement, people=[person], url=f"{agreement.get_absolute_url()}sign/device/",
        context={"reference": agreement.reference}, by=None,
    )  # fmt: skip


def tell_of_certificate(kind: str, row: OwnCertificate, *, by: User) -> None:
    """The person whom it signs for, though they did it themselves, and their administrators: so that nobody enrols one in
    another's name unnoticed."""
    notify.tell(
        kind, about=row, to=[(row.organisation_id, ("administrator",))], people=[row.person],
        url=row.get_absolute_url(), context={"reference": row.sha256[:12]}, by=None if by == row.person else by,
    )  # fmt: skip
