"""Whose move it is and what this person can do now: one source for the panel, the inbox and the API."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import User
from accounts.seats import seats_of
from agreements import answers, components, deviations, policies, queries
from agreements.models import Concurrence, Deviation, Signatory, SigningTurn, TestingAgreement
from agreements.models.agreement import NAMED
from agreements.rules import concurring, turns
from agreements.workflow import AGREEMENT
from core.decisions import Decision
from core.templatetags.concord import when

PREFETCH = (
    Prefetch("parties__organisation"),
    Prefetch("concurrences", Concurrence.objects.select_related("agency")),
    Prefetch("deviations", deviations.unsettled(), to_attr="unsettled"),
    Prefetch("signatories", Signatory.objects.select_related(*NAMED)),
)


def missing(agreement: TestingAgreement) -> list[Any]:
    """Agencies that have not concurred with the current version (from prefetched rows), as far as the reader's context
    shows; one's own sealed answer is an answer."""
    done = {
        row.agency_id
        for row in agreement.concurrences.all()
        if row.version_id == agreement.current_id
        and (row.verdict == Concurrence.Verdict.CONCUR or row.revealed_at is None)
    }
    return [a for a in agreement.agencies if a.pk not in done]


def to_decide(agreement: TestingAgreement, user: User) -> list[Deviation]:
    """Deviations from approved text on which this person's agency has not decided, and this person can."""
    return [
        row
        for row in deviations.open_in(agreement)
        if row.verdict == Deviation.Verdict.ASKED
        and row.agency in policies.deciding_agencies(user, agreement, row.role)
    ]


def inside(agreement: TestingAgreement, user: User) -> list[components.Standing]:
    """The plans of this person's agencies for the components that concur first; a developer has none to ask for."""
    if not seats_of(user).is_agency:
        return []
    own = policies.acts_for(user, agreement)
    return [row for row in components.of(agreement) if row.agency in own]


def _waits_inside(agreement: TestingAgreement, user: User) -> set[Any]:
    """Of this person's agencies those whose components have yet to answer: until then it is not the agency's move."""
    return {row.agency.pk for row in inside(agreement, user) if row.missing and not row.refusing}


def is_mine(agreement: TestingAgreement, user: User) -> bool:
    """Whether this person is asked to do something now."""
    if agreement.status == "draft":
        return bool(policies.may_edit(user, agreement))
    if agreement.status == "in_negotiation":
        return bool(policies.acts_for(user, agreement, *policies.DRAFTING) or to_decide(agreement, user))
    if agreement.status == "in_clearance":
        return _clears(agreement, user)
    if agreement.status == "awaiting_signature":
        mine = any(row.person_id == user.pk for row in turns.next_in(agreement.plan))
        return mine and bool(turns.file_is_free(agreement.file_turn, user))
    return False


def _clears(agreement: TestingAgreement, user: User) -> bool:
    """In clearance: a deviation, an answer for a component, the agency's own once its components have answered."""
    waiting = missing(agreement)
    if not waiting and not deviations.open_in(agreement):
        return bool(policies.may_open_for_signature(user, agreement))
    asked = concurring.asked(agreement.concurrence_order, waiting)
    mine = [a for a in policies.agencies_of(user, agreement) if a in asked]
    if to_decide(agreement, user) or components.waiting_for(agreement, user):
        return True
    return bool(mine) and any(a.pk not in _waits_inside(agreement, user) for a in mine)


def heading(agreement: TestingAgreement, user: User) -> str:
    """Whose move it is, in a sentence."""
    number = agreement.current.number if agreement.current else None
    names = {
        "draft": "Finish the draft and send it to the other parties.",
        "in_negotiation": f"Version {number} is being negotiated: comment, propose a new version or ask for concurrence."
        + _deviations(agreement, user),
        "in_clearance": _clearance(agreement, user) + _deviations(agreement, user),
        "awaiting_signature": _signature(agreement, user),
        "in_force": _in_force(agreement),
        "suspended": "The agreement is suspended; nothing new can be asked for under it.",
        "incorporated": f"Amendment {agreement.amendment_number} is part of its agreement.",
        "lapsed": "Lapsed: the agreement that it would have changed has ended.",
    }
    return names.get(agreement.status, f"Closed: {AGREEMENT.label(agreement.status).lower()}.")


def _in_force(agreement: TestingAgreement) -> str:
    if agreement.terminates_on is None:
        leaving = [row for row in agreement.party_rows if row.leaves_on and not row.left_at]
        said = [f" {row.organisation.name} leaves it on {row.leaves_on:%-d %b %Y}." for row in leaving]
        return f"The agreement is in force.{''.join(said)}"
    return f"Notice of termination was given: the agreement ends on {agreement.terminates_on:%-d %b %Y}."


def _why(agreement: TestingAgreement) -> str:
    """What the state means; in force, what stands against asking for early access, if anything does."""
    if agreement.status == "in_force" and not (may := queries.permits(agreement, "request", timezone.now())):
        return may.sentence
    return WHY.get(agreement.status, agreement.ended_reason)


def _clearance(agreement: TestingAgreement, user: User) -> str:
    waiting = missing(agreement)
    if not waiting and not (agreement.concurrence_blind and queries.not_concurred(agreement)):
        rows = deviations.open_in(agreement)
        return "All agencies have concurred." + (_undecided(rows) if rows else " Open the agreement for signature.")
    mine, asked = policies.agencies_of(user, agreement), concurring.asked(agreement.concurrence_order, waiting)
    if any(a in asked for a in mine):
        found = answers.ask_of(agreement, [a for a in asked if a in mine])
        until = (
            f" Without an answer by {when(found.lapses_on)} it counts as given." if found and found.lapses_on else ""
        )
        counted = f" {answers.counted(agreement)}" if agreement.concurrence_blind else ""
        first = "".join(f" {components.for_the_agency(s)}" for s in inside(agreement, user) if s.agency in asked)
        return f"Your agency's concurrence is asked for.{until}{counted}{first}"
    if said := seats_of(user).is_agency and components.for_a_component(agreement, user):
        return said
    if agreement.concurrence_blind:
        return answers.counted(agreement)
    if agreement.concurrence_order == concurring.SEQUENCE:
        after = " Your agency is asked after that." if any(a in waiting for a in mine) else ""
        return f"Waiting for the concurrence of {asked[0].name}: the agencies are asked one after the other.{after}"
    return f"Waiting for the concurrence of {', '.join(a.name for a in waiting)}."


def _deviations(agreement: TestingAgreement, user: User) -> str:
    """What this person is to decide, after another sentence."""
    count = len(to_decide(agreement, user))
    if not count:
        return ""
    return f" {count} deviation{'s' if count != 1 else ''} from approved text wait{'' if count != 1 else 's'} for your decision."


def _undecided(rows: list[Deviation]) -> str:
    """Who has to decide on deviations, or refused one."""
    refused = sorted({f"“{row.heading}”" for row in rows if row.verdict == Deviation.Verdict.REFUSE})
    if refused:
        return f" The words of {', '.join(refused)} were refused: propose a version with others."
    return (
        f" Waiting for a decision on deviations from approved text: {', '.join(sorted({r.agency.name for r in rows}))}."
    )


def _signature(agreement: TestingAgreement, user: User) -> str:
    turn = turns.next_in(agreement.plan)
    if not turn:
        return f"All parties have signed. It takes effect on {agreement.effective_on}."
    if (held := agreement.file_turn) is not None:
        return _on_a_card(held, user)
    if any(row.person_id == user.pk for row in turn):
        return "It is your turn to sign."
    return "Waiting for the signature of " + ", ".join(f"{r.person.name} for {r.organisation.name}" for r in turn) + "."


def _on_a_card(turn: SigningTurn, user: User) -> str:
    device = turn.signatory.tier == "device"
    if turn.signatory.person_id == user.pk and device:
        return "Your signing device was asked: open the page where you sign to finish."
    if turn.signatory.person_id == user.pk:
        return f"You hold the file until {turn.until}: sign it with your card, and upload it."
    who = f"{turn.signatory.person.name} for {turn.signatory.organisation.name}"
    how = "with a key in a signing device" if device else "on a card"
    return f"Being signed by {who}, {how}, since {turn.since}, until {turn.until} at the latest."


WHY = {
    "draft": "Only your organisation sees it until then.",
    "in_negotiation": "Each round of the text is kept as a version; concurrence is asked for when both sides are content.",
    "in_clearance": "Each agency concurs with the text as it stands. A later change reopens only what it touches.",
    "awaiting_signature": "Parties sign step by step, those of one step in any order. The last signature, or a later "
    "effective date, puts it in force.",
    "incorporated": "The consolidated text of the agreement shows each clause with what changed it.",
    "in_force": "Early access can be asked for under it. Taking part stays voluntary.",
}


def next_action(agreement: TestingAgreement, user: User) -> dict[str, Any]:
    """For the panel at the top of the page: heading, why, due_at, actions."""
    return {
        "heading": heading(agreement, user),
        "why": _why(agreement),
        "due_at": _due(agreement, user) if agreement.status == "in_clearance" else None,
        "mine": is_mine(agreement, user),
        "actions": _actions(agreement, user),
    }


def _due(agreement: TestingAgreement, user: User) -> Any:
    """The day for the agencies; for whoever is asked for a component, the day for that."""
    return (seats_of(user).is_agency and components.due(agreement, user)) or agreement.concur_by


def _inside(agreement: TestingAgreement, user: User) -> list[tuple[str, str, bool]]:
    """The way to the page that only the agency and its components have."""
    if agreement.status != "in_clearance" or not seats_of(user).is_agency:
        return []
    if components.waiting_for(agreement, user):
        return [("components/", "Read and answer for your component", False)]
    if inside(agreement, user) or components.mine(agreement, user):
        return [("components/", "Components of your agency", False)]
    return []


def _actions(agreement: TestingAgreement, user: User) -> list[dict[str, Any]]:
    drafts = bool(policies.acts_for(user, agreement, *policies.DRAFTING))
    found = {
        "draft": [("edit/", "Edit the draft", False), ("send/", "Send to the other parties", True)] if drafts else [],
        "in_negotiation": [("negotiation/", "Read, compare and comment", False)],
        "in_clearance": [("negotiation/", "Read and decide" if drafts else "Read the text", False)],
        "in_force": [("executed.pdf", "Download the executed copy", False)],
        "suspended": [("executed.pdf", "Download the executed copy", False)],
        "incorporated": [("executed.pdf", "Download the executed copy", False)],
    }.get(agreement.status, [])
    if agreement.status == "in_negotiation" and drafts:
        found += [
            ("edit/", "Write a new version", False),
            ("clearance/", "Ask for concurrence", True),
            ("clearance/by/", "Set a day for concurrence", False),
        ]
    if agreement.status in ("in_negotiation", "in_clearance") and deviations.open_in(agreement):
        found.append(("deviations/", "Deviations from approved text", False))
    if agreement.status == "in_clearance" and drafts and not missing(agreement) and not deviations.open_in(agreement):
        found = [("open/", "Open for signature", False), *found]
    first = _inside(agreement, user)
    found = [*first, *found] if components.waiting_for(agreement, user) else [*found, *first]
    actions = [_action(agreement, path, label, post, primary=i == 0) for i, (path, label, post) in enumerate(found)]
    return actions + _signing(agreement, user) + _ways_out(agreement, user)


def _action(
    agreement: TestingAgreement, path: str, label: str, post: bool = False, *, primary: bool = False,
    danger: bool = False, decision: Decision | None = None,
) -> dict[str, Any]:  # fmt: skip
    return {
        "label": label, "url": f"{agreement.get_absolute_url()}{path}", "post": post, "primary": primary,
        "danger": danger, "decision": decision, "fields": {},
    }  # fmt: skip


def _signing(agreement: TestingAgreement, user: User) -> list[dict[str, Any]]:
    if agreement.status != "awaiting_signature" or turns.mine(agreement.plan, user) is None:
        return []
    found = [_action(agreement, "sign/", "Read and sign", primary=True, decision=policies.may_sign(user, agreement))]
    if policies.may_decline_to_sign(user, agreement):
        found.append(_action(agreement, "decline/", "Decline to sign", danger=True))
    return found


def _ways_out(agreement: TestingAgreement, user: User) -> list[dict[str, Any]]:
    found = []
    if policies.may_resume(user, agreement):
        found.append(_action(agreement, "resume/", "Resume", post=True, primary=True))
    for verb, label, allowed in (
        ("take-back", "Take the notice back", policies.may_take_back_notice),
        ("stay", "Take back the notice that your agency leaves", policies.may_stay),
    ):
        if allowed(user, agreement):
            found.append(_action(agreement, f"{verb}/", label, post=True))
    if policies.may_amend(user, agreement):
        found.append(_action(agreement, "amend/", "Amend"))
    for verb, label, allowed in (
        ("withdraw", "Withdraw", policies.may_withdraw),
        ("suspend", "Suspend", policies.may_suspend),
        ("terminate", "Give notice of termination", policies.may_terminate),
        ("leave", "Leave this agreement", policies.may_leave),
    ):
        if allowed(user, agreement):
            found.append(_action(agreement, f"{verb}/", label, danger=True))
    return found
