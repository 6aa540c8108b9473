"""What is served is pinned by the submission; a change of it is announced by the developer, with a sentence of what moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from audit import actions as audit
from core import rls
from core.decisions import Conflict, Invalid, Problem
from developers import actions as developers
from developers.models import ModelCheckpoint, ModelVariant
from early_access import changes, completeness, hooks, notices, policies, queries
from early_access.actions.moving import locked, parties
from early_access.models import (
    AccessSpecification,
    AccessWindow,
    EarlyAccessRequest,
    PinnedState,
    RequestAudience,
    RequestVariant,
    VariantConsent,
)
from early_access.rules import pins
from early_access.rules.sections import BY_NAME, read

MOST_WORDS = 400
NAMES = tuple(field.name for field in BY_NAME["access"].fields)
NOTHING_MOVED = (
    "Nothing here differs from what is pinned. Choose the checkpoint that is served now, or change what moved. Another system"
    " prompt, other sampling defaults or tools are another configuration: register it as a checkpoint first."
)


def pin(request: EarlyAccessRequest, *, checkpoint: ModelCheckpoint, kinds: Iterable[str]) -> PinnedState:
    """Pin what was submitted, or sent along with an answer. On a locked request, in the caller's transaction."""
    specification = queries.specification(request)
    if specification is None:
        raise ValueError("a submission freezes its access specification first")
    return _add(
        request, changes.states(request), checkpoint=checkpoint, variants=sorted(kinds), specification=specification,
        since=timezone.now(),
    )  # fmt: skip


@transaction.atomic
def announce_change(
    *,
    request: EarlyAccessRequest,
    sentence: str,
    by: User,
    since: datetime | None = None,
    checkpoint: UUID | None = None,
    variants: Iterable[str] | None = None,
    access: Mapping[str, Any] | None = None,
    seen: int | None = None,
) -> PinnedState:
    """Announce that something else is served than was pinned: another checkpoint, other variants, another access
    specification. What is left out stays; `access` holds only the fields that moved. `since` is the moment from which it
    holds (now, unless given), `seen` the number of the state that the caller saw last. What differs is computed; agencies
    read it at once, and access is verified again while the window is open. Nobody's leave is needed."""
    row = locked(request)
    policies.may_announce_change(by, row).require()
    known = changes.states(row)
    last, now = known[-1], timezone.now()
    if seen is not None and seen != last.number:
        raise Conflict("Another change was announced since you opened this page. Look at it again; nothing was added.")
    problems: list[Problem] = []
    chosen = _checkpoint(row, last, checkpoint, problems)
    kinds = _variants(chosen, last, variants, problems)
    values = _access(last.specification, access or {}, problems)
    window = AccessWindow.objects.filter(request=row).first()
    over_at = window.closed_at if window else None
    moment = since or (over_at or now)
    if since is not None or over_at is not None:
        problems += pins.since_problems(moment, now=now, last=last.since, over_at=over_at)
    moment = max(moment, last.since)
    if not sentence.strip() or len(sentence.strip()) > MOST_WORDS:
        problems.append(Problem("sentence", f"Say in at most {MOST_WORDS} characters what moved: agencies read it."))
    same = values == {name: getattr(last.specification, name) for name in NAMES}
    if not problems and same and chosen.pk == last.checkpoint_id and kinds == sorted(last.variants):
        problems.append(Problem("checkpoint", NOTHING_MOVED))
    if problems:
        raise Invalid(problems)
    made = _add(
        row, known, checkpoint=chosen, variants=kinds, since=moment, sentence=sentence.strip(), announced_by=by,
        specification=last.specification if same else _specify(row, values, now),
    )  # fmt: skip
    _tell(row, made, by)
    return made


def _checkpoint(
    row: EarlyAccessRequest, last: PinnedState, wanted: UUID | None, problems: list[Problem]
) -> ModelCheckpoint:
    if wanted is None or wanted == last.checkpoint_id:
        return last.checkpoint
    mine = ModelCheckpoint.objects.filter(pk=wanted, model=row.model_id, developer=row.developer_id)
    found = mine.select_related("model").first()
    if found is None:
        words = "This checkpoint is not one of the model of this request. Register it there, or choose another."
        problems.append(Problem("checkpoint", words))
    return found or last.checkpoint


def _variants(
    checkpoint: ModelCheckpoint, last: PinnedState, wanted: Iterable[str] | None, problems: list[Problem]
) -> list[str]:
    kinds = sorted(set(last.variants if wanted is None else wanted))
    known = set(ModelVariant.objects.filter(checkpoint=checkpoint).values_list("kind", flat=True))
    if not kinds:
        problems.append(
            Problem("variants", "Choose at least one variant. To end access, close the window or withdraw.")
        )
    for kind in kinds:
        if kind not in known:
            label = ModelVariant.Kind(kind).label if kind in ModelVariant.Kind.values else kind
            words = f"“{label}” is not registered for checkpoint {checkpoint.label}. Choose variants that are."
            problems.append(Problem("variants", words))
    return kinds


def _access(last: AccessSpecification, typed: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """All fields of the specification as they would be then."""
    data, unreadable = read(BY_NAME["access"], typed)
    blank, values = AccessSpecification(), {name: getattr(last, name) for name in NAMES}
    values |= {name: data.get(name, getattr(blank, name)) for name in typed if name in values}
    if values["method"] != last.method:
        words = "The way to reach the model stays as it was accepted. For another one, make another request."
        unreadable.append(Problem("method", words))
    problems += unreadable or [*completeness.access_problems(values), *completeness.endpoint_gaps(values)]
    return values


def _specify(row: EarlyAccessRequest, values: dict[str, Any], now: datetime) -> AccessSpecification:
    last = queries.specification(row)
    version = last.version + 1 if last else 1
    return AccessSpecification.objects.create(
        request=row, developer=row.developer, version=version, frozen_at=now, **values
    )


def _add(row: EarlyAccessRequest, known: list[PinnedState], **fields: Any) -> PinnedState:
    number = known[-1].number + 1 if known else 1
    digest = fields["checkpoint"].configuration_sha256
    return PinnedState.objects.create(
        request=row, developer=row.developer, number=number, configuration_sha256=digest, **fields
    )


def _tell(row: EarlyAccessRequest, made: PinnedState, by: User) -> None:
    """Show the checkpoint to those who read the request, and have them hear of the change."""
    readers = Organisation.objects.filter(pk__in=RequestAudience.objects.filter(target=row).values("organisation"))
    developers.share(checkpoint=made.checkpoint, organisations=readers)
    for kind in made.variants:  # what was offered before stays: logs of it may still be read in
        _, added = RequestVariant.objects.get_or_create(request=row, kind=kind, defaults={"developer": row.developer})
        for agency in queries.consented(row) if added else ():
            VariantConsent.objects.create(
                request=row, developer=row.developer, agency=agency, kind=kind, consented=True
            )
    audit.record("early_access.change_announced", row, by=by, parties=parties(row), reason=made.sentence)
    notices.to_agencies("change_announced", row, queries.consented(row), by)
    notices.to_developer("change_announced", row, by)
    if row.status == "window_open" and made.specification.has_endpoint:
        with rls.widened(row.developer_id, *parties(row)):
            for follow in hooks.on_change_announced:
                follow(row, made.number)
