"""early_access as a Django application: plugs its verbs, notices, clocks and inbox into the rooms below."""

from django.apps import AppConfig


class EarlyAccessConfig(AppConfig):
    """Request → schedule → window → report, credentials, release notice, withdrawal."""

    name = "early_access"

    def ready(self) -> None:
        """Fill the registries."""
        from accounts import search
        from agencies import hooks as agencies
        from agreements import hooks as agreements
        from audit import verbs
        from early_access import duties, filling, inquiries, notices, partners, queries
        from early_access.actions import partnering, rewrapping, windows
        from jobs import kinds
        from notifications import calendar, inbox
        from notifications import duties as board

        if windows.follow_agreement not in agreements.on_access_changed:
            agreements.on_access_changed.append(windows.follow_agreement)
            agreements.on_access_changed.append(partnering.follow_agreement)
        if rewrapping.custody_changed not in agencies.on_custody_changed:
            agencies.on_custody_changed.append(rewrapping.custody_changed)
        notices.register()
        inbox.register(queries.inbox)
        inbox.register(filling.inbox)
        inbox.register(inquiries.inbox)
        inbox.register(partners.inbox)
        calendar.register(queries.calendar)
        board.register(duties.source)
        search.register("Early access", queries.search)
        search.register("Designation inquiries", inquiries.search)
        search.register("Trusted partners", partners.search)
        kinds.register("early_access.open_window", finish="early_access.tasks.open_window")
        kinds.register("early_access.close_window", finish="early_access.tasks.close_window")
        kinds.register("early_access.remind_of_return", finish="early_access.tasks.remind_of_return")
        kinds.register("early_access.key_ends", finish="early_access.tasks.key_ends")
        kinds.register("early_access.erase_proof", finish="early_access.tasks.erase_proof")
        kinds.register("early_access.answer_opening", finish="early_access.tasks.answer_opening")
        kinds.register("early_access.forget_answer", finish="early_access.tasks.forget_answer")
        kinds.register("early_access.close_at_rest", finish="early_access.tasks.close_at_rest")
        verbs.register(
            {
                "early_access.created": "started the request",
                "early_access.section_owner": "said who fills a section",
                "early_access.section_asked": "asked a colleague in a section",
                "early_access.section_answered": "answered a colleague in a section",
                "early_access.submit": "submitted the request",
                "early_access.receipt": "got a receipt for what was submitted",
                "early_access.acknowledge": "acknowledged the request",
                "early_access.ask_for_information": "asked for information",
                "early_access.answer": "answered the question",
                "early_access.accept": "accepted the request for testing",
                "early_access.decline": "declined the request",
                "early_access.schedule_proposed": "proposed dates",
                "early_access.schedule": "agreed on the dates",
                "early_access.open_window": "opened the window",
                "early_access.close_window": "closed the window",
                "early_access.lapse": "took the dates back: the window cannot open any more",
                "early_access.access_rests": "let an agency’s access rest with its agreement",
                "early_access.access_goes_on": "let an agency’s access go on with its agreement",
                "early_access.access_ended": "ended an agency’s access with its agreement",
                "early_access.extension_proposed": "proposed a longer window",
                "early_access.extended": "lengthened the window by consent",
                "early_access.extension_refused": "refused a longer window",
                "early_access.extension_withdrawn": "took the proposal of a longer window back",
                "early_access.blocked_reported": "reported blocked time in the window",
                "early_access.blocked_ended": "said that testing is possible again",
                "early_access.blocked_corrected": "corrected a report of blocked time",
                "early_access.change_announced": "announced a change of what is served",
                "early_access.close_early": "closed the window early",
                "early_access.mark_reported": "recorded that no further report is owed",
                "early_access.close": "closed the request",
                "early_access.close_at_rest": "closed the request, which nobody had closed",
                "early_access.withdraw": "withdrew the request",
                "early_access.credential_sealed": "sealed an access credential",
                "early_access.credential_opened": "opened the access credential",
                "early_access.opening_answered": "sealed the opened credential for the page that asked",
                "early_access.opening_refused": "did not open the access credential",
                "early_access.credential_revoked": "revoked the access credentials",
                "early_access.variant_withheld": "took consent to a variant back from an agency",
                "early_access.variant_consented": "consented to a variant for an agency",
                "early_access.proof_asked": "asked for proof that a revoked key is refused",
                "early_access.key_refused": "saw that a revoked key is refused",
                "early_access.key_still_taken": "saw that a revoked key is still taken",
                "early_access.key_unchecked": "could not check a revoked key: the endpoint did not answer",
                "early_access.weights_signer": "registered whose signature of the weights counts",
                "early_access.weights_manifest": "registered a signed manifest of the weights",
                "early_access.weights_received": "confirmed to have received the weights of the manifest",
                "early_access.weights_differ": "received other files than the manifest lists",
                "early_access.document_added": "uploaded a document",
                "early_access.result_stated": "stated a result of its own",
                "early_access.result_taken_back": "took a result of its own back",
                "early_access.destroyed": "certified that the weights are destroyed",
                "early_access.certified": "certified what was returned or destroyed",
                "early_access.returned": "answered what was returned or destroyed",
                "early_access.release_planned": "planned a release notice",
                "early_access.release_issue": "issued a release notice",
                "early_access.release_amend": "amended the release notice",
                "early_access.release_cancel": "cancelled the release notice",
                "early_access.inquiry_drafted": "drafted a designation inquiry",
                "early_access.inquiry_submit": "asked NSA",
                "early_access.inquiry_acknowledge": "acknowledged the inquiry",
                "early_access.inquiry_begin_benchmark": "took the inquiry under the benchmark",
                "early_access.inquiry_determine": "replied to the inquiry",
                "early_access.inquiry_close_undetermined": "closed the inquiry without a determination",
                "early_access.inquiry_withdraw": "withdrew the inquiry",
                "early_access.partner_nominated": "nominated a trusted partner",
                "early_access.partner_begin_vetting": "took up the vetting",
                "early_access.partner_vetted": "recorded what the vetting found",
                "early_access.partner_consented": "consented for its side",
                "early_access.partner_consent": "consented for its side; both sides agree",
                "early_access.partner_consent_taken_back": "took its side’s consent back",
                "early_access.partner_decline": "did not agree",
                "early_access.partner_record_terms": "recorded the signed terms",
                "early_access.partner_activate": "recorded that access is given",
                "early_access.partner_suspend": "suspended access",
                "early_access.partner_rest": "let access rest with the agreement",
                "early_access.partner_resume": "let access go on",
                "early_access.partner_go_on": "let access go on with the agreement",
                "early_access.partner_revoke": "took its side’s consent back, and access ended",
                "early_access.partner_end": "ended the nomination",
                "early_access.partner_lapse": "ended the nomination with what it stood on",
            }
        )
