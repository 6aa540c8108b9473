"""Changed since tested: what is pinned, what moved since when, and which measurements were made before. Computed when it is
read; nobody types it. Every reader gets it from the rows that they may read.

A checkpoint that the developer registered and did not announce is the developer's alone: that another build exists is no
business of the agencies, and does not mean that their key reaches it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from operator import itemgetter
from typing import Any

from accounts.models import User
from accounts.seats import seats_of
from developers.models import ModelCheckpoint
from early_access import documents, hooks, policies, weights
from early_access.models import (
    CredentialOpening,
    EarlyAccessRequest,
    PinnedState,
    RequestDocument,
    WeightsManifest,
    WeightsReceipt,
)
from early_access.rules.pins import Difference, differences, state_at

TESTED = ("window_open", "window_closed", "reported", "closed", "withdrawn")


@dataclass(frozen=True)
class Change:
    """One announced change: since when, when it was announced, what moved, and the agencies that had begun before."""

    number: int
    since: datetime
    announced_at: datetime
    sentence: str
    differences: list[Difference]
    begun: list[str]


@dataclass(frozen=True)
class Earlier:
    """One run and what is served otherwise now than when it began. `meanwhile`: it moved while the run went on;
    `otherwise`: the run was recorded with another configuration than the one that the developer says was served."""

    run: hooks.Measured
    state: int
    since: datetime | None
    differences: list[Difference]
    meanwhile: bool
    otherwise: bool


@dataclass(frozen=True)
class Moved:
    """The endpoint answered an agency with another fingerprint than before; whether a change was announced for that time."""

    agency: str
    verified_at: datetime
    at: datetime
    announced: bool


@dataclass(frozen=True)
class Replaced:
    """A current document that came, or was replaced, after these agencies had begun."""

    document: RequestDocument
    begun: list[str]


@dataclass(frozen=True)
class Other:
    """The current list of weights, where it was registered after these agencies had received those of an earlier one."""

    manifest: WeightsManifest
    begun: list[str]


@dataclass(frozen=True)
class Picture:
    """Everything of one request. `began`: agency → when its key was opened first, or when it first confirmed to have received
    the weights that were signed for. `unannounced`: the developer's alone."""

    pinned: PinnedState
    now: PinnedState
    changes: list[Change]
    began: dict[str, datetime]
    runs: list[Earlier]
    endpoints: list[Moved]
    documents: list[Replaced]
    weights: Other | None
    unannounced: list[dict[str, Any]]

    @property
    def changed(self) -> bool:
        """Whether anything is not as it was pinned, or as it was when it was verified."""
        return bool(self.changes or self.endpoints or self.documents or self.weights)


def states(request: EarlyAccessRequest) -> list[PinnedState]:
    """The request's states, oldest first; empty before its submission."""
    return list(PinnedState.objects.filter(request=request).select_related("checkpoint", "specification"))


def served_at(request: EarlyAccessRequest, moment: datetime | None) -> PinnedState | None:
    """What was served then, as the developer has said by now."""
    return state_at(states(request), moment)


def changed_at(request: EarlyAccessRequest) -> datetime | None:
    """Since when the newest announced change holds; None where none was announced."""
    rows = PinnedState.objects.filter(request=request, announced_by__isnull=False)
    return rows.order_by("-number").values_list("since", flat=True).first()


def picture(request: EarlyAccessRequest, user: User) -> Picture | None:
    """What changed since it was tested, as this person may read it; None before the submission."""
    known = states(request)
    if not known:
        return None
    pinned = [state for state in known if not state.announced_by_id][-1]
    tested = request.status in TESTED
    began = _began(request) if tested else {}
    changes = [_change(before, after, began) for before, after in pairwise(known) if after.announced_by_id]
    return Picture(
        pinned, known[-1], changes, began,
        [_earlier(run, known) for run in hooks.measured(request, user)] if tested else [],
        _moved(hooks.endpoints(request, user), changes) if tested else [],
        _replaced(request, began), _other_weights(request, began),
        _unannounced(request, known) if seats_of(user).holds(request.developer_id) else [],
    )  # fmt: skip


def after(request: EarlyAccessRequest, user: User, moment: datetime) -> tuple[list[Change], list[Moved]]:
    """What moved, or was only said to have moved, after a moment such as the delivery of a report: announced changes, and
    verifications that saw another endpoint; each as this person may read it."""
    known = states(request)
    pairs = [(before, after) for before, after in pairwise(known) if after.announced_by_id]
    told = [_change(before, after, {}) for before, after in pairs]
    later = [change for change in told if max(change.since, change.announced_at) > moment]
    return later, [one for one in _moved(hooks.endpoints(request, user), told) if one.at > moment]


def otherwise_now(known: Sequence[PinnedState], began_at: datetime | None) -> tuple[datetime, list[Difference]] | None:
    """Since when something else is served than when a run began, and what; None where nothing moved. `known`: `states`."""
    held = state_at(known, began_at)
    later = [state for state in known if held and state.number > held.number]
    if not held or not later or not (moved := differences(held, known[-1])):
        return None
    return later[0].since, moved


def _began(request: EarlyAccessRequest) -> dict[str, datetime]:
    """Weights that are not those that were signed for begin nothing: the agency waits for others."""
    opened = CredentialOpening.objects.filter(request=request)
    received = WeightsReceipt.objects.filter(request=request, matches=True)
    moments = [row for rows in (opened, received) for row in rows.values_list("agency__name", "created_at")]
    return dict(sorted(moments, key=itemgetter(1), reverse=True))  # the oldest of each agency is written last


def _change(before: PinnedState, after: PinnedState, began: dict[str, datetime]) -> Change:
    begun = sorted(name for name, at in began.items() if at < after.since)
    return Change(after.number, after.since, after.created_at, after.sentence, differences(before, after), begun)


def _earlier(run: hooks.Measured, known: Sequence[PinnedState]) -> Earlier:
    held = state_at(known, run.began_at) or known[-1]
    later = [state for state in known if state.number > held.number]
    first = later[0].since if later else None
    return Earlier(
        run, held.number, first, differences(held, known[-1]),
        meanwhile=bool(first and run.ended_at and first < run.ended_at),
        otherwise=bool(run.configuration_sha256) and run.configuration_sha256 != held.configuration_sha256,
    )  # fmt: skip


def _moved(seen: Sequence[hooks.Seen], changes: Sequence[Change]) -> list[Moved]:
    """Where two verifications of one agency in a row, with the key of one variant, saw different endpoints."""
    found, last = [], dict[tuple[str, str], hooks.Seen]()
    for one in seen:
        before = last.get((one.agency, one.variant))
        if before and one.fingerprint != before.fingerprint:
            told = any(before.at <= change.since <= one.at for change in changes)
            found.append(Moved(one.agency, before.at, one.at, told))
        last[one.agency, one.variant] = one
    return found


def _replaced(request: EarlyAccessRequest, began: dict[str, datetime]) -> list[Replaced]:
    """Documents that whoever had begun by then tested without."""
    if not began:
        return []
    found = []
    for row in documents.current(documents.versions(request)):
        begun = sorted(name for name, at in began.items() if at < row.created_at)
        found += [Replaced(row, begun)] if begun else []
    return found


def _other_weights(request: EarlyAccessRequest, began: dict[str, datetime]) -> Other | None:
    """Weights that whoever had begun by then tested without."""
    newest = weights.manifest(request) if began else None
    begun = sorted(name for name, at in began.items() if at < newest.created_at) if newest else []
    return Other(newest, begun) if newest and begun else None


def _unannounced(request: EarlyAccessRequest, known: Sequence[PinnedState]) -> list[dict[str, Any]]:
    """Checkpoints of the model that were registered after the one that is served."""
    if request.status not in policies.ANNOUNCEABLE or request.model_id is None:
        return []
    served = known[-1].checkpoint
    rows = ModelCheckpoint.objects.filter(model=request.model_id, created_at__gt=served.created_at)
    later = rows.exclude(pk__in=[state.checkpoint_id for state in known]).prefetch_related("variants")
    return [
        {
            "label": row.label, "registered_at": row.created_at, "configuration_sha256": row.configuration_sha256,
            "same_configuration": row.configuration_sha256 == known[-1].configuration_sha256,
            "variants": [str(variant) for variant in row.variants.all()],
        }
        for row in later.order_by("created_at")
    ]  # fmt: skip
