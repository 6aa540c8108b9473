"""How an agency connects, and the opening of its key: in one answer, or sealed by the agency's own worker to the caller's key."""

from __future__ import annotations

import base64
import math
import time
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import limits
from accounts.api.base import NothingIn
from accounts.api.problems import respond
from accounts.models import Organisation
from accounts.seats import seats_of
from core.decisions import Conflict
from early_access import actions, keys, queries
from early_access.api import shapes_keys as keyed
from early_access.api.keys import key_row
from early_access.api.views import Room
from early_access.models import EarlyAccessRequest, HeldAnswer

TOKENS_DO_NOT_OPEN = (
    "A token does not open an access key. An evaluator who has just confirmed who they are opens it in the browser."
)
OPENINGS = (20, 600)  # as the page has it: so many in so many seconds, counted together
NO_STORE = {"Cache-Control": "no-store"}


def answer_row(answer: HeldAnswer) -> dict[str, Any]:
    """An answer as the API says it."""
    sealed = base64.b64encode(bytes(answer.sealed)).decode() if answer.sealed else ""
    values = {
        "id": answer.pk, "state": answer.state, "sentence": keys.answer_words(answer), "sealed": sealed,
        "purpose": answer.purpose, "expires_at": answer.expires_at,
    }  # fmt: skip
    return dict(keyed.AnswerOut(values).data)


class Connection(Room):
    """How one agency connects."""

    keeps_answers: ClassVar[bool] = False  # the opened key is stored nowhere
    access: ClassVar[dict[str, str]] = {
        "get": "early_access.may_open_credential",
        "post": "early_access.may_open_credential",
    }

    def _place(self, row: EarlyAccessRequest, agency: str) -> Organisation:
        for found in queries.consented(row):
            if found.slug == agency and seats_of(self.person).holds(found.pk, "evaluator"):
                return found
        raise Http404

    def _page(self, reference: str, agency: str) -> str:
        return reverse("early_access:connect", args=[reference, agency])

    @extend_schema(operation_id="requests_connection", responses=keyed.ConnectionOut)
    def get(self, request: Request, reference: str, agency: str) -> Response:
        """How to connect, for evaluators of an agency: the specification, and where the key is opened."""
        row = self.one(reference)
        place = self._place(row, agency)
        specification = queries.specification(row)
        cards = keys.for_agency(row, place, specification)
        values = {
            "agency": agency, "specification": specification, "sealed": any(card.key for card in cards),
            "page": self._page(reference, agency), "keys": [key_row(card, [agency] if card.key else []) for card in cards],
        }  # fmt: skip
        return Response(keyed.ConnectionOut(values).data)

    @extend_schema(
        operation_id="requests_open_key",
        request=keyed.OpenIn,
        responses={200: keyed.KeyOut, 202: keyed.AnswerOut},
    )
    def post(self, request: Request, reference: str, agency: str) -> Response:
        """Open the access key, once, with a reason. A token answers 403 with the page: the opening is the act of a person
        who confirmed who they are in the last five minutes. Idempotency keys are not read here. Where the agency keeps its own
        key, 202: its worker seals the value to `public_key`, and the next address hands it out."""
        row = self.one(reference)
        place = self._place(row, agency)
        if wait := limits.wait_for(f"often:openings:{self.person.pk}", *OPENINGS, time.time()):
            raise Throttled(wait=math.ceil(wait))
        at = self.in_person(TOKENS_DO_NOT_OPEN, self._page(reference, agency))
        sent = self.read(keyed.OpenIn)
        public_key = sent.pop("public_key")
        credential = queries.live_credential(row, sent.pop("variant"))
        if credential is None:
            raise Conflict("There is no access key for this agency: it was revoked, or never sealed for it.")
        about: dict[str, Any] = {
            "credential": credential, "by": self.person, "agency": place, "stepped_up_at": at, **sent
        }  # fmt: skip
        if actions.opens_here(credential, place):
            return Response({"value": actions.open_credential(**about)}, headers=NO_STORE)
        answer = actions.ask_opening(public_key=public_key, **about)
        return Response(answer_row(answer), status=202, headers=NO_STORE)


class Answer(Room):
    """What an agency's own worker answers to one opening."""

    keeps_answers: ClassVar[bool] = False  # handed out once
    access: ClassVar[dict[str, str]] = {"post": "early_access.may_take_answer"}

    @extend_schema(
        operation_id="requests_take_answer",
        request=NothingIn,
        responses={200: keyed.AnswerOut, 202: keyed.AnswerOut},
    )
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        """Take the sealed answer: 202 while the agency's worker has not answered, 200 once with `sealed`, and 409 with a sentence
        when there is none. For whoever asked; a token answers 403."""
        row = self.one(reference)
        found = self.visible(HeldAnswer, "agency", pk=pk, request=row)
        self.in_person(TOKENS_DO_NOT_OPEN, self._page(row, found.agency))
        self.read(NothingIn)
        answer = actions.take_answer(answer=found, by=self.person)
        if answer.state == HeldAnswer.State.REFUSED:  # decided anew just now; the refusal is kept
            return respond(409, "conflict", answer.refused)
        return Response(answer_row(answer), status=200 if answer.sealed else 202, headers=NO_STORE)

    def _page(self, row: EarlyAccessRequest, agency: Organisation) -> str:
        return reverse("early_access:connect", args=[row.reference, agency.slug])
