"""Doors upwards: what rooms above do when a request ends, and what they know that this room must ask for.

Evaluations fills these in its `apps.ready()`. Every function runs in the transaction of the action that calls it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import Organisation, User
from core.decisions import Decision, first_refusal
from early_access.models import AccessCredential, EarlyAccessRequest, RevocationProof
from early_access.rules.claims import OwnResults


@dataclass(frozen=True)
class OpenFinding:
    """A finding that the developer has read and nobody has closed; `agency` is the one that shared it."""

    reference: str
    title: str
    agency: UUID
    url: str


@dataclass(frozen=True)
class Measured:
    """One run as the reader may read of it: the agency's own, or the developer's copy of a shared one."""

    agency: str
    words: str
    url: str
    began_at: datetime | None
    ended_at: datetime | None
    configuration_sha256: str


@dataclass(frozen=True)
class Seen:
    """What an agency's worker saw of the endpoint when it verified access."""

    agency: str
    at: datetime
    fingerprint: str
    variant: str = ""


Ending = Callable[[EarlyAccessRequest, "User | None", str], None]

on_withdraw: list[Ending] = []  # (request, by, reason): stop assignments
on_window_opened: list[Callable[[EarlyAccessRequest], None]] = []  # start access verification
on_key_replaced: list[Callable[[AccessCredential], None]] = []  # the new key: verify access with it
on_proof_asked: list[Callable[[RevocationProof], None]] = []  # have the agency's worker ask whether the key is refused
on_change_announced: list[Callable[[EarlyAccessRequest, int], None]] = []  # (request, number): verify access again
runs_of: list[Callable[[EarlyAccessRequest, User], list[Measured]]] = []  # what was measured, as the reader may read it
endpoints_of: list[Callable[[EarlyAccessRequest, User], list[Seen]]] = []  # verifications that worked, oldest first
on_window_closed: list[Ending] = []  # (request, by or None, reason); also marks it reported when no report is owed
Standing = Callable[[EarlyAccessRequest, Organisation, str], None]  # (request, agency, why)
on_access_rests: list[Standing] = []  # pause what runs
on_access_goes_on: list[Standing] = []  # route an agency that could not be placed meanwhile
on_access_ended: list[Standing] = []  # end what runs, stop what has not begun
on_closed: list[Ending] = []  # (request, by or None, reason): close assignments
may_open_credential: list[Callable[[User, EarlyAccessRequest, Organisation], Decision]] = []  # attestations
reports_of: list[Callable[[EarlyAccessRequest, User], list[dict[str, Any]]]] = []  # where each assignment stands
on_release_issued: list[Callable[[EarlyAccessRequest, User], None]] = []  # note what is open, before it is listed
read_results: list[Callable[[bytes], OwnResults]] = []  # a file of results, read in a confined child; Invalid
open_findings: list[Callable[[EarlyAccessRequest], list[OpenFinding]]] = []  # in the developer's own context


def opening_decision(user: User, request: EarlyAccessRequest, agency: Organisation) -> Decision:
    """The first refusal of the rooms above, if any."""
    return first_refusal(*(ask(user, request, agency) for ask in may_open_credential))


def findings_of(request: EarlyAccessRequest) -> list[OpenFinding]:
    """Open findings, as all rooms above know them."""
    return [finding for source in open_findings for finding in source(request)]


def measured(request: EarlyAccessRequest, user: User) -> list[Measured]:
    """Runs under this request, as far as this person may see them."""
    return [run for source in runs_of for run in source(request, user)]


def endpoints(request: EarlyAccessRequest, user: User) -> list[Seen]:
    """Fingerprints of the endpoint, as far as this person may see them."""
    return [seen for source in endpoints_of for seen in source(request, user)]


def reports(request: EarlyAccessRequest, user: User) -> list[dict[str, Any]]:
    """Where each assignment and its report stand, as far as this person may see them."""
    return [row for source in reports_of for row in source(request, user)]
