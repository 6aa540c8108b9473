"""Write down what no log says of a run, until it is shared."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import actions as audit
from core.decisions import Conflict, Invalid
from evaluations import policies
from evaluations.actions.base import held_run, locked, printable
from evaluations.models import EvaluationRun, RunNotes
from evaluations.rules import notes as rules


@transaction.atomic
def save_run_notes(*, run: EvaluationRun, row_version: int, by: User, **said: Any) -> RunNotes:
    """Save all notes of a run (`rules.notes.ORDER`). `row_version` is that of the notes that were opened (0: none were).

    Conflict with both texts when somebody saved meanwhile; Invalid at its field for what cannot be. The same again is no
    conflict and no event.
    """
    locked(run.assignment)
    run = held_run(run)
    policies.may_write_run_notes(by, run).require()
    typed = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    problems = rules.problems_of(typed, attempts=run.n_items * run.epochs)
    if problems := problems + printable({name: typed[name] for name in rules.TEXTS}):
        raise Invalid(problems)
    held = RunNotes.objects.select_for_update(of=("self",)).filter(run=run).first()
    if held and all(getattr(held, name) == value for name, value in typed.items()):
        return held
    if row_version != (held.row_version if held else 0):
        raise Conflict(
            "The notes of this run were saved by somebody else while you wrote. Nothing of yours was saved: compare the two.",
            theirs=dict(rules.worded(vars(held) if held else {})), yours=dict(rules.worded(typed)),
        )  # fmt: skip
    row = held or RunNotes(run=run, developer_id=run.developer_id, agency_id=run.agency_id)
    for name, value in typed.items():
        setattr(row, name, value)
    row.row_version, row.saved_by, row.saved_at = row_version + 1, by, timezone.now()
    row.save()
    audit.record("evaluations.run_notes_saved", run.log, by=by, parties=[run.agency_id])
    return row
