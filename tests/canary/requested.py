"""A developer's requests: drafts, one before its window, one whose window is open, one withdrawn, and what happens to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Organisation
from agreements.standing import in_force_of
from developers import actions as developers
from developers.models import ModelCheckpoint
from early_access import actions as early_access
from early_access.models import (
    VETTING,
    DesignationInquiry,
    EarlyAccessRequest,
    ReturnItem,
    TrustedPartnerNomination,
    WeightsReceipt,
)
from evaluations import actions as evaluations
from evaluations import queries
from evaluations.models import RoutingAttempt, RoutingDecision
from tests.canary.tested import CAISI
from tests.early_access import factories as request_in
from tests.early_access import papers
from tests.early_access import test_weights as weights_in
from tests.world import World

WEIGHTS = ("weights_format", "weights_runtime", "weights_serving", "weights_hardware")


class Requested:
    """This part of a house (see house.py)."""

    world: World
    key: str
    home: Organisation
    checkpoint: ModelCheckpoint
    opened: EarlyAccessRequest
    own: tuple[str, ...]
    agencies: tuple[str, ...]
    objects: dict[str, Any]

    def say(self, place: str, *readers: str, home: str = "") -> str:
        """A canary for a field."""
        raise NotImplementedError

    def by(self, role: str, home: str = "") -> Any:
        """A block as somebody."""
        raise NotImplementedError

    def _requests(self) -> None:
        """A draft, one before its window, one whose window is open."""
        draft = self._draft_request(self.checkpoint, self.own)
        self.objects["draft_request"] = draft.reference
        with self.by("security") as by:
            asked = self.say("early_access.SectionTask.question", *self.own)
            early_access.ask_in_section(request=draft, section="dates", question=asked, by=by)
        with self.by("drafter") as by:
            told = self.say("early_access.SectionTask.answer", *self.own)
            early_access.answer_in_section(request=draft, section="dates", answer=told, by=by)
        waiting = self._submitted()
        self.opened = self._submitted()
        self.objects |= {"submitted": waiting.reference, "opened": self.opened.reference}
        self._documents(waiting)
        with self.by("intake", "commerce") as by:
            early_access.acknowledge(request=self.opened, by=by)
            question = self.say("early_access.EarlyAccessRequest.question", *self.agencies)
            early_access.ask_for_information(request=self.opened, question=question, by=by)
        with self.by("drafter") as by:
            text = self.say("early_access.EarlyAccessRequest.answer", *self.agencies)
            early_access.answer(request=self.opened, text=text, by=by)
        with self.by("intake", "commerce") as by:
            early_access.accept(request=self.opened, by=by)
            early_access.confirm_schedule(request=self.opened, by=by)

    def _draft_request(self, checkpoint: ModelCheckpoint, readers: tuple[str, ...]) -> EarlyAccessRequest:
        filled = request_in.sections(checkpoint)
        filled["identity"]["changes_since"] = self.say("early_access.EarlyAccessRequest.changes_since", *readers)
        address = self.say("early_access.AccessSpecification.base_url", *readers)
        filled["access"] |= {
            "base_url": f"https://models.{self.key}.example/{address}",
            **{
                name: self.say(f"early_access.AccessSpecification.{name}", *readers)
                for name in ("model_name", "tls", "allowed_from", "tool_defects", "retention_exceptions")
            },
        }
        holders = (self.key, CAISI, "commerce")
        own = self.say("early_access.AccessCredential.base_url", *holders)
        filled["variants"]["variants"] = ["production", "helpful_only"]
        filled["agencies"]["without_helpful_only"] = ["treasury"]
        filled["credential"] = {
            "secret": self.say("early_access.AccessCredential.ciphertext"),
            "helpful_only_secret": self.say("early_access.AccessCredential.ciphertext"),
            "helpful_only_base_url": f"https://bare.{self.key}.example/{own}",
            "helpful_only_model_name": self.say("early_access.AccessCredential.model_name", *holders),
        }
        filled["documents"] = {
            name: self.say(f"early_access.EarlyAccessRequest.{name}", *readers)
            for name in ("intended_uses", "limitations")
        }
        filled["documents"]["assertions"] = self.say("early_access.RequestStatement.text", *readers)
        filled["confidentiality"]["statement"] = self.say("early_access.ConfidentialityMarking.statement", *readers)
        for purpose, fields in (
            ("incident", ("name", "phone", "hours")),
            ("rotation", ("name",)),
            ("policy", ("name",)),
        ):
            contact = {f"{purpose}_{f}": self.say(f"early_access.Contact.{f}", *readers) for f in fields}
            contact[f"{purpose}_email"] = f"{self.say('early_access.Contact.email', *readers)}@x.example"
            filled["contacts"] |= contact
        with self.by("drafter") as by:
            row = early_access.create(developer=self.home, by=by)
            for name, data in filled.items():
                early_access.save_section(request=row, section=name, data=data, row_version=0, by=by)
        return row

    def _documents(self, request: EarlyAccessRequest) -> None:
        """A bill of materials and a card; what the bill says is also what it offers."""
        with self.by("drafter") as by:
            for kind, ending in (("ml_bom", "json"), ("model_card", "md")):
                said = self.say("early_access.RequestDocument.said", *self.agencies)
                bill = papers.packed(papers.bill(considerations={"technicalLimitations": [said]}))
                name = self.say("early_access.RequestDocument.file_name", *self.agencies)
                content = bill if kind == "ml_bom" else f"# Card\n\n{said}\n".encode()
                early_access.attach(request=request, kind=kind, name=f"{name}.{ending}", content=content, by=by)
        self._claims(request)

    def _claims(self, request: EarlyAccessRequest) -> None:
        """A result of the developer's own that stands, and one of a variant that Treasury has no consent to, taken back."""
        for variant, readers in (("production", self.agencies), ("helpful_only", (self.key, CAISI, "commerce"))):
            with self.by("drafter") as by:
                words = {
                    name: self.say(f"early_access.ClaimedResult.{name}", *readers)
                    for name in ("suite", "suite_version", "metric", "method", "source")
                }
                made = early_access.state_result(
                    request=request, checkpoint=self.checkpoint.pk, variant=variant, estimate=0.4, n=40, by=by, **words
                )
                if variant == "helpful_only":
                    why = self.say("early_access.ClaimedResult.taken_back_why", *readers)
                    early_access.take_back_result(claim=made, why=why, by=by)
                else:
                    self.objects["claim"] = made.pk

    def _submitted(self) -> EarlyAccessRequest:
        row = self._draft_request(self.checkpoint, self.agencies)
        with self.by("drafter") as by:
            return early_access.submit(request=row, by=by)

    def _delays(self) -> None:
        """What was blocked, as each side reports it, and two proposals for a longer window."""
        with self.by("drafter"):
            request = EarlyAccessRequest.objects.select_related("window").get(pk=self.opened.pk)
        began, until = request.window.opened_at.replace(second=0, microsecond=0), request.window.ends_on
        theirs = (self.key, CAISI, "commerce")
        with self.by("evaluator", CAISI) as by:
            why = self.say("early_access.BlockedTime.why", *theirs)
            row = early_access.report_blocked(
                request=request,
                agency=self.world.agency(CAISI),
                cause="agency",
                began_at=began,
                ended_at=None,
                why=why,
                by=by,
            )
            early_access.correct_blocked(
                blocked=row, row_version=row.row_version, began_at=began, ended_at=timezone.now(), why=why, by=by,
                correction=self.say("early_access.BlockedTime.correction", *theirs),
            )  # fmt: skip
        with self.by("security") as by:
            row = early_access.report_blocked(
                request=request, agency=None, cause="developer", began_at=began, ended_at=None, by=by,
                why=self.say("early_access.BlockedTime.why", *self.agencies),
            )  # fmt: skip
            early_access.announce_change(
                request=request, access={"requests_per_minute": 90}, by=by,
                sentence=self.say("early_access.PinnedState.sentence", *self.agencies),
            )  # fmt: skip
        for answer in (self.say("early_access.WindowExtension.answer", *self.agencies), ""):
            why = self.say("early_access.WindowExtension.why", *self.agencies)
            with self.by("intake", "commerce") as by:
                made = early_access.propose_extension(
                    request=request, ends_on=until + timedelta(days=5), why=why, by=by
                )
            if answer:
                with self.by("drafter") as by:
                    early_access.refuse_extension(extension=made, answer=answer, by=by)
        self.objects |= {"blocked": row.pk, "extension": made.pk}

    def _inquiries(self) -> None:
        """What NSA was asked about a model that no agency reads of: answered, asked anew, and still a draft."""
        nsa = (self.key, "nsa")
        with self.by("drafter") as by:
            model = developers.register_model(
                developer=self.home, by=by, codename=self.say("developers.FrontierModel.codename", *nsa)
            )
            labels = (self.say("developers.ModelCheckpoint.label", *nsa) for _ in range(3))
            built = [
                developers.register_checkpoint(
                    model=model, by=by, label=label, configuration_sha256=f"{n}e" * 32, variants=["production"]
                )
                for n, label in enumerate(labels)
            ]
        for checkpoint in built[:2]:
            with self.by("drafter") as by:
                asked = self._inquiry(checkpoint, by, *nsa)
                early_access.submit_inquiry(inquiry=asked, by=by)
            with self.by("designator", "defense-nsa") as by:
                early_access.acknowledge_inquiry(inquiry=asked, by=by)
                early_access.begin_benchmark(inquiry=asked, by=by)
                if checkpoint is built[0]:
                    today, said = request_in.today(), "answered_by_classified_channel"
                    early_access.determine(inquiry=asked, outcome=said, office="director", answered_on=today, by=by)
        with self.by("drafter") as by:
            draft = self._inquiry(built[2], by, *self.own)
        self.objects |= {"inquiry": asked.reference, "draft_inquiry": draft.reference}

    def _inquiry(self, checkpoint: ModelCheckpoint, by: Any, *readers: str) -> DesignationInquiry:
        note = self.say("early_access.DesignationInquiry.note", *readers)
        return early_access.ask(
            developer=self.home, checkpoint=checkpoint.pk, classified_reply="known", note=note, by=by
        )

    def _partners(self) -> None:
        """Partners that Commerce nominated: one is vetted, one agreed, one has access and is suspended."""
        sides, met = (self.key, "commerce"), dict.fromkeys(VETTING, "met")
        for name in ("partner", "agreed_partner", "active_partner"):
            with self.by("intake", "commerce") as by:
                request = EarlyAccessRequest.objects.get(pk=self.opened.pk)
                row = early_access.nominate(
                    request=request, agency=self.world.agency("commerce"), kind="operator", purpose="defend", by=by,
                    name=self.say("early_access.TrustedPartner.name", *sides),
                    country=self.say("early_access.TrustedPartner.country", *sides),
                    why=self.say("early_access.TrustedPartnerNomination.why", *sides),
                    access_from=request.trusted_partner_on,
                )  # fmt: skip
            with self.by("drafter") as by:
                row = early_access.begin_vetting(nomination=row, by=by)
                note = self.say("early_access.TrustedPartnerNomination.vetting_note", *sides)
                version = row.row_version
                early_access.save_vetting(nomination=row, row_version=version, checks=met, note=note, by=by)
            self.objects[name] = row.reference
            if name == "partner":
                continue
            for role, home in (("drafter", ""), ("intake", "commerce")):
                with self.by(role, home) as by:
                    row.refresh_from_db()
                    early_access.consent_to_partner(nomination=row, row_version=row.row_version, by=by)
            if name == "active_partner":
                self._access(row, sides)

    def _access(self, row: TrustedPartnerNomination, sides: tuple[str, ...]) -> None:
        """Given before its day, which no action does, and suspended for a reason."""
        with self.by("drafter") as by:
            under = in_force_of(self.home.pk, self.world.agency("commerce"), by)[0].reference
            early_access.record_terms(nomination=row, agreement=under, signed_on=request_in.today(), by=by)
            TrustedPartnerNomination.objects.filter(pk=row.pk).update(status="access_active", active_at=timezone.now())
        with self.by("intake", "commerce") as by:
            reason = self.say("early_access.TrustedPartnerNomination.reason", *sides)
            early_access.suspend_partner(nomination=row, reason=reason, by=by)

    def _leaving(self) -> None:
        """Release notices, planned and issued; a withdrawal with what is returned."""
        day = request_in.today() + timedelta(days=90)
        with self.by("drafter") as by:
            request = EarlyAccessRequest.objects.get(pk=self.opened.pk)
            for readers in (self.agencies, self.own):
                rationale = self.say("early_access.ReleaseNotice.rationale", *readers)
                notice = early_access.plan_release(request=request, release_on=day, rationale=rationale, by=by)
                if len(readers) > 1:
                    early_access.issue_release(notice=notice, by=by)
            self.objects["release"] = notice.pk
        self._weights()
        leaving = self._submitted()
        with self.by("drafter") as by:
            reason = self.say("early_access.Withdrawal.reason", *self.agencies)
            early_access.withdraw(request=leaving, by=by, reason=reason)
        with self.by("router", "treasury") as by:
            item = ReturnItem.objects.get(request=leaving, agency=self.world.agency("treasury"))
            text = self.say("early_access.ReturnItem.statement", self.key, "treasury", home="treasury")
            early_access.answer_return(item=item, outcome="destroyed", statement=text, by=by)
        with self.by("router", "commerce"):
            attempt = RoutingAttempt.objects.filter(request=self.opened).first()
            decision = RoutingDecision.objects.filter(attempt=attempt).first()
        self.objects |= {"withdrawn": leaving.reference, "return_item": item.pk, "attempt": attempt and attempt.pk}
        self.objects |= {"decision": decision and decision.pk, "rule_draft": self._rules()}

    def _weights(self) -> None:
        """A request by weights that was withdrawn, with what Treasury received and its certificate of destruction."""
        treasury, theirs = self.world.agency("treasury"), (self.key, "treasury")
        access: dict[str, Any] = {"method": "weights_by_agency_channel"}
        access |= {f: self.say(f"early_access.AccessSpecification.{f}", *self.agencies) for f in WEIGHTS}
        with self.by("drafter") as by:
            row = early_access.create(developer=self.home, by=by)
            for name, data in request_in.sections(self.checkpoint, access=access).items():
                early_access.save_section(request=row, section=name, data=data, row_version=0, by=by)
            early_access.register_signer(request=row, pem=weights_in.PEM, by=by)
            said = {f: self.say(f"early_access.WeightsManifest.{f}", *self.agencies) for f in ("location", "custodian")}
            made = early_access.register_manifest(request=row, bundle=weights_in.BUNDLE, by=by, **said)
            early_access.submit(request=row, by=by)
        with self.by("evaluator", "treasury") as by:  # as if the window had been open
            name = self.say("early_access.WeightsReceipt.differences", *theirs, home="treasury")
            WeightsReceipt.objects.create(
                request=row, manifest=made, developer=self.home, agency=treasury, root_sha256="0" * 64, matches=False,
                differences=[{"name": name, "what": "added"}], signer_confirmed=False, confirmed_by=by,
                statement=self.say("early_access.WeightsReceipt.statement", *theirs, home="treasury"),
            )  # fmt: skip
        with self.by("drafter") as by:
            early_access.withdraw(request=EarlyAccessRequest.objects.get(pk=row.pk), by=by)
        with self.by("evaluator", "treasury") as by:
            item = ReturnItem.objects.get(request=row, agency=treasury)
            early_access.answer_return(
                item=item, outcome="destroyed", method="deleted", destroyed_on=timezone.now().date(), by=by,
                statement=self.say("early_access.DestructionCertificate.text", *theirs, home="treasury"),
            )  # fmt: skip
        self.objects["weights"] = row.reference

    def _rules(self) -> Any:
        """The draft of Commerce's next rules: the agency's, whoever the developer is."""
        commerce = self.world.agency("commerce")
        with self.by("router", "commerce") as by:
            return (queries.draft_of(commerce) or evaluations.draft_rules(router=commerce, by=by)).pk
