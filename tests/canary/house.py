"""A developer whose every room is furnished by the real actions, each text a canary that says who may read it.

Readers are organisations by key, and: `guest` (outside counsel with a grant), `attested` (evaluators who attested for a test).
An auditor reads whatever somebody reads; what nobody reads is a secret.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import Invitation, Membership, Organisation, User
from agreements import actions as agreements
from agreements import deviations, reference
from agreements import queries as agreement_reads
from agreements.models import AgreementGrant, TestingAgreement
from core import rls
from core.egress import check_url_syntax
from developers import actions as developers
from developers.models import Developer
from jobs.testing import run_due
from notifications import actions as notifications
from tests.agreements import elsewhere
from tests.agreements import factories as agreement_in
from tests.canary.marks import Aviary
from tests.canary.requested import Requested
from tests.canary.tested import CAISI, Tested
from tests.world import World, acting, client_for
from transparency import actions as transparency
from webhooks import actions as webhooks
from webhooks.models import Attempt

PARTIES = ("treasury", "commerce")
ELSEWHERE = ("homeland",)  # the only party of another agreement
CISA = "homeland-cisa"  # its component, which concurs first with a third one
JOBS = (
    "evaluations.route", "evaluations.receive", "early_access.open_window", "evaluations.read_log",
    "notifications.tell", "notifications.mail",
)  # fmt: skip


class House(Requested, Tested):
    """One developer. `objects` are references and ids as the addresses of tests/authorization name them."""

    def __init__(self, world: World, aviary: Aviary, key: str) -> None:
        self.world, self.aviary, self.key = world, aviary, key
        self.home = world.organisations[key]
        self.own, self.agencies = (key,), (key, *PARTIES, CAISI)
        self.inside = (key, "attested")
        self.objects: dict[str, Any] = {"organisation": self.home.pk}
        self.drafter = world.person(key, "drafter")
        with rls.context(organisations=(self.home.pk,)):
            self.people = [row.user for row in self.home.memberships.select_related("user").order_by("user__email")]

    def say(self, place: str, *readers: str, home: str = "") -> str:
        """A canary for a field, as long as the field takes."""
        label, field = place.rsplit(".", 1)
        longest = getattr(apps.get_model(label)._meta.get_field(field), "max_length", None)
        everybody = {*readers, "auditor"} if readers else set()
        return self.aviary.mint(home or self.key, place, everybody, longest)

    def furnish(self) -> None:
        """Everything, room by room."""
        self._people()
        self._agreements()
        self._models()
        self._requests()
        run_due(kinds=JOBS, limit=400)
        self._tests()
        self._delays()
        self._inquiries()
        self._partners()
        self._leaving()
        run_due(kinds=JOBS, limit=400)

    def by(self, role: str, home: str = "") -> Any:
        """A block as somebody of this house, or of an agency."""
        return acting(self.world.person(home or self.key, role))

    def _people(self) -> None:
        """Invitation, token, authority to sign, the profile, and somebody from outside."""
        with self.by("administrator") as by:
            address = f"{self.say('accounts.Invitation.email', *self.own)}@x.example".lower()
            accounts.invite(organisation=self.home, email=address, roles=["counsel"], by=by)
            name = self.say("accounts.ApiToken.name", *self.own)
            token, text = accounts.issue_token(organisation=self.home, name=name, scope="read", days=30, by=by)
            self.objects |= {"invitation": Invitation.objects.get(organisation=self.home).pk, "token": token.pk}
            self.secret = text
            seat = Membership.objects.get(organisation=self.home, user=self.world.person(self.key, "counsel"))
            self.objects["member"] = seat.pk
            self._webhook(by)
        commerce = self.world.organisations["commerce"]
        with rls.context(organisations=(self.home.pk, commerce.pk), actor="system:test"):
            profile = developers.ensure_profile(organisation=self.home)
            self.objects["unverified"] = profile.pk  # verified in truth: its page is Commerce's all the same
            Developer.objects.filter(organisation=self.home).update(
                legal_name=self.say("developers.Developer.legal_name", self.key, "commerce"),
                website=f"https://{self.say('developers.Developer.website', self.key, 'commerce')}.example/",
                jurisdiction=self.say("developers.Developer.jurisdiction", self.key, "commerce"),
            )
        with self.by("intake", "commerce") as by:
            developers.verify(developer=Developer.objects.get(organisation=self.home), by=by)
        said = {
            field: self.say(f"agreements.SignatureAuthority.{field}", *self.agencies, "guest")
            for field in ("title", "source")
        }
        said["granted_by"] = self.say("agreements.SignatureAuthority.granted_by", self.key)
        authority = agreement_in.authority(self.world, self.key, **said)
        self.objects["authority"] = authority.pk
        self._post()
        with acting(self.drafter) as by:
            self.calendar = notifications.issue_calendar(user=by)
        self.guest = User.objects.create_user(f"guest@{self.key}.example", None, name=f"Guest of {self.key}", post="x")
        with rls.context(user=self.guest.pk, actor="system:test"):
            Membership.objects.create(user=self.guest, organisation=self.home, roles=["outside_counsel"])

    def _post(self) -> None:
        """A post, who held it until somebody ended that, and a delegation to it; the other parties meet none of it."""
        with self.by("administrator") as by:
            said = {field: self.say(f"agreements.Post.{field}", self.key) for field in ("title", "source")}
            post = agreements.create_post(organisation=self.home, by=by, **said)
            held = agreements.record_incumbency(
                post=post, person=self.world.person(self.key, "signatory"), begins_at=timezone.now(), by=by,
                source=self.say("agreements.Incumbency.source", self.key),
            )  # fmt: skip
            agreements.end_incumbency(
                incumbency=held, by=by, reason=self.say("agreements.Incumbency.ended_reason", self.key)
            )
            agreements.end_post(post=post, by=by, reason=self.say("agreements.Post.ended_reason", self.key))
        self.objects |= {"post": post.pk, "incumbency": held.pk}

    def _webhook(self, by: User) -> None:
        """An endpoint, and a message that it answered with an error. Nothing is called."""
        own = (self.key,)
        said = {name: self.say(f"webhooks.Endpoint.{name}", *own) for name in ("name", "address")}
        said["address"] = f"https://hooks.example/{said['address']}"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(webhooks, "check_url", check_url_syntax)  # the name service knows no such name
            row, _ = webhooks.add(organisation=self.home, kinds=["agreements.sent"], by=by, **said)
        sent = webhooks.test(endpoint=row, by=by)
        outcome = {name: self.say(f"webhooks.Attempt.{name}", *own) for name in ("problem", "answer")}
        Attempt.objects.create(delivery=sent, organisation=self.home, number=1, code=500, milliseconds=5, **outcome)
        self.objects |= {"webhook": row.pk, "message": sent.pk}

    # agreements

    def _agreements(self) -> None:
        """In force with one half of the agencies, negotiated with the other, and a draft for oneself."""
        readers = (*self.agencies, "guest")
        in_force = self._sent(PARTIES, readers)
        self._talk(in_force, PARTIES[0], readers)
        self._signed(in_force)
        elsewhere = (self.key, *ELSEWHERE)
        with self.by("signatory") as by:
            certificate = agreement_reads.certificate(in_force)
            assert certificate is not None
            transparency.publish(agreement=in_force, shown_sha256=certificate.sha256, by=by)
        other = self._sent(ELSEWHERE, elsewhere)
        self._talk(other, ELSEWHERE[0], elsewhere)
        text = self.say("agreements.ClauseComment.text", *elsewhere, home=ELSEWHERE[0])
        agreement_in.decide(self.world, other, ELSEWHERE[0], "refuse", reason=text, audience="all")
        self._keep(other, self.key, "drafter")
        self._keep(other, ELSEWHERE[0], "counsel")
        self.objects["planned"] = self._planned((self.key, *ELSEWHERE, CISA)).reference
        draft = self._draft(PARTIES, self.own)
        awaiting = self._sent(PARTIES[:1], (self.key, PARTIES[0]))
        self._cleared(awaiting, PARTIES[:1])
        self._reassigned(awaiting, (self.key, PARTIES[0]))
        with self.by("counsel") as by:
            until = timezone.now().date() + timedelta(days=30)
            agreements.give_access(
                agreement=in_force, person=self.guest, until=until, by=by,
                reason=self.say("agreements.AgreementGrant.reason", self.key),
            )  # fmt: skip
            self.objects["grant"] = AgreementGrant.objects.get(content_object=in_force).pk
        self.objects["amendment"] = self._amendment(in_force).reference
        self._card(self._sent(PARTIES[:1], (self.key, PARTIES[0])))
        self.objects |= {
            "in_force": in_force.reference, "agreement": other.reference, "draft_agreement": draft.reference,
            "signing": awaiting.reference,
        }  # fmt: skip

    def _draft(self, agencies: tuple[str, ...], readers: tuple[str, ...]) -> TestingAgreement:
        with self.by("drafter") as by:
            row = agreements.start_from_template(
                template=reference.load(), developer=self.home, agencies=[self.world.agency(a) for a in agencies],
                title=self.say("agreements.TestingAgreement.title", *readers), by=by, home=self.home,
            )  # fmt: skip
            agreements.save_draft(
                agreement=row, by=by, row_version=1,
                variables={"model_families": self.say("agreements.AgreementVersion.variables", *readers)},
                clauses={"purpose": self.say("agreements.AgreementClause.text", *readers)},
            )  # fmt: skip
        return row

    def _sent(self, agencies: tuple[str, ...], readers: tuple[str, ...]) -> TestingAgreement:
        row = self._draft(agencies, readers)
        with self.by("drafter") as by:
            return agreements.send(agreement=row, by=by)

    def _planned(self, readers: tuple[str, ...]) -> TestingAgreement:
        """In clearance; a component of the agency says inside it what stands against concurrence."""
        row, agency = self._sent(ELSEWHERE, readers), ELSEWHERE[0]
        with self.by("counsel", agency) as by:
            agreements.set_component_plan(
                agreement=agreement_in.seen(row, by), by=by, agency=self.world.agency(agency), components=[CISA],
                order="parallel", blind=False,
            )  # fmt: skip
        with self.by("drafter") as by:
            agreements.open_clearance(agreement=agreement_in.seen(row, by), by=by)
        with self.by("counsel", CISA) as by:
            found = agreement_in.seen(row, by)
            agreements.refuse_for_component(
                agreement=found, by=by, component=self.world.agency(CISA), text_hash=found.current.text_hash,
                comment=self.say("agreements.Concurrence.comment", agency, CISA, home=agency), clause_ids=["purpose"],
            )  # fmt: skip
        return row

    def _amendment(self, agreement: TestingAgreement) -> TestingAgreement:
        """Sent to the parties; outside counsel was given the agreement, not this."""
        with self.by("drafter") as by:
            row = agreements.start_amendment(
                agreement=agreement_in.seen(agreement, by), by=by,
                title=self.say("agreements.TestingAgreement.title", self.key, *PARTIES),
            )  # fmt: skip
            agreements.save_draft(
                agreement=row, by=by, row_version=1,
                variables={"model_families": self.say("agreements.AgreementVersion.variables", self.key, *PARTIES)},
                clauses={"purpose": self.say("agreements.AgreementClause.text", self.key, *PARTIES)},
            )  # fmt: skip
            return agreements.send(agreement=row, by=by)

    def _suggest(self, agreement: TestingAgreement, agency: str, readers: tuple[str, ...]) -> None:
        """Other words for a clause, and why they are not taken."""
        with self.by("counsel", agency) as by:
            suggestion = agreements.suggest(
                agreement=agreement_in.seen(agreement, by), by=by, clause_id="cybersecurity",
                text=self.say("agreements.ClauseSuggestion.text", *readers, home=agency),
                variables={"model_families": self.say("agreements.ClauseSuggestion.variables", *readers, home=agency)},
                reason=self.say("agreements.ClauseSuggestion.reason", *readers, home=agency),
            )  # fmt: skip
            agreements.send_suggestions(agreement=agreement, by=by)
        self.objects["suggestion"] = suggestion.pk
        with self.by("counsel") as by:
            row = agreement_reads.suggestions_for(agreement, by).get(pk=suggestion.pk)
            agreements.decline_suggestion(
                suggestion=row, by=by, answer=self.say("agreements.ClauseSuggestion.answer", *readers)
            )

    def _talk(self, agreement: TestingAgreement, agency: str, readers: tuple[str, ...]) -> None:
        """Remarks for all and for one's own house, a return, and the next version."""
        for home, role in ((self.key, "counsel"), (agency, "counsel")):
            with self.by(role, home) as by:
                row = agreement_in.seen(agreement, by)
                text = self.say("agreements.ClauseComment.text", *readers, home=home)
                agreements.comment(agreement=row, by=by, text=text, clause_id="purpose", now=True)
                text = self.say("agreements.ClauseComment.text", home, home=home)
                agreements.comment(agreement=row, by=by, text=text, audience="own", now=True)
        self._suggest(agreement, agency, readers)
        with self.by("counsel", agency) as by:
            text = self.say("agreements.Concurrence.comment", *readers, home=agency)
            agreements.return_with_comments(agreement=agreement, by=by, comment=text, clause_ids=["purpose"])
        with self.by("drafter") as by:
            row = agreement_in.seen(agreement, by)
            agreements.begin_version(agreement=row, by=by)
            clauses = {"purpose": self.say("agreements.AgreementClause.text", *readers)}
            agreements.save_draft(agreement=row, by=by, row_version=1, variables={}, clauses=clauses)
            agreements.propose_version(agreement=row, by=by)

    def _keep(self, agreement: TestingAgreement, home: str, role: str) -> None:
        """A remark that nobody has read but who wrote it."""
        with self.by(role, home) as by:
            text = self.say("agreements.ClauseComment.text", home, home=home)
            row = agreements.comment(agreement=agreement_in.seen(agreement, by), by=by, text=text, clause_id="term")
            self.objects.setdefault("comment", row.pk)

    def _cleared(self, agreement: TestingAgreement, agencies: tuple[str, ...]) -> None:
        for organisation in agencies:
            agreement_in.authority(self.world, organisation)
        with self.by("drafter") as by:
            agreements.open_clearance(agreement=agreement, by=by)
        for agency in agencies:
            agreement_in.concur(self.world, agreement, agency)
            with self.by("counsel", agency) as by:
                asked = deviations.open_in(agreement_in.seen(agreement, by))
            if asked and agency == PARTIES[0]:  # whose counsel walks
                text = self.say("agreements.ClauseComment.text", agency, home=agency)
                agreement_in.decide(self.world, agreement, agency, reason=text)
            else:
                agreement_in.decide(self.world, agreement, agency)
        with self.by("drafter") as by:
            agreements.open_for_signature(agreement=agreement, by=by)

    def _reassigned(self, agreement: TestingAgreement, readers: tuple[str, ...]) -> None:
        """Somebody else of the developer is asked to sign."""
        deputy = self.world.person(self.key, "security")
        with self.by("administrator") as by:
            seat = Membership.objects.get(organisation=self.home, user=deputy)
            accounts.change_roles(membership=seat, roles=["security", "signatory"], by=by)
        authority = agreement_in.authority(self.world, self.key, number=f"{self.key}-2026-2", holder=deputy)
        with self.by("drafter") as by:
            why = self.say("agreements.Signatory.voided_reason", *readers)
            first = agreement_in.seen(agreement, by).plan[0]
            new = agreements.reassign(agreement=agreement, signatory=first, authority=authority, by=by, reason=why)
        self.objects["signatory"] = new.pk

    def _card(self, agreement: TestingAgreement) -> None:
        """The signatory enrols a card, and holds the file that they sign on it."""
        with self.by("signatory") as by:
            content = elsewhere.card(by.name).certificate
            row = agreements.enrol_certificate(
                organisation=self.home, certificate=content, by=by, stepped_up_at=timezone.now()
            )
        self._cleared(agreement, PARTIES[:1])
        with self.by("signatory") as by:
            agreements.take_file(agreement=agreement_in.seen(agreement, by), by=by)
        self.objects |= {
            "own_certificate": row.pk, "card_signing": agreement.reference, "device_signing": agreement.reference,
        }  # fmt: skip

    def _signed(self, agreement: TestingAgreement) -> None:
        self._cleared(agreement, PARTIES)
        for organisation in (self.key, *PARTIES):
            agreement_in.sign(self.world, agreement, organisation)

    # models and requests

    def _models(self) -> None:
        with self.by("drafter") as by:
            model = developers.register_model(
                developer=self.home, by=by, codename=self.say("developers.FrontierModel.codename", *self.agencies),
                family=self.say("developers.FrontierModel.family", *self.agencies),
                public_name=self.say("developers.FrontierModel.public_name", *self.agencies),
            )  # fmt: skip
            self.checkpoint = developers.register_checkpoint(
                model=model, by=by, label=self.say("developers.ModelCheckpoint.label", *self.agencies),
                configuration_sha256="ab" * 32, variants=["production", "helpful_only"],
                configuration_note=self.say("developers.ModelCheckpoint.configuration_note", *self.agencies),
            )  # fmt: skip
            hidden = developers.register_model(
                developer=self.home, by=by, codename=self.say("developers.FrontierModel.codename", *self.own)
            )
            developers.register_checkpoint(
                model=hidden, by=by, label=self.say("developers.ModelCheckpoint.label", *self.own),
                configuration_sha256="cd" * 32, variants=["production"],
            )  # fmt: skip
        self.objects |= {"model": model.reference, "checkpoint": self.checkpoint.pk}
        client, key = client_for(self.drafter), "accounts.IdempotencyRecord.key"
        codename = {"codename": self.say("developers.FrontierModel.codename", *self.own)}
        answer = client.post(
            "/api/v1/models/", codename, content_type="application/json",
            headers={"Idempotency-Key": self.say(key, *self.own)},
        )  # fmt: skip
        assert answer.status_code == 201, answer.content


def rename(organisation: Organisation, aviary: Aviary) -> None:
    """Give a developer and its people names that are canaries; agencies read the organisation's, parties the people's."""
    key = "aurora" if organisation.name.startswith("Aurora") else "basalt"
    with rls.context(organisations=(organisation.pk,), actor="system:test"):
        name = aviary.mint(key, "accounts.Organisation.name", {key, "agency", "auditor", "guest"}, 60)
        Organisation.objects.filter(pk=organisation.pk).update(name=name)
        organisation.name = name
        for seat in Membership.objects.filter(organisation=organisation).select_related("user"):
            words = {key, *PARTIES, *ELSEWHERE, CAISI, "auditor", "guest"}
            name, post = (aviary.mint(key, f"accounts.User.{f}", words, 60) for f in ("name", "post"))
            User.objects.filter(pk=seat.user_id).update(name=name, post=post)
