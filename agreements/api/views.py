"""The agreements API: the same actions as the pages, no rules of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import stepup
from accounts.api.base import RoomAPIView, StrictSerializer, page_of, plain
from agreements import actions, answers, consolidated, deviations, documents, moves, policies, prechecks, queries
from agreements.api import serializers as shapes
from agreements.models import AgreementTemplate, AgreementVersion, TestingAgreement
from agreements.rules import turns
from agreements.workflow import AGREEMENT
from core.decisions import Conflict, Invalid, Problem, refuse
from core.workflow import Workflow


def shown(agreement: TestingAgreement, view: RoomAPIView) -> dict[str, Any]:
    """An agreement as the caller sees it."""
    verdicts = queries.verdicts(agreement)
    parties = agreement.party_rows
    for row in parties:
        found = verdicts.get(row.organisation_id)
        row.verdict = found.verdict if found else None  # type: ignore[attr-defined]  # for output only
        row.step = agreement.step_of(row.organisation_id)  # type: ignore[attr-defined]  # as above
    file = queries.current_file(agreement)
    values = {name: getattr(agreement, name) for name in ("reference", "title", "status", "effective_on", "expires_on")}
    values |= {
        "developer": agreement.developer_id, "current": agreement.current, "parties": parties,
        "signatories": agreement.plan, "file_sha256": file.sha256 if file else None,
        "obligations": {duty.kind: duty.options or duty.value for duty in queries.duties(agreement)},
        **amended(agreement, view),
        "concurrence": _ways(agreement),
        "next": moves.heading(agreement, view.person), "your_move": moves.is_mine(agreement, view.person),
        "notice": documents.NOTICE,
    }  # fmt: skip
    return dict(shapes.AgreementOut(values).data)


def _ways(agreement: TestingAgreement) -> dict[str, Any]:
    lapse, (answered, agencies) = answers.lapse(agreement), answers.answers_in(agreement)
    return {
        "order": agreement.concurrence_order, "blind": agreement.concurrence_blind, "answered": answered,
        "agencies": agencies, "silence_counts_after_days": lapse.days if lapse else None,
    }  # fmt: skip


def amended(agreement: TestingAgreement, view: RoomAPIView) -> dict[str, Any]:
    """What an amendment amends and how, and how often an agreement was amended."""
    parent = consolidated.parent_of(agreement)
    version = agreement.current or queries.working_draft(agreement, policies.side_of(view.person, agreement))
    return {
        "amends": parent.reference if parent else None, "amendment_number": agreement.amendment_number,
        "amended": agreement.amended, "changes": consolidated.in_words(version),
    }  # fmt: skip


TOKENS_DO_NOT_SIGN = (
    "A token does not sign. A signature is made by a person who has just confirmed who they are: sign in the browser."
)


def sign_page(reference: str) -> str:
    """The page where a person signs."""
    return reverse("agreements:sign", args=[reference])


def fresh(at: datetime | None) -> None:
    """Refuses a step-up that is missing or too old."""
    if at is None or timezone.now() - at > timedelta(seconds=stepup.SECONDS):
        refuse("Your identity was confirmed too long ago.", "Confirm who you are, then send this again.").require()


class Room(RoomAPIView):
    """Finds the agreement by its reference."""

    def agreement(self, reference: str) -> TestingAgreement:
        """The row if the caller may see it, else 404."""
        found: TestingAgreement = self.visible(
            TestingAgreement, "current", "template", "developer", reference=reference
        )
        return found


class Templates(RoomAPIView):
    """What an agreement can be started from."""

    access: ClassVar[dict[str, str]] = {"get": "SIGNED_IN"}

    @extend_schema(operation_id="agreement_templates", responses=page_of(shapes.TemplateOut))
    def get(self, request: Request) -> Response:
        """The templates in use, with their variables."""
        return self.listed(shapes.TemplateOut, AgreementTemplate.objects.filter(is_current=True).order_by("key"))


class Agreements(Room):
    """List and start."""

    paged: ClassVar[bool] = True
    states: ClassVar[Workflow | None] = AGREEMENT
    access: ClassVar[dict[str, str]] = {"get": "agreements.visible", "post": "agreements.may_start"}

    @extend_schema(operation_id="agreements_list", responses=page_of(shapes.AgreementRow))
    def get(self, request: Request) -> Response:
        """The newest agreements that the caller sees."""
        return self.page(TestingAgreement, columns=queries.LISTED, show=plain(shapes.AgreementRow))

    @extend_schema(
        operation_id="agreements_start", request=shapes.StartIn, responses={201: shapes.AgreementOut},
        examples=[
            OpenApiExample(
                "A framework with two agencies", request_only=True,
                value={"template": "framework-mou", "title": "Framework", "agencies": ["commerce", "treasury"]},
            )
        ],
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Start a draft from a template."""
        sent, home = self.read(shapes.StartIn), self.organisation
        if home is None:
            raise Invalid([Problem("developer", "You sit in no organisation that could draft an agreement.")])
        agreement = actions.start_from_template(
            template=sent["template"], developer=sent.get("developer") or home, agencies=sent["agencies"],
            title=sent["title"], by=self.person, home=home, steps=sent["steps"], replaces=sent["replaces"],
        )  # fmt: skip
        return Response(shown(agreement, self), status=201)


class Agreement(Room):
    """One agreement."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible"}

    @extend_schema(operation_id="agreements_read", responses=shapes.AgreementOut)
    def get(self, request: Request, reference: str) -> Response:
        """State, parties, signatories, obligations, whose move it is."""
        return Response(shown(self.agreement(reference), self))


class Signing(Room):
    """The caller's signature. A token reads what would be signed; only a person in a browser signs."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_sign", "post": "agreements.may_sign"}

    @extend_schema(operation_id="agreements_signing", responses=shapes.SigningOut)
    def get(self, request: Request, reference: str) -> Response:
        """What the caller would sign: the file's hash, the sentence and the delegation. 409 when there is nothing."""
        agreement = self.agreement(reference)
        row, file = turns.mine(agreement.plan, self.person), queries.current_file(agreement)
        if row is None or file is None:
            raise Conflict("There is nothing for you to sign in this agreement now. Read it to see whose move it is.")
        may = policies.may_sign_here(self.person, agreement)
        shown = {
            "file_sha256": file.sha256, "intent": actions.intent(agreement, row), "authority": row.on_authority,
            "may_sign": bool(may), "why_not": may.sentence, "page": sign_page(reference),
        }  # fmt: skip
        return Response(shapes.SigningOut(shown).data)

    @extend_schema(
        operation_id="agreements_sign", request=shapes.SignIn, responses={200: shapes.AgreementOut},
        examples=[
            OpenApiExample(
                "A signature", request_only=True,
                value={"shown_sha256": "9f86d081884c7d65…", "typed_name": "Maren Vale", "agreed": True},
            )
        ],
    )  # fmt: skip
    def post(self, request: Request, reference: str) -> Response:
        """Sign the file whose hash was read. A token answers 403 with the page: a signature is the act of a person who
        confirmed who they are in the last two minutes, for it alone, which no token can prove. Browser sessions may call this."""
        agreement = self.agreement(reference)
        at = self.in_person(TOKENS_DO_NOT_SIGN, sign_page(reference))
        actions.sign(agreement=agreement, by=self.person, stepped_up_at=at, **self.read(shapes.SignIn))
        return Response(shown(self.agreement(reference), self))


class Checks(Room):
    """What could stop a signature."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_open_for_signature"}

    @extend_schema(operation_id="agreements_checks", responses=page_of(shapes.CheckOut))
    def get(self, request: Request, reference: str) -> Response:
        """Every check, also those after one that fails. Opening for signature runs them again."""
        agreement = self.agreement(reference)
        policies.may_open_for_signature(self.person, agreement).require()
        return self.listed(shapes.CheckOut, prechecks.run(agreement, timezone.now())[1])


class Draft(Room):
    """The working draft of the caller's side."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_edit", "put": "agreements.may_edit"}

    @extend_schema(operation_id="agreements_draft", responses=shapes.DraftOut)
    def get(self, request: Request, reference: str) -> Response:
        """The draft with what is still missing in it; 404 when the caller's side has none (PUT begins one from the current version)."""
        agreement = self.agreement(reference)
        policies.may_edit(self.person, agreement).require()
        side = policies.side_of(self.person, agreement)
        draft = get_object_or_404(AgreementVersion, agreement=agreement, organisation=side, frozen_at__isnull=True)
        draft.departures = deviations.departures(draft)  # type: ignore[attr-defined]  # for output only
        draft.problems = actions.draft_problems(agreement, draft)  # type: ignore[attr-defined]  # for output only
        return Response(shapes.DraftOut(draft).data)

    @extend_schema(
        operation_id="agreements_save_draft", request=shapes.DraftIn, responses=shapes.VersionOut,
        examples=[
            OpenApiExample(
                "Fill a variable", request_only=True,
                value={"row_version": 1, "variables": {"model_families": "Aurora 4 and later"}},
            )
        ],
    )  # fmt: skip
    def put(self, request: Request, reference: str) -> Response:
        """Save; 409 with both texts when somebody saved since `row_version`."""
        agreement = self.agreement(reference)
        policies.may_edit(self.person, agreement).require()
        sent = self.read(shapes.DraftIn)
        actions.begin_version(agreement=agreement, by=self.person)
        saved = actions.save_draft(agreement=agreement, by=self.person, **{"title": None, **sent})
        return Response(shapes.VersionOut(saved).data)


class Version(Room):
    """One frozen version."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible"}

    @extend_schema(operation_id="agreements_version", responses=shapes.VersionOut)
    def get(self, request: Request, reference: str, number: int) -> Response:
        """The full text of a version."""
        row = get_object_or_404(AgreementVersion, agreement=self.agreement(reference), number=number)
        return Response(shapes.VersionOut(row).data)


class Executed(Room):
    """The executed copy."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_download"}

    @extend_schema(operation_id="agreements_executed", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, reference: str) -> HttpResponse:
        """The PDF, for the parties, once all have signed."""
        agreement = self.agreement(reference)
        return documents.download(actions.download(agreement=agreement, by=self.person), agreement.reference)


def step(verb: str, guard: str, reads: type[StrictSerializer], act: Callable[..., Any]) -> Any:
    """A view class for one move: POST its input, get the agreement back."""

    class Step(Room):
        """One move of the life cycle."""

        access: ClassVar[dict[str, str]] = {"post": guard}

        @extend_schema(
            operation_id=f"agreements_{verb}", request=reads, responses={200: shapes.AgreementOut},
            description=act.__doc__, summary=(act.__doc__ or verb).splitlines()[0].rstrip("."),
        )  # fmt: skip
        def post(self, request: Request, reference: str) -> Response:
            """Make the move."""
            agreement, sent = self.agreement(reference), self.read(reads)
            act(agreement=agreement, by=self.person, **sent)
            return Response(shown(self.agreement(reference), self))

    Step.__name__ = Step.__qualname__ = f"{verb.title().replace('_', '')}Step"
    return Step
