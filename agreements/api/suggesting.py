"""Suggestions for clauses over the API: typed or from a Word file, sent, answered, taken back."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, StrictSerializer, page_of
from agreements import actions, policies, queries
from agreements.api.views import Room
from agreements.models import ClauseSuggestion
from agreements.word.safety import LARGEST_FILE


class SuggestionOut(serializers.Serializer):
    """Other words for a clause, and what was answered."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(source="version.number")
    clause_id = serializers.CharField()
    organisation = serializers.CharField(source="organisation.name")
    author = serializers.CharField(source="author.name")
    text = serializers.CharField(help_text="With its {variables}.")
    variables = serializers.DictField(help_text="Terms of the cover page that it changes too.")
    reason = serializers.CharField(allow_blank=True)
    from_file = serializers.BooleanField()
    status = serializers.CharField()
    sent_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.CharField(source="decided_by.name", default=None, allow_null=True)
    decided_for = serializers.CharField(source="decided_for.name", default=None, allow_null=True)
    answer = serializers.CharField(allow_blank=True)


class SuggestionIn(StrictSerializer):
    """Other words for a clause of the current version."""

    clause_id = serializers.CharField(max_length=60)
    text = serializers.CharField(trim_whitespace=False, allow_blank=True)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=5000)
    variables = serializers.DictField(default=dict)


class WordIn(StrictSerializer):
    """A Word file (.docx)."""

    file = serializers.FileField()


class WordOut(serializers.Serializer):
    """What came of a file."""

    version = serializers.IntegerField(source="version.number", help_text="The version it was compared with.")
    suggestions = SuggestionOut(many=True)
    left_out = serializers.ListField(child=serializers.CharField(), help_text="What was not taken over, in sentences.")


class SentOut(serializers.Serializer):
    """How many were sent."""

    sent = serializers.IntegerField()


class WhyNotIn(StrictSerializer):
    """Why it is not taken."""

    answer = serializers.CharField(max_length=5000, allow_blank=True)


class Suggestions(Room):
    """Suggestions of an agreement."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible", "post": "agreements.may_suggest"}

    @extend_schema(operation_id="agreements_suggestions", responses=page_of(SuggestionOut))
    def get(self, request: Request, reference: str) -> Response:
        """Those that were sent, and those of the caller's own organisations; oldest first."""
        return self.listed(SuggestionOut, queries.suggestions_for(self.agreement(reference), self.person))

    @extend_schema(operation_id="agreements_suggest", request=SuggestionIn, responses={201: SuggestionOut})
    def post(self, request: Request, reference: str) -> Response:
        """Suggest other words. The others read them once they are sent; suggesting again before that replaces them."""
        agreement = self.agreement(reference)
        policies.may_suggest(self.person, agreement).require()
        row = actions.suggest(agreement=agreement, by=self.person, **self.read(SuggestionIn))
        return Response(SuggestionOut(row).data, status=201)


class SuggestionsFromWord(Room):
    """Suggestions from a Word file."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_suggest"}
    takes_files = True

    @extend_schema(operation_id="agreements_suggest_from_word", request=WordIn, responses={201: WordOut})
    def post(self, request: Request, reference: str) -> Response:
        """Every clause that the file changes becomes a suggestion that waits to be sent."""
        agreement = self.agreement(reference)
        policies.may_suggest(self.person, agreement).require()
        content = self.read(WordIn)["file"].read(LARGEST_FILE + 1)
        taken = actions.suggest_from_word(agreement=agreement, by=self.person, content=content)
        return Response(WordOut(taken).data, status=201)


class SendSuggestions(Room):
    """Sending."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_suggest"}

    @extend_schema(operation_id="agreements_send_suggestions", request=NothingIn, responses={200: SentOut})
    def post(self, request: Request, reference: str) -> Response:
        """Give the other parties what the caller's side has suggested."""
        self.read(NothingIn)
        count = actions.send_suggestions(agreement=self.agreement(reference), by=self.person)
        return Response(SentOut({"sent": count}).data)


class OfSuggestion(Room):
    """What the calls about one suggestion share."""

    def suggestion(self, reference: str, pk: UUID) -> ClauseSuggestion:
        """The row if the caller may read it, else 404."""
        row: Any = queries.suggestions_for(self.agreement(reference), self.person).filter(pk=pk).first()
        if row is None:
            raise Http404
        return row  # type: ignore[no-any-return]  # filtered by its model

    def answered(self, reference: str, pk: UUID) -> Response:
        """As it stands now."""
        return Response(SuggestionOut(self.suggestion(reference, pk)).data)


class AcceptSuggestion(OfSuggestion):
    """Taking."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_accept"}

    @extend_schema(operation_id="agreements_accept_suggestion", request=NothingIn, responses={200: SuggestionOut})
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        """Put it into the caller's draft of the next version."""
        self.read(NothingIn)
        actions.accept_suggestion(suggestion=self.suggestion(reference, pk), by=self.person)
        return self.answered(reference, pk)


class AcceptedIn(StrictSerializer):
    """Which suggestions."""

    suggestions = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=200)


class LeftOut(serializers.Serializer):
    """A suggestion that was not taken."""

    id = serializers.UUIDField()
    clause_id = serializers.CharField()
    why = serializers.CharField()


class AcceptedOut(serializers.Serializer):
    """What came of it."""

    taken = serializers.ListField(child=serializers.UUIDField())
    left = LeftOut(many=True)


class AcceptSuggestions(Room):
    """Taking several, such as all of a Word file."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_accept"}

    @extend_schema(operation_id="agreements_accept_suggestions", request=AcceptedIn, responses={200: AcceptedOut})
    def post(self, request: Request, reference: str) -> Response:
        """Put them into the caller's draft of the next version. Each is decided and recorded on its own; one that does not
        fit keeps none of the others from it."""
        agreement = self.agreement(reference)
        policies.may_edit(self.person, agreement).require()
        done = actions.accept_suggestions(agreement=agreement, by=self.person, **self.read(AcceptedIn))
        left = [{"id": row.pk, "clause_id": row.clause_id, "why": why} for row, why in done.left]
        return Response(AcceptedOut({"taken": [row.pk for row in done.taken], "left": left}).data)


class DeclineSuggestion(OfSuggestion):
    """Not taking."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_decline"}

    @extend_schema(operation_id="agreements_decline_suggestion", request=WhyNotIn, responses={200: SuggestionOut})
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        """Answer that it is not taken, and why."""
        row = self.suggestion(reference, pk)
        policies.may_decline(self.person, row).require()
        actions.decline_suggestion(suggestion=row, by=self.person, **self.read(WhyNotIn))
        return self.answered(reference, pk)


class TakeBackSuggestion(OfSuggestion):
    """Taking back."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_take_back"}

    @extend_schema(operation_id="agreements_take_back_suggestion", request=NothingIn, responses={200: SuggestionOut})
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        """Take it back before it is answered."""
        self.read(NothingIn)
        actions.take_back_suggestion(suggestion=self.suggestion(reference, pk), by=self.person)
        return self.answered(reference, pk)
