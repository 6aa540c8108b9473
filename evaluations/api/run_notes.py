"""Notes on a run over the API: the agency's, until the run is shared."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import StrictSerializer
from core.shortcuts import visible_or_404
from evaluations import actions
from evaluations.api.results import Inside
from evaluations.models import EvaluationRun, RunNotes


class NotesIn(StrictSerializer):
    """All notes of a run at once; what is left out becomes empty."""

    row_version = serializers.IntegerField(min_value=0, help_text="Of the notes that were read; 0: there were none.")
    scaffold = serializers.CharField(max_length=200, allow_blank=True, default="")
    scaffold_tools = serializers.CharField(max_length=300, allow_blank=True, default="")
    prompt_sha256 = serializers.CharField(max_length=64, allow_blank=True, default="")
    elicitation = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    attempts_k = serializers.IntegerField(min_value=1, max_value=30_000, allow_null=True, default=None)
    n_refused = serializers.IntegerField(min_value=0, max_value=2_000_000_000, allow_null=True, default=None)
    awareness = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    cheating_rate = serializers.FloatField(allow_null=True, default=None, help_text="Share of attempts, 0 to 1.")
    cheating_found = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    transcripts_read = serializers.IntegerField(min_value=0, max_value=2_000_000_000, allow_null=True, default=None)
    transcripts_by = serializers.CharField(max_length=200, allow_blank=True, default="")
    transcripts_method = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    cost_usd = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True, default=None)


class NotesOut(serializers.ModelSerializer):
    """The notes that stand."""

    class Meta:
        model = RunNotes
        fields: ClassVar[tuple[str, ...]] = (*NotesIn().fields, "saved_at")


class Notes(Inside):
    """The notes on one run."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_see_run", "put": "evaluations.may_write_run_notes"}

    @extend_schema(operation_id="run_notes_read", responses=NotesOut)
    def get(self, request: Request, reference: str, pk: UUID) -> Response:
        """What the agency wrote down of a run, by the run's id; 404 where nothing is written yet."""
        run = self._run(reference, pk)
        return Response(NotesOut(visible_or_404(RunNotes, self.person, run=run)).data)

    @extend_schema(operation_id="run_notes_save", request=NotesIn, responses=NotesOut)
    def put(self, request: Request, reference: str, pk: UUID) -> Response:
        """Save all notes of a run, until it is shared. 409 when somebody saved meanwhile."""
        run = self._run(reference, pk)
        return Response(NotesOut(actions.save_run_notes(run=run, by=self.person, **self.read(NotesIn))).data)

    def _run(self, reference: str, pk: UUID) -> EvaluationRun:
        row = self.inside(reference)
        return visible_or_404(EvaluationRun, self.person, "assignment", "log", pk=pk, assignment=row)
