"""agreements as a Django application: plugs its verbs, job kinds, notices and inbox into the rooms below."""

from django.apps import AppConfig

VERBS = {
    "agreements.started": "started the draft",
    "agreements.sent": "sent the agreement to the other parties",
    "agreements.commented": "commented on the text",
    "agreements.commented_inside": "left a comment for their own organisation",
    "agreements.comment_resolved": "resolved a comment",
    "agreements.comment_reopened": "opened a comment again",
    "agreements.returned": "returned it with comments",
    "agreements.version_proposed": "proposed a new version",
    "agreements.clearance_opened": "asked the agencies for their concurrence",
    "agreements.concurred": "concurred for their agency",
    "agreements.refused": "did not concur",
    "agreements.ways_set": "set how the agencies concur",
    "agreements.concurred_by_lapse": "counted silence as concurrence, by lapse of time",
    "agreements.answers_opened": "opened the sealed answers: all are in",
    "agreements.component_plan_set": "set which components of their agency concur first",
    "agreements.component_plan_taken_over": "took over from the agreement which components of an agency concur first",
    "agreements.component_concurred": "concurred for a component of their agency",
    "agreements.component_refused": "did not concur for a component of their agency",
    "agreements.component_answered": "gave the sealed answer of their component",
    "agreements.component_answers_opened": "opened the sealed answers of the components: all are in",
    "agreements.components_late": "noted that the day for the components has passed without every answer",
    "agreements.opened_for_signature": "opened it for signature",
    "agreements.file_taken": "took the file, to sign it outside Concord",
    "agreements.file_handed_out": "downloaded the file that is to be signed",
    "agreements.file_given_back": "gave the file back without a signature",
    "agreements.file_lapsed": "ended a turn with the file after its 24 hours",
    "agreements.device_asked": "had their signing device asked for a signature",
    "agreements.device_answered": "noted that a signing device has signed",
    "agreements.device_failed": "noted that a signing device made no signature",
    "agreements.device_stopped": "waited no longer for their signing device",
    "agreements.device_late": "ended a turn in which a signing device was asked, after its 15 minutes",
    "agreements.way_chosen": "chose where a signatory signs: here, or with their own key",
    "agreements.certificate_enrolled": "enrolled a certificate of their own for signatures",
    "agreements.certificate_retired": "retired a certificate of a signatory's own",
    "agreements.signed": "signed",
    "agreements.declined": "declined to sign",
    "agreements.reassigned": "named another signatory",
    "agreements.executed": "completed the signatures",
    "agreements.came_into_force": "brought the agreement into force",
    "agreements.amendment_started": "started the draft of an amendment",
    "agreements.amendment_signed": "completed the signatures of an amendment",
    "agreements.incorporated": "made the amendment part of its agreement",
    "agreements.amended": "amended the agreement",
    "agreements.amendment_lapsed": "ended the amendment with its agreement",
    "agreements.suspended": "suspended the agreement",
    "agreements.resumed": "resumed the agreement",
    "agreements.notice_given": "gave notice of termination",
    "agreements.notice_taken_back": "took the notice of termination back",
    "agreements.leave_notice_given": "gave notice that its agency leaves",
    "agreements.leave_notice_taken_back": "took back the notice that its agency leaves",
    "agreements.left": "ended the part of an agency that left",
    "agreements.superseded": "ended the agreement: another one replaces it",
    "agreements.terminated": "ended the agreement after notice",
    "agreements.expired": "ended the agreement at the end of its term",
    "agreements.withdrawn": "withdrew the agreement",
    "agreements.downloaded": "downloaded the executed copy",
    "agreements.certificate_downloaded": "downloaded the completion certificate",
    "agreements.clause_draft_begun": "began a draft of a library clause",
    "agreements.clause_draft_ready": "asked for a second reader of a library clause",
    "agreements.clause_draft_discarded": "discarded a draft of a library clause",
    "agreements.clause_published": "published a version of a library clause",
    "agreements.template_ways_set": "set how agreements from a template start",
    "agreements.concurrence_late": "noted that the day for concurrence has passed without every answer",
    "agreements.suggested": "suggested other words for clauses",
    "agreements.suggestion_accepted": "took a suggestion into a draft",
    "agreements.suggestion_declined": "did not take a suggestion",
    "agreements.suggestion_taken_back": "took a suggestion back",
    "agreements.deviations_asked": "asked the agencies about deviations from approved text",
    "agreements.deviation_accepted": "accepted words that deviate from approved text",
    "agreements.deviation_refused": "refused words that deviate from approved text",
    "agreements.authority_recorded": "recorded a delegation to sign",
    "agreements.authority_concurred": "concurred with a delegation to sign",
    "agreements.authority_downloaded": "downloaded a written delegation to sign",
    "agreements.authority_revoked": "revoked a delegation to sign",
    "agreements.post_created": "created a post",
    "agreements.post_ended": "abolished a post",
    "agreements.incumbency_recorded": "recorded who holds a post",
    "agreements.incumbency_concurred": "concurred with an appointment to a post",
    "agreements.incumbency_ended": "ended somebody's time in a post",
    "agreements.incumbency_downloaded": "downloaded an appointing paper",
}


class AgreementsConfig(AppConfig):
    """Clauses, negotiation, concurrence, signature, what is in force."""

    name = "agreements"

    def ready(self) -> None:
        """Fill the registries."""
        from accounts import search
        from agreements import duties, inbox, notices, queries
        from audit import verbs
        from jobs import kinds
        from notifications import calendar
        from notifications import duties as board
        from notifications import inbox as inboxes

        verbs.register(VERBS)
        notices.register()
        inboxes.register(inbox.source)
        calendar.register(inbox.calendar)
        board.register(duties.source)
        search.register("Agreements", queries.search)
        for kind in (
            "come_into_force", "expire", "end_notice", "lapse_concurrence", "remind_of_lapse", "remind_of_concurrence",
            "remind_of_components", "remind_of_end", "remind_to_sign", "lapse_amendments", "lapse_turn", "leave",
        ):  # fmt: skip
            kinds.register(f"agreements.{kind}", finish=f"agreements.tasks.{kind}")
        kinds.register(
            "agreements.ask_device", work="agreements.tasks.ask_device", finish="agreements.tasks.take_answer",
            seconds=100, max_attempts=2,
        )  # fmt: skip
