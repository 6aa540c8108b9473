"""Files of results over the API: upload, what became of them, and the inside of a sealed log for whoever opened it."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import StrictSerializer, page_of
from accounts.seats import seats_of
from core import handover
from core.decisions import Invalid, Problem
from evaluations import actions, policies, queries
from evaluations.api.results import Inside
from evaluations.formats.kinds import LABELS
from evaluations.models import RunLog

KEY = "X-Log-Key"
WITH_KEY = OpenApiParameter(KEY, str, OpenApiParameter.HEADER, required=True, description="The key of the opening.")
FILTERS = tuple(
    OpenApiParameter(name, str, OpenApiParameter.QUERY, description=text)
    for name, text in (("show", "solved, partly, unsolved, unscored, error or limit"), ("scorer", "One scorer."), ("page", "From 1."))
)  # fmt: skip


class LogIn(StrictSerializer):
    """A file of results and what Concord cannot read from it. The kind is read from the file itself."""

    file = serializers.FileField()
    domain = serializers.CharField(max_length=40)
    variant = serializers.CharField(max_length=30)
    restricted = serializers.BooleanField(default=False, help_text="Whether the suite is held out.")
    reason_for_import = serializers.CharField(max_length=5000, allow_blank=True, default="")


class LogOut(serializers.Serializer):
    """One uploaded file. Its `run` is there once the agency's worker has read it."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=list(LABELS.items()), allow_blank=True, help_text="Empty until it is read.")
    file_name = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    refused = serializers.CharField(allow_blank=True, help_text="Why it could not be read, as a sentence.")
    read_at = serializers.DateTimeField(allow_null=True)
    run = serializers.UUIDField(source="run_id", allow_null=True)
    uploaded_at = serializers.DateTimeField(source="created_at")


class LogOpeningIn(StrictSerializer):
    """Which sample is to be read, and the key of an earlier opening of the same log, if there is one."""

    sample = serializers.IntegerField(min_value=1, default=1)
    key = serializers.CharField(max_length=64, allow_blank=True, default="")


class LogOpeningOut(serializers.Serializer):
    """The key is told here only: without it nobody reads what the worker hands over."""

    key = serializers.CharField()
    expires_at = serializers.DateTimeField()
    state = serializers.CharField(help_text="opening, open or refused")


class SamplesOut(serializers.Serializer):
    """One page of the samples."""

    state = serializers.CharField(help_text="closed, opening, refused or open")
    sentence = serializers.CharField(allow_blank=True)
    found = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    results = serializers.ListField(child=serializers.DictField())


class SampleOut(serializers.Serializer):
    """One sample as plain text."""

    state = serializers.CharField(help_text="closed, opening, refused or open")
    sentence = serializers.CharField(allow_blank=True)
    sample = serializers.DictField(allow_null=True)


class Logs(Inside):
    """The agency's files of results."""

    takes_files: ClassVar[bool] = True
    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_see_run", "post": "evaluations.may_upload"}

    @extend_schema(operation_id="assignments_logs", responses=page_of(LogOut))
    def get(self, request: Request, reference: str) -> Response:
        """Uploaded files with what became of them, newest first. There is nothing here for the developer."""
        row = self.inside(reference)
        if not seats_of(self.person).holds(row.agency_id):
            raise Http404
        rows = RunLog.objects.visible_to(self.person).filter(assignment=row)
        return self.listed(LogOut, rows.order_by("-created_at", "-id"))

    @extend_schema(operation_id="assignments_upload_log", request=LogIn, responses={201: LogOut})
    def post(self, request: Request, reference: str) -> Response:
        """Seal a file to the agency; its worker reads it. Bytes that are here already answer with the first upload."""
        row = self.one(reference)
        policies.may_upload(self.person, row).require()
        said = self.read(LogIn)
        upload = said.pop("file")
        log = actions.upload_log(assignment=row, file=upload.file, file_name=upload.name or "", by=self.person, **said)
        return Response(LogOut(log).data, status=201)


class OfLog(Inside):
    """Finds a log whose inside the caller may read."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_read_log"}

    def log(self, reference: str, pk: UUID) -> RunLog:
        """The log if the caller may read inside it, else 404 or 403."""
        row = self.inside(reference)
        log: RunLog = self.visible(RunLog, "assignment__agency", "run", pk=pk, assignment=row)
        policies.may_read_log(self.person, log).require()
        return log

    def opened(self, request: Request, log: RunLog, number: int) -> Any:
        """The block of a sample as it stands for the key in the header."""
        return queries.opened(log, self.person, request.headers.get(KEY, ""), block=queries.block_of(max(1, number)))


class Openings(OfLog):
    """Ask for the inside of a log."""

    keeps_answers: ClassVar[bool] = False
    access: ClassVar[dict[str, str]] = {"post": "evaluations.may_read_log"}

    @extend_schema(operation_id="logs_open", request=LogOpeningIn, responses=LogOpeningOut)
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        """Have the agency's worker open the samples around one. It is on the record; what is handed over ends in an hour."""
        log, said = self.log(reference, pk), self.read(LogOpeningIn)
        key = said["key"] or handover.new_key()
        try:
            public = handover.public_of(key)
        except ValueError:
            raise Invalid(
                [Problem("key", "This is no key of an opening. Leave it out and use the one that is answered.")]
            ) from None
        view = actions.open_log(log=log, public_key=public, block=queries.block_of(said["sample"]), by=self.person)
        state = "opening" if view.answered_at is None else "refused" if view.refused else "open"
        return Response(LogOpeningOut({"key": key, "expires_at": view.expires_at, "state": state}).data)


class Samples(OfLog):
    """The list of samples."""

    @extend_schema(operation_id="logs_samples", parameters=[WITH_KEY, *FILTERS], responses=SamplesOut)
    def get(self, request: Request, reference: str, pk: UUID) -> Response:
        """The samples of an opened log, by score, limit or error, 25 to a page."""
        opened = self.opened(request, self.log(reference, pk), 1)
        page = queries.listed(opened.content, {name: str(value) for name, value in request.query_params.items()})
        said = {"state": opened.state, "sentence": opened.sentence, "results": page["rows"]}
        return Response(SamplesOut({**said, **{name: page[name] for name in ("found", "page", "pages")}}).data)


class Sample(OfLog):
    """One sample."""

    @extend_schema(operation_id="logs_sample", parameters=[WITH_KEY], responses=SampleOut)
    def get(self, request: Request, reference: str, pk: UUID, number: int) -> Response:
        """One sample's messages, scores and error as plain text; open its block first."""
        opened = self.opened(request, self.log(reference, pk), number)
        one = queries.sample(opened.content, number)
        if opened.state == "open" and one is None:
            raise Http404
        return Response(SampleOut({"state": opened.state, "sentence": opened.sentence, "sample": one}).data)
