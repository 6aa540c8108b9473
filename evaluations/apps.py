"""evaluations as a Django application: plugs its verbs, job kinds, notices, inbox and endings into the rooms below."""

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    """Routing, assignments, access verification."""

    name = "evaluations"

    def ready(self) -> None:
        """Fill the registries."""
        from accounts import search
        from agencies import hooks as agencies
        from audit import verbs
        from early_access import hooks
        from evaluations import notices, policies, queries
        from evaluations.actions import endings, findings, overloads, standing, verification
        from evaluations.queries import calendar as dates
        from evaluations.queries import duties
        from evaluations.queries import search as searched
        from jobs import kinds
        from notifications import calendar, inbox
        from notifications import duties as board

        notices.register()
        inbox.register(queries.inbox)
        calendar.register(dates.calendar)
        board.register(duties.source)
        search.register("Assignments", searched.assignments)
        search.register("Findings", searched.findings)
        search.register("Incidents", searched.incidents)
        search.register("Organisations", searched.organisations)
        kinds.register("evaluations.route", finish="evaluations.tasks.route")
        kinds.register("evaluations.receive", finish="evaluations.tasks.receive")
        kinds.register(
            "evaluations.verify_access",
            work="evaluations.tasks.verify_access",
            finish="evaluations.tasks.record_verification",
            seconds=150,
            max_attempts=3,
        )
        kinds.register(
            "evaluations.prove_revocation",
            work="evaluations.tasks.prove_revocation",
            finish="evaluations.tasks.record_proof",
            seconds=60,
            max_attempts=3,
        )
        kinds.register(
            "evaluations.read_log",
            work="evaluations.tasks.read_log",
            finish="evaluations.tasks.record_log",
            seconds=150,
            max_attempts=3,
        )
        # No Celery worker runs it: a supervising process claims it and extends its lease (evaluations/supervisor.py).
        kinds.register("evaluations.run", finish="evaluations.tasks.not_here", seconds=40, max_attempts=10)
        kinds.register(
            "evaluations.open_log",
            work="evaluations.tasks.open_log",
            finish="evaluations.tasks.record_view",
            seconds=150,
            max_attempts=3,
        )
        for name in (
            "watch_run", "end_fact_check", "report_overdue", "reconcile", "remind_of_answer", "lapse", "look_at_places",
        ):  # fmt: skip
            kinds.register(f"evaluations.{name}", finish=f"evaluations.tasks.{name}")
        for registry, function in (
            (hooks.on_withdraw, endings.stop_all),
            (hooks.on_window_closed, endings.window_closed),
            (hooks.on_access_rests, standing.access_rests),
            (hooks.on_access_goes_on, standing.access_goes_on),
            (hooks.on_access_ended, standing.access_ended),
            (hooks.on_closed, endings.request_closed),
            (hooks.reports_of, queries.of_request),
            (agencies.on_capacity_changed, overloads.capacity_changed),
            (hooks.on_window_opened, verification.window_opened),
            (hooks.on_key_replaced, verification.key_replaced),
            (hooks.on_proof_asked, verification.proof_asked),
            (hooks.on_change_announced, verification.change_announced),
            (hooks.runs_of, queries.measured),
            (hooks.endpoints_of, queries.endpoints),
            (hooks.may_open_credential, policies.opening_gate),
            (hooks.on_release_issued, findings.leave_open),
            (hooks.open_findings, queries.open_findings),
            (hooks.read_results, queries.read_own_results),
        ):
            if function not in registry:
                registry.append(function)  # type: ignore[arg-type]  # each pair fits; the loop's type is their union
        verbs.register(
            {
                "evaluations.routed": "routed the request",
                "evaluations.asked_again": "asked for another pass of the router",
                "evaluations.proposed": "proposed the assignment",
                "evaluations.received": "received the assignment",
                "evaluations.accept": "accepted the assignment",
                "evaluations.decline": "declined the assignment",
                "evaluations.answer_reminded": "reminded of the answer that is due",
                "evaluations.lapse": "let the assignment lapse, which nobody had answered",
                "evaluations.attested": "attested",
                "evaluations.prepare": "agreed rules of engagement",
                "evaluations.start": "started testing",
                "evaluations.pause": "paused testing",
                "evaluations.resume": "resumed testing",
                "evaluations.analyse": "ended testing and began analysis",
                "evaluations.report_begun": "began a draft of the report",
                "evaluations.detail_saved": "changed what the report says for a criterion",
                "evaluations.ask_fact_check": "sent the report for a fact check",
                "evaluations.facts_commented": "commented on the facts",
                "evaluations.hand_back_facts": "handed the fact check back",
                "evaluations.end_fact_check": "ended the fact check, which was due",
                "evaluations.deliver_report": "delivered the report",
                "evaluations.report_corrected": "delivered a corrected version of the report",
                "evaluations.report_received": "opened the report for the first time",
                "evaluations.report_downloaded": "downloaded the report",
                "evaluations.publication_asked": "showed a text that is to be published",
                "evaluations.publication_answered": "answered a text that is to be published",
                "evaluations.published": "recorded a publication",
                "evaluations.report_overdue": "noted that the report is overdue",
                "evaluations.end_without_report": "ended the assignment without a report",
                "evaluations.close": "closed the assignment",
                "evaluations.stop": "stopped testing",
                "evaluations.rules_drafted": "began the next routing rules",
                "evaluations.rules_edited": "changed the draft of the routing rules",
                "evaluations.rules_discarded": "discarded the draft of the routing rules",
                "evaluations.rules_published": "published routing rules",
                "evaluations.take_back": "took the assignment back",
                "evaluations.reassigned": "took the request back from an agency or gave it to one",
                "evaluations.recuse": "stepped back from the test",
                "evaluations.agency_excluded": "excluded an agency",
                "evaluations.exclusion_lifted": "let an excluded agency in again",
                "evaluations.conflict_declared": "recorded a conflict of interest",
                "evaluations.agency_recused": "recused the agency from tests of a developer",
                "evaluations.conflict_ended": "ended a conflict of interest",
                "evaluations.verification_asked": "asked for access verification",
                "evaluations.log_uploaded": "uploaded a log",
                "evaluations.log_opened": "opened the log to read samples of it",
                "evaluations.log_refused": "could not read the log",
                "evaluations.run_recorded": "read the log",
                "evaluations.run_launched": "asked the agency's runner for a run",
                "evaluations.run_started": "started the run",
                "evaluations.run_stop_asked": "stopped the run",
                "evaluations.run_halted": "had to stop the run",
                "evaluations.run_lost": "lost the run: its supervisor was gone",
                "evaluations.run_ended": "ended the run",
                "evaluations.run_resumed": "went on with the run",
                "evaluations.run_shared": "shared a run with the developer",
                "evaluations.baseline_added": "added a comparison",
                "evaluations.run_notes_saved": "saved notes on a run",
                "evaluations.finding_drafted": "drafted a finding",
                "evaluations.finding_edited": "changed the draft",
                "evaluations.finding_discarded": "discarded the draft",
                "evaluations.finding_commented": "commented",
                "evaluations.finding_share": "shared the finding with the developer",
                "evaluations.finding_acknowledge": "acknowledged the finding",
                "evaluations.finding_dispute": "disputed the finding",
                "evaluations.finding_uphold": "upheld the finding",
                "evaluations.finding_withdraw_finding": "withdrew the finding",
                "evaluations.finding_plan": "planned a remedy",
                "evaluations.finding_remedy": "reported it remedied",
                "evaluations.finding_retest": "recorded a retest",
                "evaluations.finding_resolve": "resolved the finding",
                "evaluations.finding_reopen": "found it still there",
                "evaluations.finding_leave_open": "issued a release notice while it was open",
                "evaluations.finding_accept_risk": "accepted the risk",
                "evaluations.incident_reported": "reported an incident",
                "evaluations.incident_contain": "contained the incident",
                "evaluations.incident_contain_after": "contained the incident",
                "evaluations.incident_notify": "notified the other side",
                "evaluations.incident_investigate": "recorded the investigation",
                "evaluations.incident_noted": "added a note to the incident",
                "evaluations.incident_close": "closed the incident",
                "evaluations.verified": "verified access",
                "evaluations.not_verified": "found that access does not work",
            }
        )
