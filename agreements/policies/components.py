"""Who plans which components of an agency concur inside it, who answers for one of them, who reads it, and why not."""

from __future__ import annotations

from accounts.models import Organisation, User
from accounts.seats import seats_of
from agreements import answers, components
from agreements.components import Part, Standing
from agreements.models import TestingAgreement
from agreements.policies.base import acts_for, agencies_of, alive
from agreements.rules import concurring
from agreements.workflow import AGREEMENT
from core.decisions import ALLOWED, Decision, first_refusal, refuse

PLANNED = ("draft", "in_negotiation", "in_clearance")


def may_read_components(user: User, agreement: TestingAgreement) -> Decision:
    """Read what is deliberated inside an agency: its own people, and those of the components in its plan."""
    seats = seats_of(user)
    inside = seats.is_auditor or any(o.is_agency for o in acts_for(user, agreement))
    if inside or (seats.is_agency and components.of(agreement)):
        return ALLOWED
    return refuse(
        "Components answer inside their agency, and nobody else reads that.", "People of an agency that is a party can."
    )


def may_set_component_plan(user: User, agreement: TestingAgreement, agency: Organisation | None = None) -> Decision:
    """Say which components concur before the agency does: whoever concurs for the agency, until it has concurred."""
    if agreement.status not in PLANNED:
        words = f"The plan cannot be changed while the state is “{AGREEMENT.label(agreement.status)}”."
        return refuse(words, "It can while the agreement is negotiated or cleared.")
    mine = [row for row in agencies_of(user, agreement) if agency in (None, row)]
    if not mine:
        return refuse(
            "Counsel of an agency that is a party says which of its components concur.",
            "Its counsel can, on this page.",
        )
    return first_refusal(alive(agreement), _can_plan(agreement, mine[0]) if agency else ALLOWED)


def _can_plan(agreement: TestingAgreement, agency: Organisation) -> Decision:
    if not components.children(agreement, agency):
        return refuse(
            f"{agency.name} has no component in Concord that could answer, so there is nothing to plan.",
            "An administrator of the installation adds components.",
        )
    if agreement.status == "in_clearance" and not answers.yet_to_concur(agreement, [agency]):
        return refuse(
            f"{agency.name} has concurred with this version, so its components are asked nothing more.",
            "The plan can be changed again once another version is proposed.",
        )
    return ALLOWED


def may_answer_for_component(
    user: User, agreement: TestingAgreement, component: Organisation | None = None
) -> Decision:
    """Concur, or refuse, for a component inside its agency: its own counsel, while it is asked."""
    if agreement.status != "in_clearance":
        return refuse(
            f"Components answer while concurrence is asked for. The state is “{AGREEMENT.label(agreement.status)}”.",
            "A component is told when it is asked.",
        )
    rows = [(row, part) for row in components.of(agreement) for part in row.parts]
    if component is not None:
        rows = [(row, part) for row, part in rows if part.component == component]
    if not rows:
        who = "Counsel of the agency can put a component into the plan."
        return refuse("No plan of an agency names this component, so nothing is asked of it.", who)
    own = components.seats_in(user, "counsel")
    found = next(((row, part) for row, part in rows if part.component.pk in own), None)
    if found is None:
        return _not_theirs(user, *rows[0])
    return first_refusal(alive(agreement), _is_asked(*found))


def _not_theirs(user: User, standing: Standing, part: Part) -> Decision:
    """Somebody who reads the plan and sits elsewhere, or has another role there."""
    name = part.component.name
    if part.component.pk in components.seats_in(user):
        words = f"Your role in {name} does not include its concurrence."
    else:
        words = f"You do not sit in {name} itself, and a component answers through its own counsel."
    return refuse(words, components.who_can(part.component, standing.agency))


def _is_asked(standing: Standing, part: Part) -> Decision:
    if part.ask is not None:
        return ALLOWED
    first = next(iter(standing.turn), None)
    if first is not None and first.component != part.component and standing.plan.order == concurring.SEQUENCE:
        return refuse(
            f"The components answer one after the other, and {first.component.name} comes before yours.",
            "You are told when it is your turn.",
        )
    return refuse(
        f"{standing.agency.name} asks nothing of its components now: it has answered, or is not asked yet itself.",
        "You are told when your component is asked.",
    )


def components_first(agreement: TestingAgreement, mine: list[Organisation]) -> Decision:
    """Whether the components of the agency that is to concur have: one sentence names who is out, and who can answer."""
    blocked = [row for row in components.of(agreement) if row.agency in mine and not row.is_clear]
    if not blocked:
        return ALLOWED
    first = next(iter(answers.yet_to_concur(agreement, mine)), None)
    standing = next((row for row in blocked if row.agency == first), None)
    if standing is None:
        return ALLOWED
    part = next(iter(standing.refusing), None) or standing.turn[0]
    said = "does not concur with this version" if part.refuses else "has not answered yet"
    return refuse(
        f"{part.component.name} {said}, and the plan of {standing.agency.name} asks its components first.",
        components.who_can(part.component, standing.agency),
    )
