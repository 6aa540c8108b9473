"""Reads of the room: what is in force and what it allows, what is open, whose move it is, what can be signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from accounts.models import Organisation, User
from accounts.queries import holders
from accounts.roles import GUEST
from accounts.search import Hit, rows
from accounts.seats import seats_of
from agreements import consolidated, delegations, files, in_effect, terms, texts
from agreements.answers import counted, not_concurred, verdicts
from agreements.delegations import Bearer
from agreements.models import (
    AgreementClause,
    AgreementParty,
    AgreementTemplate,
    AgreementVersion,
    Clause,
    ClauseComment,
    ClauseReview,
    ClauseSuggestion,
    CompletionCertificate,
    Concurrence,
    IssuedFile,
    Signatory,
    Signature,
    SignatureAuthority,
    TestingAgreement,
)
from agreements.rules import completeness, lasting
from agreements.standard import PROTECTED
from agreements.workflow import AGREEMENT
from core.decisions import ALLOWED, Decision, Problem, refuse

LISTED = ("reference", "title", "status", "developer", "effective_on", "expires_on")
# What other rooms ask about. True: still allowed after the end, because a duty survives it.
ASKED = {"request": False, "access": False, "share_findings": True, "keep_data": True}
# What a draft of a library clause begins with, and what each of its alternatives has.
COPIED = ("heading", "text", "rationale", "guidance", "required_for", "variables", "decides_deviations")
# What the next version of a template has from the one before.
TEMPLATE = (
    "key", "instrument", "name", "description", "clause_ids", "variables", "concurrence_order", "concurrence_blind",
    "published_by",
)  # fmt: skip
OTHER = ("key", "text", "when_to_use", "rationale", "extra_concurrence")
# Asked here by other rooms and pages.
obligation, obligations, allowed_domains, duties, expiry = (
    in_effect.obligation, in_effect.obligations, in_effect.allowed_domains, in_effect.duties, lasting.expiry,
)  # fmt: skip
LAPSE = "tacit_concurrence_days"  # the variable that says after how many days silence counts
WITH_ACCESS = ("mou", "crada")  # instruments under which early access can be asked for


def in_force_between(developer: Organisation, agency: Organisation, at: datetime) -> TestingAgreement | None:
    """The newest agreement in force under which a developer can ask an agency for early access (no non-disclosure
    agreement); a component is covered by its parent's."""
    return in_force_among([developer.pk], [agency], at).get((developer.pk, agency.pk))


def in_force_among(
    developers: Iterable[UUID], agencies: Iterable[Organisation], at: datetime
) -> dict[tuple[UUID, UUID], TestingAgreement]:
    """`in_force_between` for every (developer id, agency id) that has one, in one query."""
    listed = list(agencies)
    sought = {pk for agency in listed for pk in (agency.pk, agency.parent_id) if pk}
    rows = TestingAgreement.objects.filter(
        Q(expires_on__isnull=True) | Q(expires_on__gt=at.date()), status="in_force", instrument__in=WITH_ACCESS,
        developer__in=developers, parties__organisation__in=sought, parties__left_at=None, effective_on__lte=at.date(),
    )  # fmt: skip
    found: dict[tuple[UUID, UUID], TestingAgreement] = {}
    for row in rows.annotate(party=F("parties__organisation")).order_by("fully_executed_at"):
        for agency in listed:
            if row.party in (agency.pk, agency.parent_id):
                found[row.developer_id, agency.pk] = row
    return found


def permits(agreement: TestingAgreement, action: str, at: datetime) -> Decision:
    """Whether the agreement lets its parties `request`, `access`, `share_findings` or `keep_data` at an instant."""
    if ASKED[action] and agreement.fully_executed_at is not None:
        return ALLOWED
    if not (running := _runs(agreement, at)):
        return running
    if action in ("request", "access") and agreement.instrument not in WITH_ACCESS:
        return refuse("A non-disclosure agreement gives no access to a model.", "Sign a framework agreement first.")
    return ALLOWED


def _runs(agreement: TestingAgreement, at: datetime) -> Decision:
    if agreement.status != "in_force":
        return refuse(f"Agreement {agreement.reference} is not in force.", "Its parties can see its state on its page.")
    if agreement.effective_on and at.date() < agreement.effective_on:
        return refuse(f"Agreement {agreement.reference} takes effect on {agreement.effective_on}.")
    if agreement.expires_on and at.date() >= agreement.expires_on:
        return refuse(f"Agreement {agreement.reference} ended on {agreement.expires_on}.")
    if agreement.notice_given_by_id == agreement.developer_id:
        return refuse("The developer gave notice, and access ended with that.", "A new agreement can be started.")
    return ALLOWED


def last_day(agreement: TestingAgreement) -> date | None:
    """The day on which it is over: at the end of a notice that runs or of its term, whichever comes first."""
    return min((day for day in (agreement.terminates_on, agreement.expires_on) if day), default=None)


def executed_pdf(agreement: TestingAgreement) -> tuple[bytes, IssuedFile]:
    """The executed file, checked against its hash. Call only after policies.may_download."""
    row = IssuedFile.objects.get(agreement=agreement, role=IssuedFile.Role.EXECUTED, voided_at__isnull=True)
    return files.read(row.sha256), row


def certificate(agreement: TestingAgreement) -> CompletionCertificate | None:
    """The completion certificate of the executed file."""
    rows = CompletionCertificate.objects.filter(agreement=agreement, executed__voided_at__isnull=True)
    return rows.select_related("executed").first()


def current_file(agreement: TestingAgreement) -> IssuedFile | None:
    """The file that the next signature is appended to (or the executed one)."""
    return IssuedFile.objects.filter(agreement=agreement, voided_at__isnull=True, next__isnull=True).first()


def versions(agreement: TestingAgreement) -> QuerySet[AgreementVersion]:
    """Frozen versions, newest first."""
    rows = AgreementVersion.objects.filter(agreement=agreement, frozen_at__isnull=False)
    return rows.select_related("organisation", "frozen_by").order_by("-number")


def working_draft(agreement: TestingAgreement, side: Organisation | None) -> AgreementVersion | None:
    """One side's unfrozen next version."""
    if side is None:
        return None
    return AgreementVersion.objects.filter(agreement=agreement, organisation=side, frozen_at__isnull=True).first()


def comments_for(agreement: TestingAgreement, user: User) -> list[ClauseComment]:
    """Comments that this person may read: those for all, those of the person's own organisations, and those that they keep."""
    mine = Q(organisation__in=seats_of(user).ids)
    read = Q(revealed_at__isnull=False) | mine & (Q(sent_at__isnull=False) | Q(author=user))
    rows = ClauseComment.objects.filter(read, agreement=agreement)
    return list(rows.select_related("author", "organisation", "version", "in_reply_to", "resolved_by", "reopened_by"))


def kept_by(agreement: TestingAgreement, user: User) -> list[ClauseComment]:
    """Comments that this person wrote and has not sent, oldest first."""
    rows = ClauseComment.objects.filter(agreement=agreement, author=user, sent_at__isnull=True)
    return list(rows.select_related("in_reply_to", "version"))


def suggestions_for(agreement: TestingAgreement, user: User) -> QuerySet[ClauseSuggestion]:
    """Suggestions that this person may read, oldest first: those that were sent, and those of the own organisations."""
    rows = ClauseSuggestion.objects.visible_to(user).filter(agreement=agreement)
    mine = Q(organisation__in=seats_of(user).ids)
    related = ("agreement", "author", "organisation", "version", "decided_by", "decided_for")
    return rows.filter(Q(sent_at__isnull=False) | mine).select_related(*related)


def clauses_of(versions: Iterable[UUID | None]) -> dict[tuple[UUID | None, str], AgreementClause]:
    """The clauses of several versions by version and clause id."""
    rows = AgreementClause.objects.filter(version__in=[pk for pk in versions if pk])
    return {(row.version_id, row.clause_id): row for row in rows}


def hashes(version_id: UUID | None) -> dict[str, str]:
    """Clause id → hash of a version, in order."""
    return dict(
        AgreementClause.objects.filter(version=version_id).order_by("position").values_list("clause_id", "text_hash")
    )


def review_keys(version_id: UUID | None) -> dict[str, str]:
    """Clause id → text and meaning of its terms as one key (terms.review_key), in order."""
    rows = AgreementClause.objects.filter(version=version_id).order_by("position")
    return {c: terms.review_key(h, t) for c, h, t in rows.values_list("clause_id", "text_hash", "terms")}


def seen_by(agreement: TestingAgreement, agency_id: UUID) -> dict[str, ClauseReview]:
    """Review key → the newest review of it in this agency's concurrences."""
    read = [agreement.pk]
    if agreement.amends_id is not None:  # what was concurred with in the agreement itself is not read again
        signed = TestingAgreement.objects.filter(amends=agreement.amends_id, amendment_number__isnull=False)
        read += [agreement.amends_id, *signed.values_list("pk", flat=True)]
    rows = ClauseReview.objects.filter(
        concurrence__agreement__in=read, concurrence__agency=agency_id,
        concurrence__verdict=Concurrence.Verdict.CONCUR,
    ).order_by("concurrence__decided_at")  # fmt: skip
    return {terms.review_key(row.text_hash, row.terms): row for row in rows}


def open_for(agreement: TestingAgreement, agency_id: UUID) -> list[str]:
    """Ids of the current version's clauses that this agency has not yet concurred with, or whose terms changed."""
    return texts.open_clauses(review_keys(agreement.current_id), seen_by(agreement, agency_id))


def taken_out(agreement: TestingAgreement, agency_id: UUID) -> list[str]:
    """Headings of clauses in the text this agency concurred with last that the current version has no more."""
    last = (
        Concurrence.every.filter(agreement=agreement, agency=agency_id, verdict=Concurrence.Verdict.CONCUR)
        .order_by("-decided_at")
        .first()
    )
    if last is None or last.version_id == agreement.current_id:
        return []
    now = AgreementClause.objects.filter(version=agreement.current_id).values("clause_id")
    gone = AgreementClause.objects.filter(version=last.version_id).exclude(clause_id__in=now)
    return list(gone.order_by("position").values_list("heading", flat=True))


def addable(version: AgreementVersion, present: Iterable[str]) -> dict[str, Clause]:
    """Library clauses that can still enter a draft, by key: not there yet, every term known to its template."""
    known = {row["key"] for row in version.agreement.template.variables} | completeness.SUPPLIED
    return {
        key: row
        for key, row in newest_clauses().items()
        if key not in set(present)
        and known.issuperset(texts.places(" ".join([row.text, *(a.text for a in row.alternatives.all())])))
    }


def required(version: AgreementVersion, row: AgreementClause) -> bool:
    """Whether the clause has to stand in this kind of agreement."""
    library = row.library
    return row.clause_id in PROTECTED or (library is not None and version.agreement.instrument in library.required_for)


@dataclass(frozen=True)
class Planned:
    """Who would sign for a party, on which delegation, in which step."""

    organisation: Organisation
    bearer: Bearer
    step: int
    meaning: str
    number: int

    @property
    def person(self) -> User:
        """Who would sign."""
        return self.bearer.person

    @property
    def field(self) -> str:
        """The signature field's name in the PDF."""
        return f"signatory_{self.number}"


def readiness(agreement: TestingAgreement, at: datetime) -> tuple[list[Planned], list[Problem]]:
    """The signing plan, and everything that stands against opening for signature; shown together."""
    said = verdicts(agreement)
    number = agreement.current.number if agreement.current else None
    missing = not_concurred(agreement, said)
    if agreement.concurrence_blind:
        problems = [Problem("concurrences", counted(agreement))] if missing else []
    else:
        words = f"has not concurred with version {number}. Its counsel can."
        problems = [Problem("concurrences", f"{a.name} {words}") for a in missing]
    concurred = {row.decided_by_id for row in said.values() if row.decided_by_id}
    clauses = clause_ids(agreement)
    plan = []
    rows = sorted(agreement.party_rows, key=lambda row: agreement.step_of(row.organisation_id))
    for number, party in enumerate(rows, start=1):
        found = _authority(agreement, party, concurred, at, clauses)
        if found is None:
            problems.append(Problem("authority", nobody(party)))
            continue
        meaning = "binds the Developer" if party.role == AgreementParty.Role.DEVELOPER else "binds the Agency"
        step = agreement.step_of(party.organisation_id)
        plan.append(Planned(party.organisation, found, step, meaning, number))
    return plan, problems


def _authority(
    agreement: TestingAgreement, party: AgreementParty, barred: Iterable[UUID], at: datetime, clauses: set[str]
) -> Bearer | None:
    """The first who can sign for the party, is a signatory there and did not give the concurrence."""
    return next(_bearers(agreement, party.organisation, barred, at, clauses), None)


def _bearers(
    agreement: TestingAgreement, organisation: Organisation, barred: Iterable[UUID], at: datetime, clauses: set[str]
) -> Iterator[Bearer]:
    return delegations.bearers(
        organisation, at, instrument=agreement.instrument, clauses=clauses, amends=agreement.amends_id is not None,
        without=barred,
    )  # fmt: skip


def who_else(agreement: TestingAgreement, row: Signatory, at: datetime) -> list[Bearer]:
    """Who of a signatory's organisation could sign this agreement instead, on which delegation, by the same checks as when
    it was opened."""
    concurred = {said.decided_by_id for said in verdicts(agreement).values() if said.decided_by_id}
    found = _bearers(agreement, row.organisation, concurred, at, clause_ids(agreement))
    return [other for other in found if not other.is_named_in(row)]


def nobody(party: AgreementParty) -> str:
    """Why a party has no signatory, in words."""
    said = f"{party.organisation.name} has nobody whose delegation covers this agreement now."
    waits = SignatureAuthority.objects.filter(
        organisation=party.organisation, concurred_at__isnull=True, revoked_at__isnull=True
    )
    if waits.exists():
        return f"{said} One that is recorded waits for the concurrence of its counsel."
    return f"{said} Its administrator can record one for an authorised official."


def clause_ids(agreement: TestingAgreement) -> set[str]:
    """Of the current version; in an amendment those that it changes, since only they are bound anew."""
    if agreement.amends_id is not None and agreement.current is not None:
        return consolidated.touched_by(agreement.current)
    return set(AgreementClause.objects.filter(version=agreement.current_id).values_list("clause_id", flat=True))


def search(user: User, text: str) -> Iterable[Hit]:
    """Agreements by reference or title, for `accounts.search`."""
    for row in rows(TestingAgreement, user, text, fields=("title",), columns=("status",)):
        yield Hit(
            row["title"], row["reference"], f"/agreements/{row['reference']}/", AGREEMENT.label(row["status"])
        )  # fmt: skip


def has_signed_with(person: User, stepped_up_at: datetime | None) -> bool:
    """Whether a signature of this person's rests on that confirmation of who they are: each signature needs its own."""
    return Signature.objects.filter(signatory__person=person, stepped_up_at=stepped_up_at).exists()


def outside_counsel(developer: Organisation) -> list[User]:
    """People whom the developer may give access to single agreements, by name."""
    return holders(developer, GUEST)


def newest_clauses() -> dict[str, Clause]:
    """The library: the newest version of each clause by key, with its alternatives."""
    rows = Clause.objects.order_by("key", "-version").distinct("key").prefetch_related("alternatives")
    return {row.key: row for row in rows}


def lapse_clause(template: AgreementTemplate) -> tuple[Clause, int] | None:
    """The clause of a template under which silence can count as concurrence, and after how many days unless the parties
    write otherwise (0: never)."""
    found = next((row for row in template.variables if row["key"] == LAPSE), None)
    if found is None:
        return None
    rows = Clause.objects.in_bulk(template.clause_ids)
    clause = next(rows[pk] for pk in template.clause_ids if LAPSE in texts.places(rows[pk].text))
    return clause, int(found["default"] or 0)


def draft_values(clause: Clause | None) -> dict[str, Any]:
    """What the draft of a clause's next version begins with; without a clause, an empty one."""
    if clause is None:
        return {
            "heading": "",
            "text": "",
            "rationale": "",
            "guidance": "",
            "required_for": [],
            "variables": [],
            "decides_deviations": "counsel",
            "alternatives": [],
        }
    others = [{name: getattr(other, name) for name in OTHER} for other in clause.alternatives.all()]
    return {**{name: getattr(clause, name) for name in COPIED}, "alternatives": others}


def filled_values(agreement: TestingAgreement, variables: Mapping[str, Any]) -> dict[str, Any]:
    """The variables and what the agreement itself supplies."""
    known = {o.pk: o.name for o in Organisation.objects.filter(pk__in=agreement.order)}
    names = [known[pk] for pk in agreement.order if pk in known and pk != agreement.developer_id]
    day = variables.get("effective_on")
    when = f"on {day}, but not before the day of the last signature" if day else "on the day of the last signature"
    together = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
    return {
        **variables, "developer": known.get(agreement.developer_id, ""), "agencies": together, "effective_phrase": when,
    }  # fmt: skip
