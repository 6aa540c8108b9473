"""A developer with objects in several states, and everybody who might knock: its people, rivals, agencies, strangers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import ApiToken, Invitation, Membership, Organisation, User
from agencies import actions as agencies
from agreements import actions as agreements
from agreements.models import AgreementGrant, SignatureAuthority, TestingAgreement
from core import rls
from core.egress import check_url_syntax
from developers import actions as developers
from developers.models import ModelCheckpoint
from early_access import actions as early_access
from early_access.models import (
    AccessCredential,
    EarlyAccessRequest,
    ReleaseNotice,
    ReturnItem,
    VariantConsent,
)
from evaluations import actions as evaluations
from evaluations.models import EvaluationAssignment, PlaceOverload, RoutingAttempt, RoutingDecision, RunLog
from jobs.testing import run_due
from tests.agreements import elsewhere
from tests.agreements import factories as agreement_in
from tests.authorization.stage_requests import Requests
from tests.early_access import factories as request_in
from tests.early_access import papers
from tests.evaluations import findings as finding_in
from tests.evaluations import launching, reporting
from tests.evaluations import test_runs as run_in
from tests.world import World, acting, client_for
from webhooks import actions as webhooks

# Agencies of Aurora's agreements: Treasury and Commerce (with its component CAISI). Everybody else is no party.
PARTIES = ("treasury", "commerce")
HOUR = 3600  # asking everybody takes minutes on a busy machine; a step-up must not run out meanwhile

PEOPLE: dict[str, tuple[str, str]] = {
    **{f"own.{r}": ("aurora", r) for r in ("drafter", "counsel", "signatory", "security", "administrator")},
    **{f"rival.{r}": ("basalt", r) for r in ("drafter", "security", "administrator")},
    **{f"treasury.{r}": ("treasury", r) for r in ("counsel", "router", "administrator")},
    **{f"commerce.{r}": ("commerce", r) for r in ("counsel", "intake", "router", "foia")},
    "own.guest": ("aurora", "outside_counsel"),
    "caisi.evaluator": ("commerce-caisi", "evaluator"),
    "caisi.counsel": ("commerce-caisi", "counsel"),
    "treasury.evaluator": ("treasury", "evaluator"),
    "bis.evaluator": ("commerce-bis", "evaluator"),
    "no-party.counsel": ("defense", "counsel"),
    "no-party.router": ("defense", "router"),
    "nsa.designator": ("defense-nsa", "designator"),
    "no-party.validator": ("defense-nsa", "validator"),
    "no-party.evaluator": ("homeland-cisa", "evaluator"),
    "auditor": ("oversight", "auditor"),
}


class Stage(Requests):
    """The objects of Aurora by name (`objects`), and a client per role; to rivals and no parties they are foreign."""

    def __init__(self) -> None:
        self.world = World()
        self.objects = self._developer("aurora")
        self._library()
        with acting(self.world.person("commerce", "router")) as by:
            commerce = self.world.agency("commerce")
            self.objects["rule_draft"] = evaluations.draft_rules(router=commerce, by=by).pk
        self._places()
        registered, _ = developers.register(
            legal_name="Waiting Minds",
            jurisdiction="Delaware",
            website="https://waiting.example",
            email="a@waiting.example",
        )
        self.objects["unverified"] = registered.pk
        self.people = {role: self.world.person(*who) for role, who in PEOPLE.items()}
        self.clients = {role: client_for(person, ahead=HOUR) for role, person in self.people.items()}
        self.clients["superuser"] = client_for(self.world.staff, ahead=HOUR)
        self.clients["own.stale-step-up"] = client_for(self.people["own.signatory"], stepped_up=False)
        other = self.world.person("commerce-caisi", "evaluator", 1)
        self.clients["caisi.not-attested"] = client_for(other, ahead=HOUR)
        unenrolled = self.world.person("treasury", "signatory")
        self.clients["treasury.unenrolled"] = client_for(unenrolled, factor=False, ahead=HOUR)
        self.clients["own.left"] = self._left()
        self.clients["own.deactivated"] = self._deactivated()
        self.clients["anonymous"] = Client()

    def _places(self) -> None:
        """Treasury's calendar with a period, more requests than places, an exclusion, and somebody's conflict of interest.

        The item is made by hand: the stage has one request, which no agency is too small for."""
        world, day = self.world, request_in.today() + timedelta(days=200)
        with acting(world.person("treasury", "router")) as by:
            row = agencies.save_period(
                agency=world.agency("treasury"), domain="cybersecurity", starts_on=day, ends_on=day, places=0, note="Kept.",
                by=by,
            )  # fmt: skip
            overload = PlaceOverload.objects.create(
                agency=world.agency("treasury"), router=world.agency("commerce"), domain="cybersecurity", first_on=day,
                last_on=day, places=1, taken=2,
            )  # fmt: skip
        with acting(world.person("commerce", "router")) as by:
            exclusion = evaluations.exclude_agency(
                router=world.agency("commerce"), agency=world.agency("homeland"), developer=world.aurora, until=day,
                reason="Kept.", by=by,
            )  # fmt: skip
        with acting(world.person("commerce", "foia")) as by:
            conflict = evaluations.declare_conflict(
                agency=world.agency("commerce"), developer=world.aurora, reason="Kept.", by=by
            )
        self.objects |= {
            "period": row.pk, "overload": overload.pk, "exclusion": exclusion.pk, "conflict": conflict.pk,
        }  # fmt: skip

    def _library(self) -> None:
        """The draft of a library clause, which waits for a second reader."""
        with acting(self.world.person("treasury", "counsel")) as by:
            draft = agreements.begin_clause_draft(key="publication", by=by)
            draft = agreements.save_clause_draft(draft=draft, row_version=1, by=by, change_note="As it is.")
            agreements.ask_second_reader(draft=draft, row_version=draft.row_version, by=by)

    def _developer(self, key: str) -> dict[str, Any]:
        world, found = self.world, {}
        drafter = world.person(key, "drafter")
        found["draft_agreement"] = agreement_in.draft(world, PARTIES, developer=key).reference
        found["agreement"] = self._deviating(key).reference
        found["suggestion"] = self._suggestion(found["agreement"])
        found["comment"] = self._comment(found["agreement"], key)
        found["planned"] = self._planned(key)
        signing = agreement_in.awaiting(world, PARTIES, developer=key)
        found["signing"] = signing.reference
        with acting(drafter):
            found["signatory"] = signing.plan[0].pk
        in_force = agreement_in.in_force(world, PARTIES, developer=key)
        found["amendment"] = agreement_in.amendment_draft(
            world, in_force, variables={"access_days": 20}, home=key, role="drafter"
        ).reference
        checkpoint = request_in.checkpoint(world, key)
        found |= {"in_force": in_force.reference, "model": checkpoint.model.reference, "grant": self._guest(in_force)}
        later = request_in.today() + timedelta(days=7)  # or its dates would be past when midnight comes in between
        dates = {"starts_on": str(later), "ends_on": str(later + timedelta(days=29))}
        found["draft_request"] = self._request(key, checkpoint, window=dates).reference
        submitted = self._request(key, checkpoint)
        with acting(drafter) as by:
            early_access.submit(request=submitted, by=by)
            early_access.attach(
                request=submitted, kind="ml_bom", name="heron.json", content=papers.packed(papers.bill()), by=by
            )
            found["claim"] = early_access.state_result(
                request=submitted, checkpoint=checkpoint.pk, variant="production", suite="Kites", metric="accuracy",
                estimate=0.4, n=40, method="Ours.", source="Card", by=by,
            ).pk  # fmt: skip
        found["weights"] = self._weights(key, checkpoint)
        with acting(world.person(key, "drafter")) as by:
            found["consent"] = (
                VariantConsent.objects.filter(request=submitted, agency=world.agency("treasury")).get().pk
            )
        found |= {"submitted": submitted.reference} | self._tested(key, checkpoint)
        found |= self._inquiries(key, checkpoint)
        return found | self._house(key) | self._card(key)

    def _card(self, key: str) -> dict[str, Any]:
        """The signatory has a device asked for one agreement; then they enrol a card, and hold the file of another one."""
        signatory, home = self.world.person(key, "signatory"), self.world.organisations[key]
        found = self._device(signatory, home, key)
        with acting(signatory) as by:
            row = agreements.enrol_certificate(
                organisation=home, certificate=elsewhere.card(by.name).certificate, by=by, stepped_up_at=timezone.now()
            )
        agreement = agreement_in.awaiting(self.world, PARTIES, developer=key)
        with acting(signatory) as by:
            agreements.take_file(agreement=agreement_in.seen(agreement, by), by=by)
        return found | {"own_certificate": row.pk, "card_signing": agreement.reference}

    def _device(self, signatory: User, home: Organisation, key: str) -> dict[str, Any]:
        with acting(signatory) as by, elsewhere.with_device():
            agreements.enrol_certificate(
                organisation=home, certificate=elsewhere.card(f"{by.name}, device").certificate, by=by,
                stepped_up_at=timezone.now(), key_at="device",
            )  # fmt: skip
        with elsewhere.with_device():
            agreement = agreement_in.awaiting(self.world, PARTIES, developer=key)
            agreement_in.sign(self.world, agreement, key, act=agreements.ask_device)
        return {"device_signing": agreement.reference}

    def _deviating(self, key: str) -> TestingAgreement:
        """In clearance, with words of a clause that the agencies have to decide on."""
        agreement = agreement_in.deviating(self.world, PARTIES, developer=key)
        with acting(self.world.person(key, "drafter")) as by:
            return agreements.open_clearance(agreement=agreement, by=by)

    def _planned(self, key: str) -> str:
        """In clearance; Commerce has its component CAISI concur first, which is asked and has not answered."""
        agreement = agreement_in.negotiated(self.world, PARTIES, developer=key)
        with acting(self.world.person("commerce", "counsel")) as by:
            agreements.set_component_plan(
                agreement=agreement_in.seen(agreement, by), by=by, agency=self.world.agency("commerce"),
                components=["commerce-caisi"], order="parallel", blind=False,
            )  # fmt: skip
        with acting(self.world.person(key, "drafter")) as by:
            agreements.open_clearance(agreement=agreement_in.seen(agreement, by), by=by)
        return str(agreement.reference)

    def _suggestion(self, reference: str) -> Any:
        """Other words for a clause, by Treasury's counsel, waiting for the developer's answer."""
        with acting(self.world.person("treasury", "counsel")) as by:
            row = TestingAgreement.objects.get(reference=reference)
            made = agreements.suggest(agreement=row, by=by, clause_id="purpose", text="One purpose only.")
            agreements.send_suggestions(agreement=row, by=by)
        return made.pk

    def _comment(self, reference: str, key: str) -> Any:
        """One that the developer's policy lead keeps for their review."""
        with acting(self.world.person(key, "drafter")) as by:
            row = TestingAgreement.objects.get(reference=reference)
            return agreements.comment(agreement=row, by=by, text="Kept.", clause_id="purpose").pk

    def _tested(self, key: str, checkpoint: ModelCheckpoint) -> dict[str, Any]:
        """A request whose window is open, with assignments; and one that was withdrawn, with return items."""
        world, found = self.world, {}
        for name in ("withdrawn", "opened"):
            request = self._request(key, checkpoint)
            with acting(world.person(key, "drafter")) as by:
                early_access.submit(request=request, by=by)
            with acting(world.person("commerce", "intake")) as by:
                early_access.acknowledge(request=request, by=by)
                early_access.accept(request=request, by=by)
                early_access.confirm_schedule(request=request, by=by)
            run_due(kinds=("evaluations.route", "evaluations.receive", "early_access.open_window"))
            found[name] = request.reference
            with acting(world.person(key, "drafter")) as by:
                row = EarlyAccessRequest.objects.get(pk=request.pk)
                if name == "withdrawn":
                    early_access.withdraw(request=row, by=by)
                    item = ReturnItem.objects.filter(request=row).order_by("agency__name").first()
                    found["return_item"] = item.pk if item else uuid4()
                else:
                    early_access.plan_release(
                        request=row, release_on=request_in.today() + timedelta(days=90), rationale="Planned.", by=by
                    )
                    found["release"] = ReleaseNotice.objects.get(request=row).pk
                    found["blocked"] = early_access.report_blocked(
                        request=row, agency=None, cause="developer", began_at=timezone.now(), ended_at=None,
                        why="Maintenance.", by=by,
                    ).pk  # fmt: skip
                    found["proof"] = self._proof(row, by)
                    found["credential"] = AccessCredential.objects.get(request=row, revoked_at=None)
                    found["assignment"] = EvaluationAssignment.objects.get(
                        request=row, agency=world.agency("commerce-caisi")
                    ).reference
            if name == "opened":
                with acting(world.person("commerce", "intake")) as by:
                    row = EarlyAccessRequest.objects.select_related("window").get(pk=request.pk)
                    later = row.window.ends_on + timedelta(days=5)
                    found["extension"] = early_access.propose_extension(
                        request=row, ends_on=later, why="Days were lost.", by=by
                    ).pk
                found |= self._partners(row)
                found |= self._finding(found["assignment"])
                found |= self._reported(request)
            with acting(world.person("commerce", "router")):
                attempt = RoutingAttempt.objects.filter(request=request).first()
                decision = RoutingDecision.objects.filter(attempt__request=request).first()
                found["attempt"] = attempt.pk if attempt else uuid4()
                found["decision"] = decision.pk if decision else uuid4()
        return found

    def _finding(self, assignment: str) -> dict[str, Any]:
        """A finding of CAISI that the developer reads; and a run."""
        evaluator = self.world.person("commerce-caisi", "evaluator")
        with acting(evaluator) as by:
            row = EvaluationAssignment.objects.select_related("request", "agency", "developer").get(
                reference=assignment
            )
            evaluations.accept(assignment=row, by=by)
            evaluations.attest(assignment=row, typed_name=by.name, consented=True, by=by)
            evaluations.prepare(
                assignment=row, targets="The endpoint.", plan="One suite, once.", egress="The endpoint only.",
                stop_conditions="Any incident.", by=by,
            )  # fmt: skip
            EvaluationAssignment.objects.filter(pk=row.pk).update(status="preparing")
            EvaluationAssignment.objects.filter(pk=row.pk).update(status="running")
            finding = evaluations.draft_finding(assignment=row, by=by, **finding_in.TEXT)
            reference = evaluations.move_finding(finding=finding, verb="share", by=by).reference
            incident = evaluations.report_incident(
                assignment=row,
                kind="leak",
                severity="low",
                discovered_at=timezone.now(),
                what_happened="A mail.",
                by=by,
            )
            evaluations.move_incident(incident=incident, verb="notify", by=by)
            answer = self._answer(row.request, by)
        return {"answer": answer, "finding": reference, "incident": incident.reference} | self._run(row, evaluator)

    def _run(self, row: EvaluationAssignment, evaluator: User) -> dict[str, Any]:
        """A log that CAISI's worker read, and the developer's copy of it."""
        with acting(evaluator):
            row.refresh_from_db(fields=["status"])
        log = run_in.upload(evaluator, row, run_in.own())
        run_due(kinds=("evaluations.read_log",))
        with acting(evaluator) as by:
            log = RunLog.objects.select_related("run").get(pk=log.pk)
            assert log.run is not None, log.refused
            launch = evaluations.launch(assignment=row, by=by, **launching.ASKED)
            shared = evaluations.share_run(run=log.run, by=by)
            return {"run": log.pk, "run_row": log.run.pk, "shared_run": shared.pk, "launch": launch.pk}

    def _reported(self, request: EarlyAccessRequest) -> dict[str, Any]:
        """Treasury's assignment: its facts were checked, its report is delivered."""
        evaluator = self.world.person("treasury", "evaluator")
        with acting(evaluator) as by:
            rows = EvaluationAssignment.objects.select_related("request", "agency", "developer")
            row = rows.get(request=request, agency=self.world.agency("treasury"))
            evaluations.accept(assignment=row, by=by)
            evaluations.attest(assignment=row, typed_name=by.name, consented=True, by=by)
            for status in ("preparing", "running", "analysis"):
                EvaluationAssignment.objects.filter(pk=row.pk).update(status=status)
            row.refresh_from_db()
            reporting.save(by, row)
        check = reporting.checked(self.world, evaluator, row)
        report = reporting.deliver(evaluator, row)
        with acting(evaluator) as by:
            review = evaluations.ask_publication(report=report, text="It solves 16 of 20 tasks.", by=by)
        return {"reported": row.reference, "fact_check": check.pk, "publication": review.pk}

    def _house(self, key: str) -> dict[str, Any]:
        """What belongs to the organisation itself."""
        world, home = self.world, self.world.organisations[key]
        with acting(world.person(key, "administrator")) as by:
            accounts.invite(organisation=home, email=f"new@{key}.example", roles=["counsel"], by=by)
            accounts.issue_token(organisation=home, name=f"Build of {key}", scope="read", days=30, by=by)
            hooks = self._webhook(home, by)
            post = agreements.create_post(organisation=home, title=f"Director of {key}", by=by)
            held = agreements.record_incumbency(
                post=post, person=world.person(key, "signatory"), begins_at=timezone.now(), source="An order", by=by
            )
            return hooks | {
                "post": post.pk,
                "incumbency": held.pk,
                "member": Membership.objects.get(organisation=home, user=world.person(key, "counsel")).pk,
                "invitation": Invitation.objects.get(organisation=home).pk,
                "token": ApiToken.objects.get(organisation=home).pk,
                "authority": SignatureAuthority.objects.get(organisation=home).pk,
                "organisation": home.pk,
            }

    def _webhook(self, home: Organisation, by: User) -> dict[str, Any]:
        """An endpoint and a message to it. Nothing is called: the stage runs no job of that kind."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(webhooks, "check_url", check_url_syntax)  # the name service knows no such name
            row, _ = webhooks.add(
                organisation=home, name="Cases", address="https://hooks.example/c", kinds=["agreements.sent"], by=by
            )
        return {"webhook": row.pk, "message": webhooks.test(endpoint=row, by=by).pk}

    def _guest(self, agreement: TestingAgreement) -> Any:
        """Outside counsel reads this one agreement and no other."""
        person = self.world.person("aurora", "outside_counsel")
        with acting(self.world.person("aurora", "counsel")) as by:
            until = request_in.today() + timedelta(days=30)
            agreements.give_access(agreement=agreement, person=person, until=until, reason="Advice.", by=by)
            return AgreementGrant.objects.get(content_object=agreement).pk

    def _extra(self, name: str) -> User:
        person = User.objects.create_user(f"{name}@aurora.example", None, name=f"Former {name}", post="Counsel")
        with rls.context(user=person.pk, actor="system:test"):
            Membership.objects.create(user=person, organisation=self.world.aurora, roles=["drafter", "administrator"])
        return person

    def _left(self) -> Client:
        person = self._extra("left")
        client = client_for(person, ahead=HOUR)
        with rls.context(user=person.pk, actor="system:test"):
            Membership.objects.filter(user=person).update(ended_at=timezone.now())
        return client

    def _deactivated(self) -> Client:
        person = self._extra("deactivated")
        client = client_for(person, ahead=HOUR)
        person.is_active = False
        person.save(update_fields=["is_active"])
        return client
