"""Roles as code: what each is called, on which side it exists, and whether it asks for a phishing-resistant factor."""

from __future__ import annotations

from dataclasses import dataclass

DEVELOPER = "developer"
AGENCY = "agency"
OVERSIGHT = "oversight"


@dataclass(frozen=True)
class Role:
    """One role of domain.md §2. `sides` are the kinds of organisation in which it can be held."""

    name: str
    label: str
    does: str
    sides: tuple[str, ...]


ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        Role("drafter", "Policy lead", "drafts agreements, submits models, withdraws", (DEVELOPER, AGENCY)),
        Role("counsel", "Counsel", "negotiates terms, concurs, sets markings", (DEVELOPER, AGENCY)),
        Role("outside_counsel", "Outside counsel", "reads only the agreements they are given access to", (DEVELOPER,)),
        Role("signatory", "Authorised official", "signs within a recorded delegation", (DEVELOPER, AGENCY)),
        Role("security", "Security lead", "access specification, credentials, stop switch, incidents", (DEVELOPER,)),
        Role("administrator", "Organisation administrator", "people and roles", (DEVELOPER, AGENCY)),
        Role("intake", "Intake officer", "acknowledges, checks completeness, schedules", (AGENCY,)),
        Role("designator", "Designation authority", "records determinations", (AGENCY,)),
        Role("router", "Routing officer", "adjusts which agencies test what", (AGENCY,)),
        Role("evaluator", "Evaluator", "attests, runs tests, writes findings", (AGENCY,)),
        Role("coordinator", "Coordinator", "clearinghouse cases", (AGENCY,)),
        Role("validator", "Validator", "validates vulnerabilities", (AGENCY,)),
        Role("foia", "FOIA officer", "requests and submitter notices", (AGENCY,)),
        Role("auditor", "Auditor", "reads everything that law allows, changes nothing", (OVERSIGHT,)),
    )
}

# A member with this role only has no seat: rows become visible by individual grants (accounts.grants), and by nothing else.
GUEST = "outside_counsel"
