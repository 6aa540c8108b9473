"""The rooms in which CAISI tests a developer's model: runs, findings and reports, what is shared of them and what is not."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from agencies import actions as agencies
from agencies.models import CapacityPeriod
from core import page_keys
from early_access import actions as early_access
from early_access.models import AccessCredential, EarlyAccessRequest, RevocationProof, VariantConsent
from evaluations import actions as evaluations
from evaluations import queries
from evaluations.models import AccessCheck, EvaluationAssignment, PlaceOverload, Result, RunLog
from evaluations.rules.notes import NUMBERS
from evaluations.rules.notes import TEXTS as NOTES
from jobs.testing import run_due
from tests.evaluations import launching, reporting
from tests.evaluations.formats.test_kinds import packed, sarif
from tests.evaluations.formats.test_kinds import steps as steps_of
from tests.evaluations.test_runs import own as log_of
from tests.world import World, acting

CAISI = "commerce-caisi"


class Tested:
    """This half of a house (see house.py)."""

    world: World
    key: str
    drafter: User
    opened: EarlyAccessRequest
    agencies: tuple[str, ...]
    inside: tuple[str, ...]
    objects: dict[str, Any]

    def say(self, place: str, *readers: str, home: str = "") -> str:
        """A canary for a field."""
        raise NotImplementedError

    def by(self, role: str, home: str = "") -> Any:
        """A block as somebody."""
        raise NotImplementedError

    def _assignment(self, home: str) -> EvaluationAssignment:
        with self.by("evaluator", home) as by:
            rows = EvaluationAssignment.objects.visible_to(by).select_related("request", "agency", "developer")
            found: EvaluationAssignment = rows.get(request=self.opened, agency=self.world.agency(home))
            return found

    def _tests(self) -> None:
        """CAISI tests: runs, findings and a report, shared and not. Treasury turns the assignment down."""
        with self.by("evaluator", "treasury") as by:
            reason = self.say("evaluations.RoutingDecision.ended_reason", "treasury", "commerce", home="treasury")
            evaluations.decline(assignment=self._assignment("treasury"), reason=reason, by=by)
        row = self._assignment(CAISI)
        rules = {
            field: self.say(f"evaluations.RulesOfEngagement.{field}", *self.inside)
            for field in ("targets", "plan", "egress", "stop_conditions")
        }
        with self.by("evaluator", CAISI) as by:
            evaluations.accept(assignment=row, by=by)
            evaluations.attest(assignment=row, typed_name=by.name, consented=True, by=by)
            evaluations.prepare(assignment=row, by=by, **rules)
            sentence = self.say("evaluations.AccessCheck.probes", *self.inside)
            probes = [{"name": "reachable", "outcome": "passed", "sentence": sentence, "milliseconds": 3}]
            AccessCheck.objects.create(
                assignment=row, developer=row.developer, agency=row.agency, passed=True, probes=probes,
                fingerprint="f" * 64, started_at=timezone.now(), milliseconds=1,
            )  # fmt: skip
            row = self._assignment(CAISI)
            evaluations.move(assignment=row, verb="start", by=by)
            early_access.open_credential(
                credential=AccessCredential.objects.get(request=self.opened, variant=""), by=by, agency=row.agency,
                reason=self.say("early_access.CredentialOpening.reason", self.key, "attested", CAISI, "commerce"),
                stepped_up_at=timezone.now(),
            )  # fmt: skip
            self.objects["answer"] = early_access.ask_opening(
                credential=AccessCredential.objects.get(request=self.opened, variant=""), by=by, agency=row.agency,
                reason=self.say("early_access.CredentialOpening.reason", self.key, "attested", CAISI, "commerce"),
                public_key=page_keys.public_of(page_keys.new_key()), stepped_up_at=timezone.now(),
            ).pk  # fmt: skip
        self._revoked()
        row = self._assignment(CAISI)
        self.objects["assignment"] = row.reference
        self._places()
        self._runs(row)
        self._imports(row)
        self._findings(row)
        self._incidents(row)
        self._reports(row)

    def _places(self) -> None:
        """What agencies say among themselves: the note of a period, why somebody is kept out, why somebody stands back."""
        home = self.world.organisations[self.key]
        day = timezone.now().date()
        with self.by("router", "treasury") as by:
            day += timedelta(days=CapacityPeriod.objects.count())  # the other developer's house has one there
            note = self.say("agencies.CapacityPeriod.note", "treasury", home="treasury")
            period = agencies.save_period(
                agency=self.world.agency("treasury"), domain="critical_infrastructure", starts_on=day, ends_on=day, places=1,
                note=note,
                by=by,
            )  # fmt: skip
            overload = PlaceOverload.objects.create(
                agency=self.world.agency("treasury"), router=self.world.agency("commerce"), domain="critical_infrastructure",
                first_on=day, last_on=day, places=1, taken=2, settled_at=timezone.now(),
            )  # fmt: skip
        with self.by("router", "commerce") as by:
            reason = self.say("evaluations.RoutingExclusion.reason", "commerce", home="commerce")
            exclusion = evaluations.exclude_agency(
                router=self.world.agency("commerce"), agency=self.world.agency("homeland"), developer=home, until=day,
                reason=reason, by=by,
            )  # fmt: skip
        with self.by("administrator", "treasury") as by:
            reason = self.say("evaluations.ConflictOfInterest.reason", "treasury", home="treasury")
            conflict = evaluations.declare_conflict(
                agency=self.world.agency("treasury"), developer=home, reason=reason, by=by
            )
        with self.by("counsel", "treasury") as by:  # who walks
            words = self.say("evaluations.ConflictOfInterest.ended_reason", "treasury", home="treasury")
            evaluations.end_conflict(conflict=conflict, reason=words, by=by)
        self.objects |= {
            "period": period.pk, "overload": overload.pk, "exclusion": exclusion.pk, "conflict": conflict.pk,
        }  # fmt: skip

    def _revoked(self) -> None:
        """A key that CAISI opened was replaced, and its worker asked the endpoint about it."""
        with self.by("security") as by:
            row = EarlyAccessRequest.objects.get(pk=self.opened.pk)
            secret = self.say("early_access.AccessCredential.ciphertext")
            early_access.replace_key(request=row, secret=secret, expires_on=None, by=by)
            proof = RevocationProof.objects.select_related("agency", "request").get(request=self.opened)
            self.objects["proof"] = proof.pk
            consent = VariantConsent.objects.filter(request=self.opened, agency=self.world.agency("treasury"))
            self.objects["consent"] = consent.values_list("pk", flat=True)[0]
        with self.by("evaluator", CAISI):
            seen = self.say("early_access.RevocationProof.sentence", self.key, "attested", CAISI, "commerce")
            early_access.record_proof(proof=proof, outcome="still_taken", sentence=seen)

    def _runs(self, row: EvaluationAssignment) -> None:
        mine = ("attested",)
        shared, kept = (self._run(row, readers) for readers in (self.inside, mine))
        model = self.say("evaluations.RunLog.refused", *mine, home=CAISI)
        refused = self._upload(row, log_of({}, model=f"mockllm/{model}"), reason_for_import=" ")
        run_due(kinds=("evaluations.read_log",))
        with self.by("evaluator", CAISI) as by:
            shared, kept = (RunLog.objects.select_related("run").get(pk=log.pk) for log in (shared, kept))
            assert shared.run and kept.run, (shared.refused, kept.refused)
            for log, readers in ((shared, self.inside), (kept, mine)):
                said = {
                    f: self.say(f"evaluations.Baseline.{f}", *readers, home=CAISI)
                    for f in ("name", "same_conditions", "source")
                }
                result = Result.objects.filter(run=log.run).first()
                evaluations.add_baseline(
                    run=log.run, result=result, kind="human_expert", estimate=0.5, n=5, by=by, **said
                )  # fmt: skip
                evaluations.save_run_notes(run=log.run, row_version=0, by=by, **self._notes(readers))
            copy = evaluations.share_run(run=shared.run, by=by)
            launch = evaluations.launch(assignment=row, by=by, **launching.ASKED)
            self.objects |= {
                "run": shared.pk,
                "run_row": shared.run.pk,
                "kept_run": kept.pk,
                "refused_run": refused.pk,
                "shared_run": copy.pk,
                "launch": launch.pk,
            }

    def _imports(self, row: EvaluationAssignment) -> None:
        """Steps of a range and what a scanner found, which the developer is not told of."""
        steps = steps_of(f"nets,model,{self.say('evaluations.EvaluationRun.ranges', 'attested', home=CAISI)},1,8,3")
        rule = self.say("evaluations.EvaluationRun.alerts", "attested", home=CAISI)
        for data in (steps, packed(sarif({"ruleId": rule}))):
            self._upload(row, data)
        run_due(kinds=("evaluations.read_log",))

    def _notes(self, readers: tuple[str, ...]) -> dict[str, Any]:
        said = {
            name: self.say(f"evaluations.RunNotes.{name}", *readers, home=CAISI)
            for name in NOTES
            if name != "prompt_sha256"
        }
        return {"prompt_sha256": "", **dict.fromkeys(NUMBERS), **said}

    def _run(self, row: EvaluationAssignment, readers: tuple[str, ...]) -> RunLog:
        task = self.say("evaluations.EvaluationRun.suite", *readers, home=CAISI)
        version = self.say("evaluations.EvaluationRun.suite_version", *readers, home=CAISI)
        scorer = self.say("evaluations.Result.scorer", *readers, home=CAISI)
        data = log_of(
            {"results": {"scores": [{"name": scorer, "scorer": scorer, "metrics": {"accuracy": {"value": 1.0}}}]}},
            [{"id": 1, "epoch": 1, "scores": {scorer: {"value": "C"}}}],
            task=task, task_version=version, task_id=self.say("evaluations.EvaluationRun.external_task_id", "attested", home=CAISI),
        )  # fmt: skip
        return self._upload(row, data)

    def _upload(self, row: EvaluationAssignment, data: bytes, **changes: str) -> RunLog:
        said: dict[str, Any] = {
            "domain": "cybersecurity", "variant": "production", "restricted": False,
            "file_name": self.say("evaluations.RunLog.file_name", "attested", home=CAISI),
            "reason_for_import": self.say("evaluations.RunLog.reason_for_import", "attested", home=CAISI),
        } | changes  # fmt: skip
        with self.by("evaluator", CAISI) as by:
            return evaluations.upload_log(assignment=row, file=io.BytesIO(data), by=by, **said)

    def _findings(self, row: EvaluationAssignment) -> None:
        with self.by("evaluator", CAISI) as by:
            for readers in ((self.inside), ("attested",)):
                said = {
                    f: self.say(f"evaluations.Finding.{f}", *readers, home=CAISI)
                    for f in ("title", "text", "mitigation")
                }
                made = evaluations.draft_finding(
                    assignment=row, severity="high", domain="cybersecurity", run=None, by=by, **said
                )
                if self.key in readers:
                    self.objects["finding"] = made.reference
                    text = self.say("evaluations.FindingEntry.text", *self.inside, home=CAISI)
                    told = evaluations.move_finding(finding=made, verb="share", text=text, by=by)
        with acting(self.drafter) as by:
            text = self.say("evaluations.FindingEntry.text", *self.inside)
            handled = self.say("evaluations.FindingEntry.software_report", *self.inside)
            evaluations.comment_on_finding(finding=told, text=text, software_report=handled, by=by)

    def _incidents(self, row: EvaluationAssignment) -> None:
        """One that the developer was told of, and one that is the agency's own."""
        with self.by("evaluator", CAISI) as by:
            for readers in (self.inside, ("attested",)):
                place = "evaluations.EvaluationIncident."
                said = {f: self.say(f"{place}{f}", *readers, home=CAISI) for f in ("what_happened", "what_was_done")}
                made = evaluations.report_incident(
                    assignment=row, kind="leak", severity="low", discovered_at=timezone.now(), by=by, **said
                )
                text = self.say(f"{place}containment", *readers, home=CAISI)
                made = evaluations.move_incident(incident=made, verb="contain", text=text, by=by)
                said_so = self.say("evaluations.IncidentNote.text", *readers, home=CAISI)
                evaluations.note_incident(incident=made, text=said_so, by=by)
                if self.key not in readers:
                    continue
                self.objects["incident"] = made.reference
                for verb, f in (("notify", "notice"), ("investigate", "investigation"), ("close", "lessons")):
                    text = self.say(f"{place}{f}", *readers, home=CAISI)
                    made = evaluations.move_incident(incident=made, verb=verb, text=text, by=by)

    def _reports(self, row: EvaluationAssignment) -> None:
        """Drafted, checked by the developer, delivered; and a corrected draft that is the agency's alone."""
        evaluator = self.world.person(CAISI, "evaluator")
        with acting(evaluator) as by:
            evaluations.move(assignment=row, verb="analyse", by=by)
        row = self._assignment(CAISI)
        reporting.save(evaluator, row, **self._words(*self.inside))
        self._detail(row, "1ii", *self.inside)
        check = reporting.asked(evaluator, row)
        with acting(self.drafter) as by:
            text = self.say("evaluations.FactCheckComment.text", *self.inside)
            place = next(p for p in queries.places(check.content) if p.startswith("Run"))
            evaluations.comment_facts(fact_check=check, place=place, text=text, by=by)
            evaluations.hand_back_facts(fact_check=check, by=by)
        row = self._assignment(CAISI)
        made = reporting.deliver(evaluator, row)
        with acting(self.drafter) as by:
            evaluations.receive_report(report=made, by=by)
        with acting(evaluator) as by:
            text = self.say("evaluations.PublicationReview.text", *self.inside, home=CAISI)
            review = evaluations.ask_publication(report=made, text=text, by=by)
        with acting(self.drafter) as by:
            remark = self.say("evaluations.PublicationReview.remark", *self.inside)
            evaluations.answer_publication(review=review, verdict="leave_out", remark=remark, by=by)
        correction = self.say("evaluations.EvaluationReport.correction", "attested", home=CAISI)
        reporting.save(evaluator, self._assignment(CAISI), correction=correction, **self._words("attested"))
        self._detail(self._assignment(CAISI), "1iii", "attested")
        self.objects |= {
            "report": made.reference,
            "reported": row.reference,
            "fact_check": check.pk,
            "publication": review.pk,
        }

    def _detail(self, row: EvaluationAssignment, criterion: str, *readers: str) -> None:
        with self.by("evaluator", CAISI) as by:
            text = self.say("evaluations.ReportingDetail.text", *readers, home=CAISI)
            evaluations.save_detail(assignment=row, criterion=criterion, covers="part", text=text, row_version=0, by=by)

    def _words(self, *readers: str) -> dict[str, str]:
        place = "evaluations.EvaluationReport."
        return {f: self.say(f"{place}{f}", *readers, home=CAISI) for f in ("summary", "limitations")}
